import { CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'
import { BadDatabaseUrlError, DatabaseEncodingError, DatabaseUnreachableError } from './errors.ts'
import type { Schema } from './schema.ts'

const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 30_000

/**
 * Opens a PostgreSQL database.
 * @param url `postgres://user:password@host:port/name`
 * @throws BadDatabaseUrlError when the address is none, DatabaseUnreachableError when nothing answers there,
 *   DatabaseEncodingError when it cannot hold every character
 */
export async function openPostgres(url: string): Promise<Database> {
  const address = parseAddress(url)
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'luodi',
    types: { getTypeParser },
  })
  // A connection that breaks is dropped by the pool and replaced at the next query, which reports what is wrong; without
  // listeners the break itself would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool, onCreateConnection: setTimeouts }) })
  try {
    await check(db, address)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return { db, dialect: 'postgres', close: () => db.destroy() }
}

async function check(db: Kysely<Schema>, address: string): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db).catch((error: unknown) => {
    const why =
      error instanceof Error && error.message !== '' ? error.message : String((error as { code?: unknown }).code)
    throw new DatabaseUnreachableError(
      `PostgreSQL at ${address} cannot be used: ${why}. Check that it runs, and DATABASE_URL's host, name, user and password.`,
      { cause: error },
    )
  })
  const encoding = rows[0]?.server_encoding ?? 'unknown'
  if (encoding !== 'UTF8') throw new DatabaseEncodingError(encoding)
}

/** @returns host and name, for messages: never the user or the password */
function parseAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new BadDatabaseUrlError(
      'DATABASE_URL is not a PostgreSQL address. Write postgres://user:password@host:5432/name, or leave it out to use SQLite.',
    )
  }
  return `${parsed.host === '' ? (parsed.searchParams.get('host') ?? 'localhost') : parsed.host}${parsed.pathname}`
}

/** Set by a query and not in the start-up message, which connection poolers in front of PostgreSQL refuse to pass on. */
async function setTimeouts(connection: DatabaseConnection): Promise<void> {
  for (const name of ['statement_timeout', 'idle_in_transaction_session_timeout']) {
    await connection.executeQuery(CompiledQuery.raw(`set ${name} = ${STATEMENT_TIMEOUT_MS}`))
  }
}

/** int8 comes as text by default; ours are times and versions, far inside what a number holds. */
function getTypeParser(...[oid, format]: Parameters<typeof pg.types.getTypeParser>): unknown {
  return oid === pg.types.builtins.INT8 ? parseInt8 : (pg.types.getTypeParser(oid, format) as unknown)
}

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`)
  return value
}
