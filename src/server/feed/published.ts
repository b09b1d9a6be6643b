import { type ListItem, listItemOf } from '#domain/record/list-item.ts'
import { RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import { newestFirst } from '#domain/record/order.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { ContentVersion } from '#domain/rendering.ts'
import type { Database } from '../db/database.ts'
import { recordsAt } from './history.ts'

/** What is published at one version: every record as lists show it. */
export interface Published {
  version: ContentVersion
  list: <K extends RecordKind>(kind: K) => readonly ListItem<K>[]
  find: (kind: RecordKind, id: string) => ListItem | undefined
}

/** Keeps the lists of what is published in memory, and follows the log of changes. */
export interface PublishedContent {
  /** As of now: a change that another process has committed is in it. */
  current(): Promise<Published>
}

type Items = ReadonlyMap<string, ListItem>

/** What this server's pages are made from. The first call reads everything, later ones what has changed. */
export function publishedContent(database: Database): PublishedContent {
  let known: { published: Published; items: Items } | undefined
  let reading: Promise<unknown> = Promise.resolve()

  async function follow(): Promise<Published> {
    const at = await readVersion(database)
    if (known !== undefined && isSame(known.published.version, at)) return known.published
    const before = known?.published.version.epoch === at.epoch ? known : undefined
    const items =
      before === undefined
        ? new Map((await recordsAt(database.db, at.head)).map(({ id, json }) => [id, itemOf(json)]))
        : await changed(database, before.items, before.published.version.version, at.head)
    known = { items, published: publishedAt(items, at) }
    return known.published
  }

  return {
    async current() {
      const at = await readVersion(database)
      if (known !== undefined && isSame(known.published.version, at)) return known.published
      // One after the other: each takes up where the one before it stopped.
      const next = reading.then(follow, follow)
      reading = next
      return next
    },
  }
}

interface At {
  epoch: string
  head: number
}

const isSame = (version: ContentVersion, at: At) => version.epoch === at.epoch && version.version === at.head

async function readVersion({ db }: Database): Promise<At & { changedAt: number }> {
  const row = await db
    .selectFrom('meta')
    .innerJoin('counter', (join) => join.on('counter.name', '=', 'feed'))
    .leftJoin('change', 'change.v', 'counter.value')
    .select(['meta.value as epoch', 'counter.value as head', 'change.at as changedAt'])
    .where('meta.name', '=', 'epoch')
    .executeTakeFirstOrThrow()
  return { ...row, changedAt: row.changedAt ?? 0 }
}

/** The same lists with the changes after one version, up to another. */
async function changed({ db }: Database, before: Items, from: number, to: number): Promise<Items> {
  const rows = await db
    .selectFrom('change')
    .select(['id', 'json'])
    .where('v', '>', from)
    .where('v', '<=', to)
    .orderBy('v')
    .execute()
  const items = new Map(before)
  for (const { id, json } of rows) {
    if (json === null) items.delete(id)
    else items.set(id, itemOf(json))
  }
  return items
}

/** Records were parsed with their schema when they were published. */
function itemOf(json: string): ListItem {
  return listItemOf(JSON.parse(json) as ContentRecord)
}

function publishedAt(items: Items, { epoch, head, changedAt }: At & { changedAt: number }): Published {
  const sorted = [...items.values()].sort(newestFirst)
  const lists = new Map(RECORD_KINDS.map((kind) => [kind, sorted.filter((item) => item.kind === kind)]))
  return {
    version: { epoch, version: head, changedAt },
    list: <K extends RecordKind>(kind: K) => (lists.get(kind) ?? []) as ListItem<K>[],
    find: (kind, id) => {
      const item = items.get(id)
      return item?.kind === kind ? item : undefined
    },
  }
}
