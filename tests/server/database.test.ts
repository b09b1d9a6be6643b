import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BadDatabaseUrlError, DatabaseUnreachableError, DataDirError, NewerDatabaseError } from '#server/db/errors.ts'
import type { Database } from '#server/db/database.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import { StartupError } from '#server/startup-error.ts'
import { onEachDatabase } from '../support/databases.ts'

onEachDatabase('the database', (store) => {
  it('is migrated once by processes that start together, and keeps its epoch', async () => {
    const databases = await Promise.all([1, 2, 3, 4].map(() => store.open()))
    const epochs = await Promise.all(databases.map(({ db }) => db.selectFrom('meta').selectAll().execute()))
    expect(new Set(epochs.map((rows) => JSON.stringify(rows))).size).toBe(1)
    expect(epochs[0]?.[0]?.value).toMatch(/^[a-z0-9-]{1,40}$/)
  })

  it('is left as it was by a migration that fails on the way', async () => {
    const database = await openDatabase(store.settings())
    await database.db.schema.createTable('inquiry').addColumn('theirs', 'text').execute()
    await expect(migrate(database)).rejects.toThrow()
    const tables = (await database.db.introspection.getTables()).map(({ name }) => name)
    expect(tables).not.toContain('record')
    await database.db.schema.dropTable('inquiry').execute()
    await migrate(database)
    expect(await database.db.selectFrom('inquiry').selectAll().execute()).toEqual([])
    await database.close()
  })

  it('of a newer release is refused, and not touched', async () => {
    const database = await store.open()
    const migrations = database.db.withTables<{ luodi_migration: { name: string; timestamp: string } }>()
    await migrations.insertInto('luodi_migration').values({ name: '9999-later', timestamp: '2030-01-01' }).execute()
    await migrations.deleteFrom('luodi_migration').where('name', '=', '0003-waiting').execute()
    const error = await migrate(database).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(NewerDatabaseError)
    expect((error as Error).message).toMatch(/9999-later.*nothing was changed/)
    expect(await migrations.selectFrom('luodi_migration').select('name').orderBy('name').execute()).toEqual([
      { name: '0001-content' },
      { name: '0002-inquiries' },
      { name: '0004-media' },
      { name: '0005-parts' },
      { name: '0006-list-snapshots' },
      { name: '9999-later' },
    ])
  })

  it('lets transactions that read before they write follow each other, on connections of several processes', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => store.open()))
    await Promise.all(
      databases.flatMap(({ db }) =>
        Array.from({ length: 10 }, () =>
          db.transaction().execute(async (trx) => {
            await trx
              .updateTable('counter')
              .set({ value: sql<number>`value` })
              .where('name', '=', 'turn')
              .execute()
            const { value } = await trx
              .selectFrom('counter')
              .select('value')
              .where('name', '=', 'turn')
              .executeTakeFirstOrThrow()
            await new Promise((resolve) => setImmediate(resolve))
            await trx
              .updateTable('counter')
              .set({ value: value + 1 })
              .where('name', '=', 'turn')
              .execute()
          }),
        ),
      ),
    )
    const [first] = databases
    expect(await first?.db.selectFrom('counter').select('value').where('name', '=', 'turn').execute()).toEqual([
      { value: 30 },
    ])
  })

  it('takes nothing of a transaction that fails, and goes on', async () => {
    const { db } = await store.open()
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('meta').values({ name: 'half', value: 'done' }).execute()
      await trx.insertInto('meta').values({ name: 'epoch', value: 'twice' }).execute()
    })
    await expect(failing).rejects.toThrow()
    await db.insertInto('meta').values({ name: 'whole', value: 'done' }).execute()
    const names = await db.selectFrom('meta').select('name').orderBy('name').execute()
    expect(names.map(({ name }) => name)).toEqual(['epoch', 'receipt-secret', 'whole'])
  })

  it('gives integers as numbers and bytes as they were', async () => {
    const { db } = await store.open()
    const large = Number.MAX_SAFE_INTEGER - 1
    await db.updateTable('counter').set({ value: large }).where('name', '=', 'turn').execute()
    const { value } = await db
      .selectFrom('counter')
      .select('value')
      .where('name', '=', 'turn')
      .executeTakeFirstOrThrow()
    expect(value).toBe(large)
    const body = Buffer.from([0, 1, 127, 128, 255])
    const row = {
      type: 'contact',
      schema_version: 1,
      digest: '',
      key_hash: '',
      state: '已送达',
      received_at: 0,
      reply_due_at: 0,
    } as const
    await db
      .insertInto('inquiry')
      .values({ ...row, submission_id: 'x', body })
      .execute()
    const read = await db.selectFrom('inquiry').select('body').executeTakeFirstOrThrow()
    expect(read.body?.equals(body)).toBe(true)
  })
})

