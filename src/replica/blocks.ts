import type { Put } from '#domain/feed-v2.ts'
import { jsonOf, jsonOfLines, LINE_FEED, linesOf } from './lines.ts'
import { placeOf, rowOf } from './rows.ts'
import type { ListFile, ListLine, Row } from './store.ts'

/**
 * Rows of a block. A request to the database costs more than what it carries, so that to write them one by one takes ten times as long;
 * but whoever reads one row reads all of them.
 */
export const BLOCK_ROWS = 50

/** Rows that stand side by side in the lists, as the lines that they came as. */
export interface Block {
  /** Place of the first. */
  from: string
  /** In the order of the lines. */
  ids: string[]
  /** Lines, each ended. */
  bytes: Uint8Array<ArrayBuffer>
}

/** A line of a list, and where it belongs. */
interface PlacedLine {
  id: string
  place: string
  bytes: Uint8Array
}

/** The lines of a list by kind, as they come. Each kind is sorted by itself: a slow phone answers to a finger in between. */
export async function linesByKind(list: ListFile): Promise<PlacedLine[][]> {
  const kinds = new Map<string, PlacedLine[]>()
  for await (const lines of list.lines()) {
    for (const { put, bytes } of lines) {
      const ofKind = kinds.get(put.kind) ?? []
      kinds.set(put.kind, ofKind)
      ofKind.push({ id: put.id, place: placeOf(put), bytes })
    }
  }
  return [...kinds.values()]
}

/** The blocks of these lines, made when they are taken. */
export function* blocksOf(kinds: Iterable<PlacedLine[]>): Generator<Block, void> {
  for (const lines of kinds) {
    lines.sort((a, b) => (a.place < b.place ? -1 : 1))
    for (let from = 0; from < lines.length; from += BLOCK_ROWS) yield blockOf(lines.slice(from, from + BLOCK_ROWS))
  }
}

/** @param lines at least one, in the order of their places */
export function blockOf(lines: readonly PlacedLine[]): Block {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.bytes.byteLength + 1, 0))
  let to = 0
  for (const line of lines) {
    bytes.set(line.bytes, to)
    to += line.bytes.byteLength
    bytes[to] = LINE_FEED
    to += 1
  }
  return { from: lines[0]!.place, ids: lines.map(({ id }) => id), bytes }
}

const utf8 = new TextEncoder()

/** A row as the line of a list that it may have come as. */
export function listLineOf({ place: _, ...row }: Row): ListLine {
  const put: Put = { op: 'put', ...row }
  return { put, bytes: utf8.encode(JSON.stringify(put)) }
}

/** The rows of a block in the order of lists. Its lines were checked when they came. */
export function rowsOf({ bytes }: Pick<Block, 'bytes'>): Row[] {
  return Array.from(jsonOfLines(bytes), (put) => rowOf(put as Put))
}

/** The line of a record in its block. */
export function lineOf({ ids, bytes }: Pick<Block, 'ids' | 'bytes'>, id: string): Uint8Array<ArrayBuffer> | undefined {
  return [...linesOf(bytes)][ids.indexOf(id)]
}

/** What a line of a block says. */
export function rowOfLine(line: Uint8Array): Row {
  return rowOf(jsonOf(line) as Put)
}
