import { type CopyDigest, digestOf } from '#domain/copy-digest.ts'
import type { Database } from '../db/database.ts'
import { readEpoch } from './epoch.ts'
import { readHead, recordsAt } from './history.ts'

/** What the published content comes to: a phone's copy of the same version has the same digest. */
export async function copyDigest(database: Database): Promise<CopyDigest> {
  for (;;) {
    const epoch = await readEpoch(database)
    const version = await readHead(database)
    const records = await recordsAt(database.db, version)
    // A new epoch may have begun in between.
    if ((await readEpoch(database)) !== epoch) continue
    const held = records.map(({ id, json }) => ({ id, record: JSON.parse(json) as Record<string, unknown> }))
    return { epoch, version, digest: digestOf(held) }
  }
}
