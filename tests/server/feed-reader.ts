import * as v from 'valibot'
import { type Change, type Head, HeadSchema, SegmentSchema, SnapshotSchema } from '#domain/feed.ts'

/** Whatever answers requests: an app, or a server through `fetch`. */
export type Ask = (path: string, init?: RequestInit) => Response | Promise<Response>

/**
 * Address of a closed segment: number `n` holds versions `n × size + 1` … `(n + 1) × size`. It never changes.
 * @param n counted from 0
 */
export function segmentPath(epoch: string, n: number): string {
  return `/sync/v1/${epoch}/segments/${n}.json`
}

/**
 * Address of the open segment, named by the head it reaches, so that it never changes either.
 * @param head version of the newest change in it
 */
export function tailPath(epoch: string, head: number): string {
  return `/sync/v1/${epoch}/tail/${head}.json`
}

export async function readHead(ask: Ask): Promise<Head> {
  return v.parse(HeadSchema, await (await ask('/sync/v1/head.json')).json())
}

/** Every change from version 1 on, as a phone that never takes a snapshot reads them. */
export async function readChanges(ask: Ask): Promise<Change[]> {
  const { epoch, head, segmentSize } = await readHead(ask)
  const closed = Math.floor(head / segmentSize)
  const paths = Array.from({ length: closed }, (_, n) => segmentPath(epoch, n))
  if (head % segmentSize > 0) paths.push(tailPath(epoch, head))
  const changes: Change[] = []
  for (const path of paths) changes.push(...v.parse(SegmentSchema, await (await ask(path)).json()).changes)
  return changes
}

/** What is published after these changes: titles by id. */
export function replay(changes: readonly Change[]): Map<string, unknown> {
  const titles = new Map<string, unknown>()
  for (const change of changes) {
    if (change.op === 'put') titles.set(change.id, change.record['title'])
    else titles.delete(change.id)
  }
  return titles
}

/** What the newest snapshot holds: titles by id. */
export async function readSnapshot(ask: Ask): Promise<Map<string, unknown>> {
  const { snapshot } = await readHead(ask)
  const { records } = v.parse(SnapshotSchema, await (await ask(snapshot.url)).json())
  return new Map(records.map((record) => [record.id, record['title']]))
}
