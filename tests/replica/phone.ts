import { openReplica, type Replica, type ReplicaOptions, type ReplicaState } from '#replica/replica.ts'
import type { Live } from '#domain/live.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import { canonical, ModelFeed } from './model-feed.ts'
import { Network } from './network.ts'

let made = 0

/** A fresh feed, a network before it, and a way to open replicas on one database. */
export function setUp(options: ReplicaOptions = {}) {
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

export const stateOf = (replica: Replica): Promise<ReplicaState> => until(replica.state())

/** Everything readable on the phone, as the model writes it. */
export async function contentOf(replica: Replica): Promise<string> {
  const lists = await Promise.all(RECORD_KINDS.map((kind) => until<readonly unknown[]>(replica.list(kind))))
  return canonical(lists.flat())
}
