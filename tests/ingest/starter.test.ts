import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { bodyText } from '#domain/body-text.ts'
import type { Block } from '#domain/body.ts'
import { policyValidity } from '#domain/policy-validity.ts'
import { TRACKS } from '#domain/record/terms.ts'
import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import type { ContentRecord, RecordOf } from '#domain/record/record.ts'
import { recordId } from '#ingest/record-id.ts'
import { readStarter } from '#ingest/starter.ts'

const path = (below: string) => fileURLToPath(new URL(`../../${below}`, import.meta.url))
const CONTENT = path('content')
const SOURCE_PAGE = path('../shared/sources/000_d066ca60d2636aa2.txt')
const PORTAL = '嘉定区招商信息公开页'

let records: ContentRecord[]
const of = <K extends RecordKind>(kind: K) => records.filter((one): one is RecordOf<K> => one.kind === kind)
const portal = <K extends RecordKind>(kind: K) => of(kind).filter((one) => one.source.name === PORTAL)

beforeAll(async () => {
  records = await readStarter(CONTENT)
})

describe('the starter content', () => {
  it('fills all six kinds', () => {
    const counts = Object.fromEntries(RECORD_KINDS.map((kind) => [kind, of(kind).length]))
    expect(counts).toEqual({ article: 3, project: 15, policy: 13, park: 9, listing: 14, guide: 5 })
  })

  it('comes in the same order every time', async () => {
    expect(await readStarter(CONTENT)).toEqual(records)
  })

  it('marks what is invented, in the mark and in the title alike', () => {
    for (const { title, sample } of records) expect(sample, title).toBe(title.startsWith('示例·'))
  })

  it('holds no listing that is not a sample, and one guide of our own for each track', () => {
    expect(of('listing').every((listing) => listing.sample)).toBe(true)
    expect(
      of('guide')
        .map(({ track }) => track)
        .sort(),
    ).toEqual([...TRACKS].sort())
    expect(of('guide').some((guide) => guide.sample)).toBe(false)
  })

  it('refers only to records that are there', () => {
    const ids = new Set(records.map(({ id }) => id))
    const links = records.flatMap((record) =>
      (record.body ?? []).flatMap((block) => JSON.stringify(block).match(/(?<="href":"\/[a-z]+\/)[a-z0-9-]+/g) ?? []),
    )
    const parks = of('listing').flatMap(({ park }) => park ?? [])
    const replaced = of('policy').flatMap(({ supersedes }) => supersedes ?? [])
    for (const id of [...links, ...parks, ...replaced]) expect(ids).toContain(id)
    expect(links.length).toBeGreaterThan(2)
  })

  it('leaves no Markdown unread in its texts', () => {
    for (const record of records) expect(bodyText(record.body ?? [])).not.toMatch(/\*\*|\]\(|^#|\|/m)
  })

  it('shows a policy in each state on the day of the first release', () => {
    const states = of('policy').map((policy) => policyValidity(policy, '2026-11-23').state)
    expect(new Set(states)).toEqual(new Set(['unmarked', 'inForce', 'ending', 'ended', 'upcoming']))
  })

  it('says for every step of a guide whom to ask, and for every legal term where it is written', () => {
    for (const { steps } of of('guide')) {
      expect(steps.length).toBeGreaterThanOrEqual(4)
      expect(steps.length).toBeLessThanOrEqual(8)
      const termed = steps.filter(({ legalTerm }) => legalTerm !== undefined)
      for (const { note } of termed) expect(note).toMatch(/《[^》]+》(（.+?）)?第[一二三四五六七八九十百零]+条/)
    }
  })
})

describe('what comes from the public page', () => {
  it('has titles and dates, and no field the page does not give', () => {
    const known = ['id', 'kind', 'title', 'summary', 'region', 'tags', 'publishedAt', 'updatedAt', 'source', 'sample']
    const common = [...known, 'images', 'attachments']
    const extra = (record: object) => Object.keys(record).filter((key) => !common.includes(key))
    expect(portal('project').flatMap(extra)).toEqual([])
    expect(portal('park').flatMap(extra)).toEqual([])
    expect(new Set(portal('policy').flatMap(extra))).toEqual(new Set(['docType', 'issuer', 'level']))
    expect(new Set(portal('article').flatMap(extra))).toEqual(new Set(['column', 'body']))
    const titlesOnly = [...portal('project'), ...portal('policy'), ...portal('park')]
    expect(titlesOnly.filter(({ summary }) => summary !== '')).toEqual([])
    expect(titlesOnly).toHaveLength(12 + 9 + 3)
  })

  it('has the ids that an import of the page gives', () => {
    for (const record of records.filter(({ source }) => source.name === PORTAL)) {
      expect(record.id).toBe(recordId(record.kind, record.title, '310114'))
    }
  })

  it('holds three parks of Jiading, and not the two that lie elsewhere', () => {
    expect(portal('park').map(({ title }) => title)).toEqual([
      '嘉定区安亭镇园区',
      '马陆丰登工业园',
      '上海国际汽车城产业创新园',
    ])
    expect(portal('park').map(({ publishedAt }) => publishedAt)).toEqual(Array(3).fill('2025-07-28'))
  })

  it('names no issuer for the document whose issuer does not fit', () => {
    const policy = portal('policy').find(({ title }) => title.includes('低空经济'))
    expect(policy).toMatchObject({ docType: '规划方案', publishedAt: '2024-12-20' })
    expect(policy).not.toHaveProperty('issuer')
  })

  it('sorts the nine documents by type', () => {
    const types = portal('policy').map(({ docType }) => docType)
    expect(types.join()).toBe('表彰,规范性文件,表彰,规划方案,规划方案,规划方案,规范性文件,规划方案,规范性文件')
  })

  it('is headed by the article with its four numbered sections, retold at a readable length', () => {
    const [article] = portal('article')
    expect(article).toMatchObject({ column: '嘉定区招商', publishedAt: '2025-07-28', tags: ['汽车产业', '高质量发展'] })
    const headings = (article?.body ?? []).filter((block: Block) => block.type === 'heading')
    expect(
      bodyText(headings)
        .split('\n')
        .map((line) => line.slice(0, 2)),
    ).toEqual(['一、', '二、', '三、', '四、'])
    const length = han(bodyText(article?.body ?? [])).length
    expect(length).toBeGreaterThan(500)
    expect(length).toBeLessThanOrEqual(800)
  })

  it.runIf(existsSync(SOURCE_PAGE))('repeats no sentence of the page, and every title as it stands', async () => {
    const page = await readFile(SOURCE_PAGE, 'utf8')
    const pageHan = han(page)
    const [article] = portal('article')
    const retold = (article?.body ?? []).filter(({ type }) => type !== 'heading')
    const text = han(`${article?.summary ?? ''}${bodyText(retold)}`)
    const runs = Array.from({ length: Math.max(0, text.length - 11) }, (_, at) => text.slice(at, at + 12))
    expect(runs.filter((run) => pageHan.includes(run))).toEqual([])
    for (const record of records.filter(({ source }) => source.name === PORTAL)) expect(page).toContain(record.title)
  })
})

describe('the pictures', () => {
  it('carry their digest, and drawings run nothing and load nothing', async () => {
    const names = await readdir(`${CONTENT}/media`)
    expect(new Set(names.map((name) => extname(name)))).toEqual(new Set(['.svg', '.jpg']))
    for (const name of names) {
      const file = await readFile(`${CONTENT}/media/${name}`)
      expect(basename(name, extname(name))).toMatch(
        new RegExp(`-${createHash('sha256').update(file).digest('hex').slice(0, 8)}$`),
      )
      if (!name.endsWith('.svg')) continue
      const drawing = file.toString('utf8')
      const content = drawing.replace('xmlns="http://www.w3.org/2000/svg"', '')
      expect(content).not.toMatch(/<script|<foreignObject|<style|\son\w+=|href|https?:|url\(/i)
    }
  })

  it('are all used, say what they show, and have a size so that nothing jumps', async () => {
    const blocks = records.flatMap(({ body }) => body ?? [])
    const inBodies = blocks.flatMap((block) => (block.type === 'image' ? [block.image] : []))
    const images = [...records.flatMap((record) => record.images), ...inBodies]
    const alt = expect.stringMatching(/.{6}/) as string
    for (const image of images) expect(image).toMatchObject({ alt })
    const drawings = images.filter(({ src }) => src.endsWith('.svg'))
    for (const drawing of drawings) expect(drawing).toMatchObject({ width: 800, height: 600 })
    const names = (await readdir(`${CONTENT}/media`)).map((name) => `/media/${name}`)
    expect(new Set(images.map(({ src }) => src))).toEqual(new Set(names))
  })
})

function han(text: string): string {
  return text.replace(/[^\p{Script=Han}]/gu, '')
}
