import type { Change } from '#domain/feed.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { Database } from '#server/db/database.ts'
import { copyDigest } from '#server/feed/copy-digest.ts'
import { readEpoch, startEpoch } from '#server/feed/epoch.ts'
import { publishing } from '#server/feed/publishing.ts'
import { writeRecord } from '#server/feed/records.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import type { Origin } from '../replica/model/origin.ts'
import type { Published } from '../replica/model-feed.ts'
import type { FeedStep, Write } from '../replica/model/steps.ts'
import { idOf, recordOf } from '../replica/model/written.ts'
import { anApp } from './an-app.ts'
import { clearFeed, restoreFeed, saveFeed } from './feed-backup.ts'
import { NOW } from './samples.ts'

/**
 * A real server as an origin, its feed empty.
 * @param databases connections to one database: each writer at work has its own as long as there are enough
 */
export async function serverOrigin(databases: readonly [Database, ...Database[]]): Promise<Origin> {
  const [first] = databases
  const log = new Map<string, Change[]>()
  let backup: Awaited<ReturnType<typeof saveFeed>> | undefined
  await clearFeed(first)
  await startEpoch(first, NOW)
  const app = anApp(first)

  /** Takes down what was published since the last time, before anything drops it. */
  async function remember(): Promise<void> {
    const epoch = await readEpoch(first)
    const known = log.get(epoch) ?? []
    log.set(epoch, known)
    const rows = await first.db.selectFrom('change').selectAll().where('v', '>', known.length).orderBy('v').execute()
    for (const { v, id, kind, op, json } of rows) {
      if (v !== known.length + 1) throw new Error(`version ${v} follows ${known.length} in the log`)
      if (op === 'del') known.push({ v, id, kind, op })
      else known.push({ v, id, kind, op, record: JSON.parse(json ?? '') as Record<string, unknown> })
    }
  }

  async function perform(step: FeedStep): Promise<void> {
    switch (step.do) {
      case 'publish':
        await Promise.all(step.writers.map((writes, n) => publish(databases[n % databases.length] ?? first, writes)))
        break
      case 'list':
      case 'compact':
        await app.ask('/sync/v2/head.json')
        break
      case 'newEpoch':
        await remember()
        await startEpoch(first, NOW)
        break
      case 'backUp':
        backup = await saveFeed(first)
        break
      case 'restore':
        if (backup === undefined) return
        await remember()
        await restoreFeed(first, backup, () => startEpoch(first, NOW))
        break
    }
    await remember()
  }

  await remember()
  return {
    perform,
    answer: async (path) => app.ask(path),
    async digest() {
      return copyDigest(first)
    },
    stateAt(epoch, version) {
      const changes = log.get(epoch)
      if (changes === undefined || changes.length < version) return undefined
      const state = new Map<string, Published>()
      for (const change of changes.slice(0, version)) {
        if (change.op === 'put') state.set(change.id, { v: change.v, record: change.record })
        else state.delete(change.id)
      }
      return [...state.values()]
    },
  }
}

/** One transaction for what is put, one for what is withdrawn, as an import and an officer's command are. */
async function publish(database: Database, writes: readonly Write[]): Promise<void> {
  await publishing(database, NOW, async (trx, drafts) => {
    for (const write of writes) {
      if (write.do !== 'put') continue
      const record = recordOf(write)
      // A later release publishes kinds that this one does not know.
      const kind = record['kind'] as RecordKind
      const row = { id: idOf(write.id), kind, json: JSON.stringify(record) }
      const rest = { origin: 'import', doubts: '[]', digest: '', created_at: NOW, updated_at: NOW } as const
      await writeRecord(trx, { ...row, ...rest, status: 'published', decided_at: null })
      drafts.push({ op: 'put', ...row })
    }
  })
  const withdrawn = writes.flatMap((write) => (write.do === 'withdraw' ? [idOf(write.id)] : []))
  if (withdrawn.length > 0) await withdrawRecords(database, withdrawn, NOW)
}
