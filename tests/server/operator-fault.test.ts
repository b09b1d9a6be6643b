import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { DatabaseEncodingError } from '#server/db/errors.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import { operatorFault } from '#server/db/operator-fault.ts'

const server = inject('postgresUrl')
const name = `luodi_${randomBytes(6).toString('hex')}`

async function run(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

/** What is said when the first start on a new database of this making fails. */
async function faultOf(options: string, ...before: readonly string[]): Promise<string | undefined> {
  await run(`create database ${name} ${options}`, ...before)
  const database = await openDatabase({
    url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    dataDir: '',
  })
  try {
    return operatorFault(await migrate(database).catch((error: unknown) => error))
  } finally {
    await database.close()
  }
}

describe.skipIf(server === '')('a PostgreSQL database that lets us in and then refuses its work', () => {
  afterEach(() => run(`drop database if exists ${name} with (force)`, `drop role if exists ${name}`))

  it('gives its user no right to create tables', async () => {
    const fault = await faultOf('', `create role ${name} login`, `alter database ${name} set role ${name}`)
    expect(fault).toMatch(/permission denied for schema public.*right to create/)
  })

  it('is a read-only copy', async () => {
    expect(await faultOf('', `alter database ${name} set default_transaction_read_only = on`)).toMatch(
      /cannot be written/,
    )
  })

  it('cannot hold Chinese', async () => {
    const latin = "encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0"
    await expect(faultOf(latin)).rejects.toThrow(DatabaseEncodingError)
  })
})

it('leaves what only we can put right to its stack', () => {
  for (const ours of [
    new TypeError('x is not a function'),
    Object.assign(new Error('syntax error'), { code: '42601' }),
    'text',
    undefined,
  ]) {
    expect(operatorFault(ours)).toBeUndefined()
  }
})
