import { type CopyDigest, digestOf } from '#domain/copy-digest.ts'
import type { Put } from '#domain/feed-v2.ts'
import type { Database } from '../db/database.ts'
import { readEpoch } from './epoch.ts'
import { readHead, recordsAt } from './history.ts'
import { putLines } from './list-lines.ts'

/** What the published content comes to: a phone's copy of the same version has the same digest. */
export async function copyDigest(database: Database): Promise<CopyDigest> {
  for (;;) {
    const epoch = await readEpoch(database)
    const version = await readHead(database)
    const records = await recordsAt(database.db, version)
    // A new epoch may have begun in between.
    if ((await readEpoch(database)) !== epoch) continue
    return { epoch, version, digest: digestOf(records.map((row) => JSON.parse(putLines(row).line) as Put)) }
  }
}
