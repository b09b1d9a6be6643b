import { type Head, snapshotPath } from '#domain/feed.ts'
import type { Database } from '../db/database.ts'
import { readEpoch, readHead, SEGMENT_SIZE } from './history.ts'
import { newestSnapshot } from './snapshot.ts'

/** The oldest reader of the feed that still understands it. */
const MIN_CLIENT = 1

/**
 * What `head.json` says.
 * @param now milliseconds since 1970 (UTC)
 */
export async function currentHead(database: Database, now: number): Promise<Head> {
  const epoch = await readEpoch(database)
  const { version, count, bytes, sha256 } = await newestSnapshot(database, epoch, now)
  // Read after the snapshot, which another process may just have made: the head is never below it.
  const head = await readHead(database)
  const snapshot = { url: snapshotPath(epoch, version), version, count, bytes, sha256 }
  return { epoch, head, minVersion: 0, segmentSize: SEGMENT_SIZE, snapshot, minClient: MIN_CLIENT }
}
