import type { PutRow } from './history.ts'
import { linesText, putLines } from './list-lines.ts'

/** What a snapshot is of. */
interface Whole {
  epoch: string
  version: number
  /** Records. */
  count: number
}

/** A way of writing down everything that is published at a version. */
export interface SnapshotFormat {
  table: 'snapshot' | 'list_snapshot'
  /** @param records in the order of their ids, some at a time */
  text: (of: Whole, records: AsyncIterable<readonly PutRow[]>) => Promise<string>
}

/** Whole records in one JSON text: what phones of older releases take. */
export const WHOLE: SnapshotFormat = {
  table: 'snapshot',
  async text({ epoch, version, count }, records) {
    const list: string[] = []
    for await (const some of records) list.push(...some.map(({ json }) => json))
    const head = `"epoch":${JSON.stringify(epoch)},"version":${version},"count":${count}`
    return `{${head},"records":[${list.join(',')}]}`
  },
}

/** List fields, line by line. */
export const LIST: SnapshotFormat = {
  table: 'list_snapshot',
  async text({ epoch, version, count }, records) {
    const lines = [JSON.stringify({ epoch, version, count })]
    for await (const some of records) lines.push(...some.map((row) => putLines(row).line))
    return linesText(lines)
  },
}
