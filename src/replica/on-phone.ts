import type { Live } from '#domain/live.ts'
import { keptFiles, unlessFailed } from './media-cache.ts'
import { onMediaChanged } from './media-changes.ts'
import { isReadable } from './reader.ts'
import type { ContentReader } from './store.ts'

/** What of a record is on the phone. */
export interface OnPhone {
  /** Whether its text is here, and this app can read it. */
  hasText: boolean
  /** Whether the copy has all of its pictures and attachments; what only a page showed may go at any time. */
  hasFiles: boolean
}

/** Looked up, and again whenever it may have changed. */
export function onPhone(store: ContentReader, id: string): Live<OnPhone | undefined> {
  const record = store.watch(async (current) => {
    const { row } = await current.row(id)
    if (row === undefined) return undefined
    const body = await current.body(row.body.sha256)
    return { hasText: body !== undefined && isReadable(row, body), paths: row.files.map(({ path }) => path) }
  })
  return {
    subscribe(listener, fail) {
      let found: { hasText: boolean; paths: string[] } | undefined
      let turn = 0
      const look = async () => {
        const mine = ++turn
        const here = found && (await unlessFailed(keptFiles(found.paths)))
        if (mine !== turn) return
        listener(found && { hasText: found.hasText, hasFiles: found.paths.every((path) => here?.has(path)) })
      }
      const again = () => void look().catch(fail)
      const stopRecord = record.subscribe((next) => {
        found = next
        again()
      }, fail)
      const stopFiles = onMediaChanged(() => {
        if (found !== undefined) again()
      })
      return () => {
        turn = -1
        stopRecord()
        stopFiles()
      }
    },
  }
}
