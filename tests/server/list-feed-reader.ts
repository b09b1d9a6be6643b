import { createHash } from 'node:crypto'
import * as v from 'valibot'
import {
  type BodyEdit,
  BodyEditSchema,
  bundleUrl,
  type ListChange,
  ListChangeSchema,
  type ListHead,
  ListHeaderSchema,
  ListHeadSchema,
  openStepUrl,
  PutSchema,
  RunHeaderSchema,
  segmentUrl,
  stepUrl,
} from '#domain/feed-v2.ts'
import type { Ask } from './feed-reader.ts'

export async function readListHead(ask: Ask): Promise<ListHead> {
  return v.parse(ListHeadSchema, await (await ask('/sync/v2/head.json')).json())
}

/** The lines of a file of the feed. The last one is ended too. */
export async function readLines(ask: Ask, path: string): Promise<string[]> {
  const response = await ask(path)
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
  const lines = (await response.text()).split('\n')
  if (lines.pop() !== '') throw new Error(`${path} is cut`)
  return lines
}

/** A run, checked against its header: changes, the texts of bodies by their digest, and edits. */
export async function readRun(ask: Ask, path: string, hasChanges = true) {
  const [first = '', ...lines] = await readLines(ask, path)
  const header = v.parse(RunHeaderSchema, JSON.parse(first))
  const count = hasChanges ? header.to - header.from + 1 : 0
  const changes = lines.slice(0, count).map((line) => v.parse(ListChangeSchema, JSON.parse(line)))
  const bodies = lines.slice(count, count + header.bodies)
  const edits = lines.slice(count + header.bodies).map((line) => v.parse(BodyEditSchema, JSON.parse(line)))
  if (bodies.length !== header.bodies || edits.length !== header.edits)
    throw new Error(`${path}: ${lines.length} lines`)
  return { header, changes, bodies: new Map(bodies.map((body) => [sha256(body), body])), edits }
}

/** What an edit makes of the body that it is of; it must come out as it says. */
export function edited(bodies: ReadonlyMap<string, string>, { sha256: digest, of, edit }: BodyEdit): string {
  const before = bodies.get(of)
  if (before === undefined) throw new Error(`no body ${of}`)
  const after = edit.map(({ from, to, text }) => before.slice(from, to) + text).join('')
  if (sha256(after) !== digest) throw new Error(`an edit that does not give ${digest}`)
  return after
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** What the newest list holds. */
export async function readList(ask: Ask) {
  const [first = '', ...lines] = await readLines(ask, (await readListHead(ask)).list.url)
  return {
    header: v.parse(ListHeaderSchema, JSON.parse(first)),
    puts: lines.map((line) => v.parse(PutSchema, JSON.parse(line))),
  }
}

/** Every record that the changes lead to, whole: list fields and body put together, by id. */
export async function readWholeRecords(ask: Ask): Promise<Map<string, unknown>> {
  const { epoch, head, segmentSize, stepSize } = await readListHead(ask)
  const changes: ListChange[] = []
  const bodies = new Map<string, string>()
  const take = async (path: string, hasChanges = true) => {
    const run = await readRun(ask, path, hasChanges)
    changes.push(...run.changes)
    run.bodies.forEach((body, digest) => bodies.set(digest, body))
    run.edits.forEach((edit) => bodies.set(edit.sha256, edited(bodies, edit)))
  }
  const closed = Math.floor(head / segmentSize)
  for (let n = 0; n < closed; n++) {
    await take(segmentUrl(epoch, n))
    await take(bundleUrl(epoch, n), false)
  }
  for (let n = (closed * segmentSize) / stepSize; (n + 1) * stepSize <= head; n++) await take(stepUrl(epoch, n))
  if (head % stepSize > 0) await take(openStepUrl(epoch, head))
  const records = new Map<string, unknown>()
  for (const change of changes) {
    if (change.op === 'del') records.delete(change.id)
    else {
      const body = JSON.parse(bodies.get(change.body.sha256) ?? '') as object
      records.set(change.id, { ...change.record, ...body })
    }
  }
  return records
}
