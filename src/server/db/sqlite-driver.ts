import { setTimeout as sleep } from 'node:timers/promises'
import type LibsqlDatabase from 'libsql'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  RawNode,
  SelectQueryNode,
} from 'kysely'

type Libsql = LibsqlDatabase.Database

/** How long a writer waits for another process to finish writing, ms. */
const WRITE_WAIT_MS = 10_000

/** Two connections to one file: a writer that waits for another process keeps no reader waiting (WAL). */
export interface SqliteConnections {
  write: Libsql
  read: Libsql
}

/**
 * A SQLite file that other processes write to as well.
 *
 * Write transactions begin with the write lock (BEGIN IMMEDIATE): one that begins by reading cannot be upgraded once
 * another process has written (SQLITE_BUSY_SNAPSHOT). Waiting for the lock never blocks this process, and it goes through
 * `exec`, which finalizes its statement: a prepared one that met SQLITE_BUSY stays active until it is collected, and no
 * COMMIT on its connection succeeds until then.
 */
export class SqliteDriver implements Driver {
  private tail: Promise<void> = Promise.resolve()

  constructor(private readonly connections: SqliteConnections) {}

  async init(): Promise<void> {}

  acquireConnection(): Promise<SqliteConnection> {
    return Promise.resolve(new SqliteConnection(this.connections, () => this.takeTurn()))
  }

  releaseConnection(connection: SqliteConnection): Promise<void> {
    connection.release()
    return Promise.resolve()
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.beginWrite()
  }

  commitTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('commit')
    return Promise.resolve()
  }

  rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('rollback')
    return Promise.resolve()
  }

  async destroy(): Promise<void> {
    await this.takeTurn()
    this.connections.read.close()
    this.connections.write.close()
  }

  /** There is one connection that writes: its users queue, first come first served. @returns what ends the turn */
  private async takeTurn(): Promise<() => void> {
    const before = this.tail
    let end: () => void = () => undefined
    this.tail = new Promise((resolve) => (end = resolve))
    await before
    return end
  }
}

/** What one user holds: a query that only reads is answered at once, anything else once it is this user's turn to write. */
class SqliteConnection implements DatabaseConnection {
  private endTurn: (() => void) | undefined
  private inTransaction = false

  constructor(
    private readonly connections: SqliteConnections,
    private readonly takeTurn: () => Promise<() => void>,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.inTransaction) return run<R>(this.connections.write, query)
    if (SelectQueryNode.is(query.query)) return run<R>(this.connections.read, query)
    return RawNode.is(query.query) ? this.runInTurn<R>(query) : this.runAlone<R>(query)
  }

  // eslint-disable-next-line require-yield, @typescript-eslint/require-await
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not used: read in pages')
  }

  async beginWrite(): Promise<void> {
    this.endTurn ??= await this.takeTurn()
    await beginWrite(this.connections.write)
    this.inTransaction = true
  }

  end(how: 'commit' | 'rollback'): void {
    const { write } = this.connections
    // A failed COMMIT may have rolled back by itself already.
    if (how === 'commit' || write.inTransaction) write.exec(how)
    this.inTransaction = false
  }

  release(): void {
    this.endTurn?.()
    this.endTurn = undefined
  }

  private async runInTurn<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.endTurn ??= await this.takeTurn()
    return run<R>(this.connections.write, query)
  }

  private async runAlone<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.beginWrite()
    try {
      const result = run<R>(this.connections.write, query)
      this.end('commit')
      return result
    } catch (error) {
      this.end('rollback')
      throw error
    }
  }
}

/** Whether another process holds the file. */
export function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
}

async function beginWrite(libsql: Libsql): Promise<void> {
  const deadline = performance.now() + WRITE_WAIT_MS
  while (!tryBeginWrite(libsql, performance.now() >= deadline)) await sleep(1 + Math.random() * 10)
}

/** @param lastTry whether another process still writing is an error by now */
function tryBeginWrite(libsql: Libsql, lastTry: boolean): boolean {
  libsql.exec('pragma busy_timeout = 0')
  try {
    libsql.exec('begin immediate')
    return true
  } catch (error) {
    if (lastTry || !isBusy(error)) throw error
    return false
  } finally {
    libsql.exec(`pragma busy_timeout = ${WRITE_WAIT_MS}`)
  }
}

function run<R>(libsql: Libsql, { sql, parameters }: CompiledQuery): QueryResult<R> {
  const statement = libsql.prepare(sql)
  if (statement.reader) return { rows: (statement.all(parameters) as R[]).map(withBuffers) }
  return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
}

/** libsql gives blobs as ArrayBuffer; pg, and so the rest of the server, has Buffer. */
function withBuffers<R>(row: R): R {
  const columns = row as Record<string, unknown>
  for (const [name, value] of Object.entries(columns)) {
    if (value instanceof ArrayBuffer) columns[name] = Buffer.from(value)
  }
  return row
}
