import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import Libsql from 'libsql'
import { checkFile, prepareFolder } from './data-dir.ts'
import type { Database } from './database.ts'
import { DataDirError } from './errors.ts'
import type { Schema } from './schema.ts'
import { isBusy, type SqliteConnections, SqliteDriver } from './sqlite-driver.ts'

/** The one file that holds everything; `-wal` and `-shm` beside it belong to it while it is open. */
const SQLITE_FILE = 'luodi.db'

/** SQLite's tables are made inside transactions as well: a crash between two migrations leaves nothing half-made. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class LibsqlDialect extends SqliteDialect {
  constructor(private readonly connections: SqliteConnections) {
    super({ database: () => Promise.reject(new Error('The driver holds the connections')) })
  }

  override createDriver(): SqliteDriver {
    return new SqliteDriver(this.connections)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter()
  }
}

/**
 * Opens the SQLite file in a folder, making both where missing.
 * @param dataDir the folder
 * @throws DataDirError when the folder or the file cannot be used
 */
export function openSqlite(dataDir: string): Database {
  prepareFolder(dataDir)
  const file = join(dataDir, SQLITE_FILE)
  checkFile(file)
  const write = connect(file)
  const read = connect(file)
  read.exec('pragma query_only = on')
  const db = new Kysely<Schema>({ dialect: new LibsqlDialect({ write, read }) })
  return {
    db,
    dialect: 'sqlite',
    async close() {
      await db.destroy()
      // A Kysely that never ran a query has made no driver yet, so that destroy() closed nothing.
      for (const libsql of [read, write]) if (libsql.open) libsql.close()
    },
  }
}

/** synchronous = full: a commit is on the disk before it is acknowledged. secure_delete: what a person withdraws is overwritten. */
const PRAGMAS = [
  'busy_timeout = 10000',
  'journal_mode = wal',
  'synchronous = full',
  'foreign_keys = on',
  'secure_delete = on',
]

/** How long another process that opens the file may take, ms, and how often it is tried again. */
const OPEN_WAIT_MS = 10_000
const TRY_EVERY_MS = 20

/** A process that opens a new file while another makes it has been told at once that it is locked, whatever the busy timeout. */
function whenFree(task: () => void): void {
  const deadline = performance.now() + OPEN_WAIT_MS
  for (;;) {
    try {
      task()
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_EVERY_MS)
    }
  }
}

function connect(file: string): Libsql.Database {
  try {
    const libsql = new Libsql(file)
    for (const pragma of PRAGMAS) whenFree(() => libsql.exec(`pragma ${pragma}`))
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
    return libsql
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    const why =
      code === 'SQLITE_NOTADB'
        ? 'it is not a SQLite database. Move it away, or name another DATA_DIR'
        : `${message}. Check the file and its folder`
    throw new DataDirError(`The database file ${file} cannot be opened: ${why}.`, { cause: error })
  }
}
