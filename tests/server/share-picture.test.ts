import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { drawSharePicture } from '#server/media/drawing/draw.ts'
import { DrawingError, openPainter } from '#server/media/painter.ts'
import { type Shared, sharePicturePath, type ShareText, shareText } from '#server/media/share-picture.ts'
import { article } from './samples.ts'

const TEXT: ShareText = { ...shareText(article('a', '嘉定')), sample: false }
/** Where the title stands. */
const TITLE = { left: 60, top: 220, width: 1080, height: 290 }
const WHOLE = { left: 0, top: 0, width: 1200, height: 630 }

/** How many pixels of an area are as dark as ink. */
async function ink(png: Buffer, area = TITLE): Promise<number> {
  const grey = await sharp(png).extract(area).greyscale().raw().toBuffer()
  return grey.filter((value) => value < 90).length
}
const titled = (title: string) => drawSharePicture({ ...TEXT, title })

describe('the address of a share picture', () => {
  const path = (change: Partial<Shared> = {}) => sharePicturePath({ ...article('a'), ...change })

  it('names the record, and stays while the record says the same', () => {
    expect(path()).toMatch(/^\/media\/share\/a-[0-9a-f]{16}\.png$/)
    expect(sharePicturePath({ ...article('a'), summary: '别的', tags: [] } as Shared)).toBe(path())
  })

  it('changes with everything that is drawn', () => {
    const changed = [
      { title: '别的' },
      { kind: 'park' as const },
      { region: { code: '310114103', name: '上海市嘉定区安亭镇' } },
      { publishedAt: '2025-07-29' },
      { sample: false },
    ]
    expect(new Set([path(), ...changed.map(path)]).size).toBe(changed.length + 1)
  })

  it('follows from a text for every kind, with the date as it is written in Chinese', () => {
    const kinds = RECORD_KINDS.map((kind) => shareText({ ...article('a'), kind }).kind)
    expect(new Set(kinds).size).toBe(RECORD_KINDS.length)
    expect(shareText({ ...article('a'), publishedAt: '2025-07-08' }).date).toBe('2025年7月8日')
  })
})

describe('a share picture', () => {
  it('is a PNG of 1200 × 630', async () => {
    expect(await sharp(await titled('嘉定')).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 })
  })

  it('shows the title: more of it is more ink, and another is another picture', async () => {
    const [none, short, long] = await Promise.all(
      ['', '嘉定', '嘉定区先进制造业项目集中签约'].map(titled).map(async (png) => ink(await png)),
    )
    expect(none).toBe(0)
    expect(short).toBeGreaterThan(1000)
    expect(long).toBeGreaterThan(short! * 4)
    expect((await titled('嘉定')).equals(await titled('安亭'))).toBe(false)
  })

  it('has type for rare names, and not one box for all of them', async () => {
    const rare = await Promise.all([...'堃喆龘鱻翀'].map(titled))
    const amounts = await Promise.all(rare.map((png) => ink(png)))
    for (const amount of amounts) expect(amount).toBeGreaterThan(400)
    expect(new Set(rare.map((png) => png.toString('base64'))).size).toBe(rare.length)
  })

  it('shows 〓 for a Chinese character that no font has, and leaves other signs out', async () => {
    const [mark, unknown, both] = await Promise.all(['甲〓', '甲\u{30EDE}', '甲\u{30EDE}🚗\u{E000}'].map(titled))
    expect(unknown!.equals(mark!)).toBe(true)
    expect(both!.equals(mark!)).toBe(true)
  })

  it('ends a title that is too long inside its area', async () => {
    const full = await titled('关于印发若干政策措施的通知'.repeat(15))
    const below = { left: 0, top: 516, width: 1200, height: 4 }
    expect(await ink(full)).toBeGreaterThan(30_000)
    expect(await ink(full, below)).toBe(0)
  })

  it('breaks a word that is longer than a line', async () => {
    const word = await titled('a'.repeat(150))
    expect(await ink(word, { left: 60, top: 300, width: 1080, height: 60 })).toBeGreaterThan(1000)
    expect(await ink(word, { left: 1140, top: 200, width: 60, height: 320 })).toBe(0)
  })

  it('bears the mark of invented content where it is invented', async () => {
    const mark = { left: 1000, top: 40, width: 140, height: 70 }
    const [plain, sample] = await Promise.all([false, true].map((sample) => drawSharePicture({ ...TEXT, sample })))
    expect(await ink(plain!, mark)).toBe(0)
    expect(await ink(sample!, mark)).toBeGreaterThan(300)
    expect(await ink(sample!, WHOLE)).toBeGreaterThan(await ink(plain!, WHOLE))
  })
})

describe('the painter', () => {
  const painter = openPainter()
  afterAll(() => painter.close())

  it('draws in its thread what is drawn here, and the event loop runs on meanwhile', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 5)
    const [one, two] = await Promise.all([painter.draw(TEXT), painter.draw({ ...TEXT, title: '安亭' })])
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
    expect([one.equals(await titled('嘉定')), two.equals(await titled('安亭'))]).toEqual([true, true])
  })

  it('fails what waits when it is closed, and takes nothing after that', async () => {
    const closing = openPainter()
    const waiting = [closing.draw(TEXT), closing.draw(TEXT)]
    await closing.close()
    for (const drawn of [...waiting, closing.draw(TEXT)]) await expect(drawn).rejects.toBeInstanceOf(DrawingError)
  })
})
