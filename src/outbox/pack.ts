import type { Live } from '#domain/live.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { MineDatabase } from './database.ts'
import { live } from './live.ts'
import type { Platform } from './platform.ts'
import { readRows, type Stop, StopSchema } from './rows.ts'

/** 考察包: the stops of one site visit, in the order of the visit, with notes. */
export interface Pack {
  /** Adds a record as the last stop; one that is there already stays where it is. */
  add(kind: RecordKind, recordId: string, title: string): Promise<void>
  /** @param id `kind/recordId`, as in `Stop` */
  remove(id: string): Promise<void>
  /** @param toIndex place in the order, from 0; beyond an end means that end */
  move(id: string, toIndex: number): Promise<void>
  note(id: string, text: string): Promise<void>
  /** In order. */
  live(): Live<Stop[]>
}

/** Id of a record's stop. */
function stopId(kind: RecordKind, recordId: string): string {
  return `${kind}/${recordId}`
}

/** Every function resolves when it is on disk. @throws StorageFailedError */
export function createPack(database: MineDatabase, platform: Pick<Platform, 'now'>): Pack {
  const { stops } = database

  async function ordered(): Promise<Stop[]> {
    const { rows } = readRows(StopSchema, await stops.toArray())
    return rows.sort((a, b) => a.position - b.position)
  }

  /** All in one transaction: the order must never be half-written. */
  function change(work: () => Promise<void>): Promise<void> {
    return database.run(() => database.transaction('rw', stops, work))
  }

  return {
    add: (kind, recordId, title) =>
      change(async () => {
        const id = stopId(kind, recordId)
        if ((await stops.get(id)) !== undefined) return
        const last = (await ordered()).at(-1)?.position ?? -1
        await stops.add({ id, kind, recordId, title, note: '', addedAt: platform.now(), position: last + 1 })
      }),
    remove: (id) => change(() => stops.delete(id)),
    move: (id, toIndex) =>
      change(async () => {
        const ids = (await ordered()).map((stop) => stop.id)
        const from = ids.indexOf(id)
        if (from === -1) return
        ids.splice(from, 1)
        ids.splice(Math.max(0, toIndex), 0, id)
        for (const [position, each] of ids.entries()) await stops.update(each, { position })
      }),
    note: (id, text) => change(async () => void (await stops.update(id, { note: text }))),
    live: () => live(database, ordered),
  }
}
