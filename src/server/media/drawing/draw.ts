import satori from 'satori'
import sharp from 'sharp'
import type { ShareText } from '../share-picture.ts'
import { Fonts } from './fonts.ts'
import { drawnCharacters, HEIGHT, layOut, WIDTH } from './layout.ts'

/** Few colours are drawn, and few more stand between them at the edges. */
const PNG = { palette: true, colours: 32, effort: 1 } as const
/** The printers' mark for a character that there is no type for. */
const NO_TYPE = '〓'

let fonts: Promise<Fonts> | undefined

/**
 * Draws the picture of a shared link. A Chinese character that the font has not is shown as 〓, anything else that it has not,
 * such as an emoji, is left out.
 * @returns a PNG of 1200 × 630
 */
export async function drawSharePicture(text: ShareText): Promise<Buffer> {
  const missing = new Set<string>()
  let svg = await drawOutlines(text, missing)
  if (missing.size > 0) svg = await drawOutlines(without(missing, text), new Set())
  return sharp(Buffer.from(svg)).removeAlpha().png(PNG).toBuffer()
}

/** @param missing gets what no font has */
async function drawOutlines(text: ShareText, missing: Set<string>): Promise<string> {
  fonts ??= Fonts.open()
  const needed = await (await fonts).for(drawnCharacters(text))
  const fontFamily = [...new Set(needed.map(({ name }) => `"${name}"`))].join(', ')
  return satori(layOut(text, fontFamily), {
    width: WIDTH,
    height: HEIGHT,
    fonts: needed,
    loadAdditionalAsset: (_language, segment) => {
      for (const character of segment) missing.add(character)
      return Promise.resolve([])
    },
    onStyleError: (error) => {
      throw error
    },
  })
}

function without(missing: ReadonlySet<string>, text: ShareText): ShareText {
  const clean = (line: string) =>
    [...line]
      .map((character) => (!missing.has(character) ? character : /\p{Script=Han}/u.test(character) ? NO_TYPE : ''))
      .join('')
  return { ...text, title: clean(text.title), place: clean(text.place) }
}
