import { sql } from 'kysely'
import { afterEach, describe, expect, inject, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { isDatabaseUnavailable } from '#server/db/availability.ts'
import { openDatabase } from '#server/db/open.ts'

const url = inject('postgresUrl')

// PGlite is one session: there is no connection that another could end.
describe.skipIf(url === '')('a PostgreSQL connection that breaks', () => {
  const opened: Database[] = []
  afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())))
  const open = async () => {
    const database = await openDatabase({ url, dataDir: '' })
    opened.push(database)
    return database.db
  }
  const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`

  it('fails its transaction as something that passes, and is replaced for the next', async () => {
    const [db, operator] = [await open(), await open()]
    const broken = await db
      .transaction()
      .execute(async (trx) => {
        const pid = (await backend.execute(trx)).rows[0]?.pid
        await sql`select pg_terminate_backend(${pid})`.execute(operator)
        await sql`select 1`.execute(trx)
      })
      .catch((error: unknown) => error)
    expect(isDatabaseUnavailable(broken)).toBe(true)
    expect((await backend.execute(db)).rows).toHaveLength(1)
  })

  it('is replaced when it breaks while nobody uses it', async () => {
    const [db, operator] = [await open(), await open()]
    const pid = (await backend.execute(db)).rows[0]?.pid
    await sql`select pg_terminate_backend(${pid})`.execute(operator)
    await expect.poll(async () => (await backend.execute(db)).rows[0]?.pid !== pid).toBe(true)
  })

  it('limits how long a statement may run', async () => {
    const { rows } = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(await open())
    expect(rows).toEqual([{ statement_timeout: '30s' }])
  })
})
