import { setImmediate } from 'node:timers/promises'
import type { PutRow } from './history.ts'
import { linesText, putLines } from './list-lines.ts'

/** A way of writing down everything that is published at a version. */
export interface SnapshotFormat {
  table: 'snapshot' | 'list_snapshot'
  /** @param records in the order of their ids */
  text: (at: { epoch: string; version: number }, records: readonly PutRow[]) => Promise<string>
}

/** Whole records in one JSON text: what phones of older releases take. */
export const WHOLE: SnapshotFormat = {
  table: 'snapshot',
  text: ({ epoch, version }, records) => {
    const list = records.map(({ json }) => json).join(',')
    const head = `"epoch":${JSON.stringify(epoch)},"version":${version},"count":${records.length}`
    return Promise.resolve(`{${head},"records":[${list}]}`)
  },
}

/** Records parted between two turns of other requests: some ten milliseconds. */
const AT_ONCE = 200

/** List fields, line by line. */
export const LIST: SnapshotFormat = {
  table: 'list_snapshot',
  async text({ epoch, version }, records) {
    const lines = [JSON.stringify({ epoch, version, count: records.length })]
    for (let from = 0; from < records.length; from += AT_ONCE) {
      lines.push(...records.slice(from, from + AT_ONCE).map((row) => putLines(row).line))
      await setImmediate()
    }
    return linesText(lines)
  },
}
