import { type Head, snapshotPath } from '#domain/feed.ts'
import { type ListHead, listUrl, STEP_SIZE } from '#domain/feed-v2.ts'
import type { Database } from '../db/database.ts'
import { readEpoch } from './epoch.ts'
import { readHead, SEGMENT_SIZE } from './history.ts'
import { newestSnapshot } from './snapshot.ts'
import { LIST, type SnapshotFormat, WHOLE } from './snapshot-format.ts'

/** The oldest reader of each form of the feed that still understands it. */
const MIN_CLIENT = { v1: 1, v2: 2 }

/**
 * What the first form's `head.json` says.
 * @param now milliseconds since 1970 (UTC)
 */
export async function currentHead(database: Database, now: number): Promise<Head> {
  const { epoch, head, newest } = await readState(database, WHOLE, now)
  const snapshot = { url: snapshotPath(epoch, newest.version), ...newest }
  return { epoch, head, minVersion: 0, segmentSize: SEGMENT_SIZE, snapshot, minClient: MIN_CLIENT.v1 }
}

/**
 * What the second form's `head.json` says.
 * @param now milliseconds since 1970 (UTC)
 */
export async function currentListHead(database: Database, now: number): Promise<ListHead> {
  const { epoch, head, newest } = await readState(database, LIST, now)
  const list = { url: listUrl(epoch, newest.version), ...newest }
  const sizes = { segmentSize: SEGMENT_SIZE, stepSize: STEP_SIZE }
  return { epoch, head, minVersion: 0, ...sizes, list, minClient: MIN_CLIENT.v2 }
}

async function readState(database: Database, format: SnapshotFormat, now: number) {
  for (;;) {
    const epoch = await readEpoch(database)
    const made = await newestSnapshot(database, format, epoch, now)
    // Read after the snapshot, which another process may just have made: the head is never below it.
    const head = await readHead(database)
    // A new epoch may have begun in between: a head is of one epoch.
    if (made === undefined || (await readEpoch(database)) !== epoch) continue
    const { version, count, bytes, sha256 } = made
    return { epoch, head, newest: { version, count, bytes, sha256 } }
  }
}
