import { type Head, snapshotPath } from '#domain/feed.ts'
import type { Database } from '../db/database.ts'
import { readEpoch } from './epoch.ts'
import { readHead, SEGMENT_SIZE } from './history.ts'
import { newestSnapshot } from './snapshot.ts'

/** The oldest reader of the feed that still understands it. */
const MIN_CLIENT = 1

/**
 * What `head.json` says.
 * @param now milliseconds since 1970 (UTC)
 */
export async function currentHead(database: Database, now: number): Promise<Head> {
  for (;;) {
    const epoch = await readEpoch(database)
    const newest = await newestSnapshot(database, epoch, now)
    // Read after the snapshot, which another process may just have made: the head is never below it.
    const head = await readHead(database)
    // A new epoch may have begun in between: a head is of one epoch.
    if (newest === undefined || (await readEpoch(database)) !== epoch) continue
    const { version, count, bytes, sha256 } = newest
    const snapshot = { url: snapshotPath(epoch, version), version, count, bytes, sha256 }
    return { epoch, head, minVersion: 0, segmentSize: SEGMENT_SIZE, snapshot, minClient: MIN_CLIENT }
  }
}
