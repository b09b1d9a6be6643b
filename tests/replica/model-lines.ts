import { sha256OfText } from '#domain/digest.ts'
import type { BodyEdit, FileRef, ListChange, Put } from '#domain/feed-v2.ts'
import type { ListLine } from '#replica/store.ts'

export type Raw = Record<string, unknown>

/** A change as the model knows it. */
export type Change =
  { op: 'put'; v: number; id: string; kind: string; record: Raw } | { op: 'del'; v: number; id: string; kind: string }

const LONG = ['body', 'images', 'attachments', 'source']

/** What lists show of a record, or the rest. */
export function pick(record: Raw, isLong: boolean): Raw {
  return Object.fromEntries(Object.entries(record).filter(([field]) => LONG.includes(field) === isLong))
}

/** One that tells all between what both begin with and what both end with. */
export function editOf(before: string, after: string): BodyEdit {
  const most = Math.min(before.length, after.length)
  let same = 0
  while (same < most && before[same] === after[same]) same++
  let end = 0
  while (end < most - same && before.at(-1 - end) === after.at(-1 - end)) end++
  const edit: BodyEdit['edit'] = [
    { from: 0, to: same, text: after.slice(same, after.length - end) },
    { from: before.length - end, to: before.length, text: '' },
  ]
  return { sha256: sha256OfText(after), of: sha256OfText(before), edit }
}

/** The text of a record's body. */
export const bodyOf = (record: Raw) => JSON.stringify(pick(record, true))
/** A line of JSON for each. */
export const lines = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

/** What the feed says of a change. */
export function lineOf(change: Extract<Change, { op: 'put' }>, files: FileRef[]): Put
export function lineOf(change: Change, files: FileRef[]): ListChange
export function lineOf(change: Change, files: FileRef[]): ListChange {
  if (change.op === 'del') return change
  const text = bodyOf(change.record)
  const body = { sha256: sha256OfText(text), bytes: new TextEncoder().encode(text).length }
  const titleOnly = change.record['body'] === undefined && change.record['summary'] === ''
  return { ...change, record: pick(change.record, false), body, files, titleOnly }
}

/** Puts as a list hands them on. */
export function listLines(puts: readonly Put[]): ListLine[] {
  return puts.map((put) => ({ put, bytes: new TextEncoder().encode(JSON.stringify(put)) }))
}
