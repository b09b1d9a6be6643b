import fc from 'fast-check'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import type { Element, Root, RootContent } from 'hast'
import type { RecordKind } from '#domain/record/kind.ts'
import type { ContentRecord, RecordOf } from '#domain/record/record.ts'
import { readStarter } from '#ingest/starter.ts'
import { article } from './samples.ts'

export const ORIGIN = 'https://luodi.example'

/** Titles and texts as nobody should write them: markup, broken characters, and very long. */
export const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...['"', "'", '<', '>', '&', '&amp;', ']]>', '<!--', '-->', '</script>', '</title>', '</textarea>', '\\', '`'],
        ...['\u0000', '\u0008', '\u001b[2J', '\u0085', '\u2028', '\u202e', '\ufffe', '\uffff', '\ud800', '\udc00'],
        ...['👩‍👩‍👧‍👦', '🇨🇳', 'e\u0301', '嘉定', '\r\n', '\t', ' ', 'a'.repeat(500)],
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
)

/** A published article that is no sample. */
export const REAL = { ...article('real', '外冈镇汽车产业研讨会'), sample: false }

const starter = await readStarter('content')

/** The starter's records. */
export function starterRecords(): readonly ContentRecord[] {
  return starter
}

/** A record of a kind as the starter has it, taken for real whatever it says. */
export function realRecords<K extends RecordKind>(kind: K): RecordOf<K>[] {
  return starter
    .filter((record): record is RecordOf<K> => record.kind === kind)
    .map((record) => ({ ...record, sample: false }))
}

/** What a browser makes of such a head; `stray` is what did not stay in it. */
export function readHead(html: string) {
  const page = `<!doctype html><html><head>${html}</head><body></body></html>`
  const root: Root = unified().use(rehypeParse).parse(page)
  const top = elements(root.children).find(({ tagName }) => tagName === 'html')
  const [head, body] = elements(top?.children ?? [])
  const inside = elements(head?.children ?? [])
  return {
    stray: body?.children.length,
    names: inside.map(({ tagName }) => tagName),
    title: textOf(inside.find(({ tagName }) => tagName === 'title')),
    canonical: inside.find(({ properties }) => String(properties['rel']) === 'canonical')?.properties['href'],
    /** Contents of the metas whose name, property or itemprop is this. */
    meta: (name: string) =>
      inside
        .filter(({ properties: { name: own, property, itemProp } }) => [own, property, itemProp].flat().includes(name))
        .map(({ properties }) => properties['content']),
    scripts: inside.filter(({ tagName }) => tagName === 'script').map(textOf),
  }
}

/** The things that a head's JSON-LD tells of, by type. */
export function readThings(html: string): Record<string, Record<string, unknown>> {
  const [script] = readHead(html).scripts
  if (script === undefined) return {}
  const { '@graph': graph } = JSON.parse(script) as { '@graph': Record<string, unknown>[] }
  return Object.fromEntries(graph.map((thing) => [String(thing['@type']), thing]))
}

function elements(nodes: readonly RootContent[]): Element[] {
  return nodes.filter((node) => node.type === 'element')
}

function textOf(element: Element | undefined): string {
  return element?.children.map((child) => (child.type === 'text' ? child.value : '')).join('') ?? ''
}
