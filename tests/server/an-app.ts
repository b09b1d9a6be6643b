import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileStore } from '#server/attachments/file-store.ts'
import type { Database } from '#server/db/database.ts'
import { type AppDeps, createApp } from '#server/http/app.ts'
import { createLog } from '#server/log.ts'
import { temporaryFolder } from '../support/server.ts'
import type { Ask } from './feed-reader.ts'
import { NOW } from './samples.ts'

export const ROOMY = { writes: 1_000_000, reads: 1_000_000, parts: 1_000_000 }

/** One folder for all tests of a file: each file of an inquiry lies under the inquiry's own id. */
export const ATTACHMENTS = fileStore(join(temporaryFolder(), 'attachments'))

/** The app on a database, at a time that stands still, with what it logs. */
export function anApp(
  database: Database,
  deps: Partial<AppDeps> = {},
): { ask: Ask; fetch: ReturnType<typeof createApp>['fetch']; logged: () => string } {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const app = createApp({
    database,
    attachments: ATTACHMENTS,
    log: createLog('trace', sink),
    now: () => NOW,
    version: '0.0.0-test',
    clientAddress: () => '192.0.2.1',
    limits: ROOMY,
    ...deps,
  })
  return { ask: (path, init) => app.request(path, init), fetch: app.fetch, logged: () => lines.join('') }
}
