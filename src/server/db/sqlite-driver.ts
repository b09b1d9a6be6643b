import { setTimeout as sleep } from 'node:timers/promises'
import type LibsqlDatabase from 'libsql'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  RawNode,
  SelectQueryNode,
  type TransactionSettings,
} from 'kysely'

type Libsql = LibsqlDatabase.Database

/** How long a writer waits for another process to finish writing, ms. */
const WRITE_WAIT_MS = 10_000

/**
 * One connection to a SQLite file that other processes write to as well.
 *
 * Write transactions begin with the write lock (BEGIN IMMEDIATE): one that begins by reading cannot be upgraded once
 * another process has written (SQLITE_BUSY_SNAPSHOT). Waiting for the lock never blocks this process, and it goes through
 * `exec`, which finalizes its statement: a prepared one that met SQLITE_BUSY stays active until it is collected, and no
 * COMMIT on its connection succeeds until then.
 */
export class SqliteDriver implements Driver {
  private tail: Promise<void> = Promise.resolve()
  private release: (() => void) | undefined
  private readonly connection: SqliteConnection

  constructor(private readonly libsql: Libsql) {
    this.connection = new SqliteConnection(libsql)
  }

  async init(): Promise<void> {}

  /** There is one connection: transactions queue for it, first come first served. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.tail
    let release: () => void = () => undefined
    this.tail = new Promise((resolve) => (release = resolve))
    await before
    this.release = release
    return this.connection
  }

  releaseConnection(): Promise<void> {
    this.release?.()
    return Promise.resolve()
  }

  async beginTransaction(_connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode === 'read only') this.connection.beginRead()
    else await this.connection.beginWrite()
  }

  commitTransaction(): Promise<void> {
    this.connection.end('commit')
    return Promise.resolve()
  }

  rollbackTransaction(): Promise<void> {
    this.connection.end('rollback')
    return Promise.resolve()
  }

  async destroy(): Promise<void> {
    await this.acquireConnection()
    this.libsql.close()
  }
}

class SqliteConnection implements DatabaseConnection {
  constructor(private readonly libsql: Libsql) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const reads = SelectQueryNode.is(query.query) || RawNode.is(query.query)
    if (reads || this.libsql.inTransaction) return this.run<R>(query)
    await this.beginWrite()
    try {
      const result = this.run<R>(query)
      this.end('commit')
      return result
    } catch (error) {
      this.end('rollback')
      throw error
    }
  }

  // eslint-disable-next-line require-yield, @typescript-eslint/require-await
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not used: read in pages')
  }

  beginRead(): void {
    this.libsql.exec('begin')
  }

  async beginWrite(): Promise<void> {
    const deadline = performance.now() + WRITE_WAIT_MS
    while (!this.tryBeginWrite(performance.now() >= deadline)) await sleep(1 + Math.random() * 10)
  }

  end(how: 'commit' | 'rollback'): void {
    // A failed COMMIT may have rolled back by itself already.
    if (how === 'commit' || this.libsql.inTransaction) this.libsql.exec(how)
  }

  /** @param lastTry whether another process still writing is an error by now */
  private tryBeginWrite(lastTry: boolean): boolean {
    this.libsql.exec('pragma busy_timeout = 0')
    try {
      this.libsql.exec('begin immediate')
      return true
    } catch (error) {
      if (lastTry || (error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error
      return false
    } finally {
      this.libsql.exec(`pragma busy_timeout = ${WRITE_WAIT_MS}`)
    }
  }

  private run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = this.libsql.prepare(sql)
    if (statement.reader) return { rows: (statement.all(parameters) as R[]).map(withBuffers) }
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
  }
}

/** libsql gives blobs as ArrayBuffer; pg, and so the rest of the server, has Buffer. */
function withBuffers<R>(row: R): R {
  const columns = row as Record<string, unknown>
  for (const [name, value] of Object.entries(columns)) {
    if (value instanceof ArrayBuffer) columns[name] = Buffer.from(value)
  }
  return row
}
