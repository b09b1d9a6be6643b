import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import Libsql from 'libsql'
import type { Database } from './database.ts'
import { DataDirError } from './errors.ts'
import type { Schema } from './schema.ts'
import { SqliteDriver } from './sqlite-driver.ts'

/** The one file that holds everything; `-wal` and `-shm` beside it belong to it while it is open. */
export const SQLITE_FILE = 'luodi.db'

/** SQLite's tables are made inside transactions as well: a crash between two migrations leaves nothing half-made. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class LibsqlDialect extends SqliteDialect {
  constructor(private readonly libsql: Libsql.Database) {
    super({ database: () => Promise.reject(new Error('The driver holds the connection')) })
  }

  override createDriver(): SqliteDriver {
    return new SqliteDriver(this.libsql)
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
  const libsql = connect(join(dataDir, SQLITE_FILE))
  const db = new Kysely<Schema>({ dialect: new LibsqlDialect(libsql) })
  return {
    db,
    dialect: 'sqlite',
    async close() {
      await db.destroy()
      // A Kysely that never ran a query has made no driver yet, so that destroy() closed nothing.
      if (libsql.open) libsql.close()
    },
  }
}

function prepareFolder(dataDir: string): void {
  try {
    // Personal data: nobody but the account that runs the server.
    makeFolder(dataDir)
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new DataDirError(`DATA_DIR ${dataDir} cannot be used: ${reason(error)}`, { cause: error })
  }
}

/** Not `mkdirSync` with `recursive`, which never returns where the kernel makes no folders, as in /proc. */
function makeFolder(dir: string): void {
  const parent = dirname(dir)
  if (!existsSync(parent)) makeFolder(parent)
  try {
    mkdirSync(dir, { mode: 0o700 })
  } catch (error) {
    if (!existsSync(dir) || !statSync(dir).isDirectory()) throw error
  }
}

function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return 'it, or a part of its path, is not a folder. Name a folder.'
    case 'EACCES':
    case 'EPERM':
      return 'this account may not write there. Give it the right to, or name another folder.'
    case 'EROFS':
      return 'its file system is read-only. Name another folder.'
    default:
      return `${(error as Error).message}. Name a folder that can be written.`
  }
}

/** synchronous = full: a commit is on the disk before it is acknowledged. secure_delete: what a person withdraws is overwritten. */
const PRAGMAS = ['busy_timeout = 10000', 'journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'secure_delete = on']

function connect(file: string): Libsql.Database {
  try {
    const libsql = new Libsql(file)
    for (const pragma of PRAGMAS) libsql.exec(`pragma ${pragma}`)
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
