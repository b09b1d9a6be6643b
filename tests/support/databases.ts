import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest'
import type { Database, Dialect } from '#server/db/database.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import { startPglite } from './pglite.ts'

/** A store of its own for each test, which several connections can be opened onto, as several processes would. */
export interface Store {
  dialect: Dialect
  settings(): { url?: string; dataDir: string }
  /** Another connection to the same store, migrated; closed after the test. */
  open(): Promise<Database>
}

/** Runs the same tests on SQLite and on PostgreSQL. */
export function onEachDatabase(name: string, tests: (store: Store) => void): void {
  describe(`${name} (sqlite)`, () => {
    let dataDir = ''
    beforeEach(() => {
      dataDir = mkdtempSync(join(tmpdir(), 'luodi-test-'))
    })
    const settings = () => ({ dataDir })
    tests({ dialect: 'sqlite', settings, open: opener(settings) })
    afterEach(() => rmSync(dataDir, { recursive: true, force: true }))
  })
  describe(`${name} (postgres)`, () => {
    const server = postgresDatabase()
    const settings = () => ({ url: server.url(), dataDir: '' })
    beforeEach(() => query(server.url(), 'drop schema if exists public cascade; create schema public'))
    tests({ dialect: 'postgres', settings, open: opener(settings) })
  })
}

/** Opens connections and closes them after each test. */
function opener(settings: Store['settings']): Store['open'] {
  const opened: Database[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((database) => database.close()))
  })
  return async () => {
    const database = await openDatabase(settings())
    opened.push(database)
    await migrate(database)
    return database
  }
}

/** A database for the tests of one `describe`. */
function postgresDatabase(): { url: () => string } {
  const server = inject('postgresUrl')
  const name = `luodi_${randomBytes(6).toString('hex')}`
  let url = ''
  let stop = () => Promise.resolve()
  beforeAll(async () => {
    if (server === '') {
      ;({ url, stop } = await startPglite())
      return
    }
    await query(server, `create database ${name}`)
    url = Object.assign(new URL(server), { pathname: `/${name}` }).href
    stop = () => query(server, `drop database ${name} with (force)`)
  })
  afterAll(() => stop())
  return { url: () => url }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(sql)
  await client.end()
}