describe('a database that cannot be used', () => {
  let folder = ''
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'luodi-test-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const failure = async (settings: { url?: string; dataDir: string }) => {
    const error: unknown = await openDatabase(settings).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartupError)
    expect((error as Error).message).not.toMatch(/[\n]|secret/)
    return error
  }

  it.each(['mysql://luodi:secret@localhost/luodi', 'localhost:5432', 'postgres//x', ''])(
    'is named by a bad address: %s',
    async (url) => expect(await failure({ url, dataDir: folder })).toBeInstanceOf(BadDatabaseUrlError),
  )

  it('does not answer, or does not speak PostgreSQL', async () => {
    const mute = createServer((socket) =>
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n', () => socket.destroy()),
    ).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const { port } = mute.address() as AddressInfo
    const url = `postgres://luodi:secret@127.0.0.1:${port}/luodi`
    expect(await failure({ url, dataDir: folder })).toBeInstanceOf(DatabaseUnreachableError)
    mute.close()
    await once(mute, 'close')
    expect(await failure({ url, dataDir: folder })).toBeInstanceOf(DatabaseUnreachableError)
  })

  it('has a file where the folder should be, or something else in place of the database', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await failure({ dataDir: file })).toBeInstanceOf(DataDirError)
    expect(await failure({ dataDir: join(file, 'below') })).toBeInstanceOf(DataDirError)
    writeFileSync(join(folder, 'luodi.db'), 'something else '.repeat(100))
    expect(await failure({ dataDir: folder })).toBeInstanceOf(DataDirError)
    expect(readFileSync(join(folder, 'luodi.db'), 'utf8')).toMatch(/^something else/)
  })
})

describe('the SQLite file', () => {
  let folder = ''
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'luodi-test-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is for its owner only, and written through to the disk', async () => {
    const dataDir = join(folder, 'new', 'data')
    const database = await openDatabase({ dataDir })
    const pragma = async (name: string): Promise<unknown> => {
      const { rows } = await sql<object>`pragma ${sql.raw(name)}`.execute(database.db)
      return Object.values(rows[0] ?? {})[0]
    }
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    expect(await pragma('secure_delete')).toBe(1)
    await database.close()
    expect(statSync(join(dataDir, 'luodi.db')).mode & 0o077).toBe(0)
    expect(statSync(dataDir).mode & 0o077).toBe(0)
  })

  it('lets nobody who reads wait for a writer that waits for another process', async () => {
    const [one, other] = [await openDatabase({ dataDir: folder }), await openDatabase({ dataDir: folder })]
    await migrate(one)
    const { release, held } = await holdWriteLock(other)
    let written = false
    const writing = one.db
      .insertInto('meta')
      .values({ name: 'late', value: '' })
      .execute()
      .then(() => (written = true))
    const names = await one.db.selectFrom('meta').select('name').execute()
    expect([names, written]).toEqual([[{ name: 'epoch' }, { name: 'receipt-secret' }], false])
    release()
    await Promise.all([held, writing])
    expect(await one.db.selectFrom('meta').select('name').where('name', '=', 'late').execute()).toHaveLength(1)
    await Promise.all([one.close(), other.close()])
  })

  it('holds everything that was acknowledged before a kill in the middle of writing', async () => {
    const writer = fileURLToPath(new URL('acknowledging-writer.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    let acknowledged = 0
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line)
      if (acknowledged === 200) child.kill('SIGKILL')
    }
    expect(acknowledged).toBeGreaterThanOrEqual(200)
    const database = await openDatabase({ dataDir: folder })
    await migrate(database)
    const rows = await database.db.selectFrom('meta').select('name').where('name', 'like', 'n%').execute()
    expect(new Set(rows.map(({ name }) => name)).size).toBeGreaterThanOrEqual(acknowledged)
    for (let n = 1; n <= acknowledged; n++) expect(rows).toContainEqual({ name: `n${n}` })
    expect(Object.values((await sql`pragma integrity_check`.execute(database.db)).rows[0] ?? {})).toEqual(['ok'])
    await database.close()
  })
})

/** Begins to write, and goes on until it is told to end. */
async function holdWriteLock({ db }: Database): Promise<{ release: () => void; held: Promise<void> }> {
  let release: () => void = () => undefined
  const told = new Promise<void>((resolve) => (release = resolve))
  let begun: () => void = () => undefined
  const beginning = new Promise<void>((resolve) => (begun = resolve))
  const held = db.transaction().execute(async (trx) => {
    await trx.updateTable('counter').set({ value: 0 }).where('name', '=', 'turn').execute()
    begun()
    await told
  })
  await beginning
  return { release, held }
}
