import { Dexie } from 'dexie'
import { forgetFull } from '#replica/full-note.ts'
import { openReplica, type Replica, type ReplicaOptions } from '#replica/replica.ts'
import { type Block, rowsOf } from '#replica/blocks.ts'
import type { ReplicaState } from '#replica/replica-state.ts'
import type { Live } from '#domain/live.ts'
import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { Gone, Row } from '#replica/store.ts'
import { canonical, ModelFeed } from './model-feed.ts'
import { Network } from './network.ts'

let made = 0

/** A fresh feed, a network before it, and a way to open replicas on one database. */
export function setUp(options: ReplicaOptions = {}) {
  // What the phones before it could bear is no limit of this one.
  forgetFull()
  const feed = new ModelFeed()
  const network = new Network(feed)
  const databaseName = `test-${Date.now().toString(36)}-${++made}`
  const open = (more: ReplicaOptions = {}) =>
    openReplica({ fetch: network.fetch, databaseName, now: () => 1_753_700_000_000, ...options, ...more })
  return { feed, network, databaseName, open }
}

/** The first value that fits. */
export function until<T>(live: Live<T>, fits: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = live.subscribe((value) => {
      if (!fits(value)) return
      resolve(value)
      queueMicrotask(() => stop())
    }, reject)
  })
}

/** What the replica says of itself, and how many records its lists have. */
export async function stateOf(replica: Replica): Promise<ReplicaState & { count: number }> {
  const lists = await Promise.all(RECORD_KINDS.map((kind) => listOf<RecordKind>(replica, kind)))
  return { ...(await until(replica.state())), count: lists.flat().length }
}

/** A kind's list, once all of it has been read. */
export async function listOf<K extends RecordKind>(replica: Replica, kind: K): Promise<readonly ListItem<K>[]> {
  return (await until(replica.list(kind), ({ isComplete }) => isComplete)).items
}

/** Every readable record on the phone, whole, as the model writes it; what is missing of it is fetched. */
export async function contentOf(replica: Replica): Promise<string> {
  await replica.fill()
  const records = await Promise.all(
    RECORD_KINDS.map(async (kind) => {
      const items = await listOf(replica, kind)
      const held = items.map(({ id }) => until(replica.record(kind, id), (one) => one?.record !== undefined))
      return (await Promise.all(held)).map((one) => one?.record)
    }),
  )
  return canonical(records.flat())
}

/** What the lists on the phone show, as the model writes it; nothing is fetched. */
export async function listsOf(replica: Replica): Promise<string> {
  const lists = await Promise.all(RECORD_KINDS.map((kind) => listOf<RecordKind>(replica, kind)))
  return canonical(lists.flatMap((items) => items.map(({ files, titleOnly, ...short }) => short)))
}

/** What stands in the lists of the phone's database: rows, readable or not, and what is left of what was withdrawn. */
export async function rowsOn(databaseName: string): Promise<(Row | Gone)[]> {
  const database = await new Dexie(databaseName).open()
  const blocks = await database.table<Block>('blocks').toArray()
  const changes = await database.table<Row | Gone>('changes').toArray()
  database.close()
  return [...new Map([...blocks.flatMap(rowsOf), ...changes].map((row) => [row.id, row])).values()]
}

/** The texts of bodies in the phone's database, as they lie there. */
export async function textsOn(databaseName: string): Promise<string[]> {
  const database = await new Dexie(databaseName).open()
  const bound = await database.table<{ lengths: number[]; bytes: Uint8Array }>('texts').toArray()
  database.close()
  return bound.flatMap(({ lengths, bytes }) => {
    let to = 0
    return lengths.map((length) => new TextDecoder().decode(bytes.subarray(to, (to += length))))
  })
}

/** How many texts each row of the phone's database holds, by its number. */
export async function boundOn(databaseName: string): Promise<[number, number][]> {
  const database = await new Dexie(databaseName).open()
  const bound = await database.table<{ n: number; lengths: number[] }>('texts').toArray()
  database.close()
  return bound.map(({ n, lengths }) => [n, lengths.length])
}

/** How often bodies came or went in the phone's database. */
export async function turnOn(databaseName: string): Promise<number> {
  const database = await new Dexie(databaseName).open()
  const counted = await database.table<{ turn: number }>('state').get('bodies')
  database.close()
  return counted?.turn ?? 0
}

/** Nothing is wrong with what a test watches. */
export function neverFails(error: unknown): never {
  throw new Error('failed', { cause: error })
}
