import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DataDirError } from './errors.ts'

/**
 * Makes the folder of the SQLite file where it is missing.
 * @throws DataDirError when it cannot be used
 */
export function prepareFolder(dataDir: string): void {
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

/** Files that SQLite opens together: one left by another account, as after a start as root, stops the rest. */
const SUFFIXES = ['', '-wal', '-shm']

/**
 * Looks whether SQLite will be able to open its file, for it says no more than "unable to open".
 * @throws DataDirError when it will not
 */
export function checkFile(file: string): void {
  for (const path of SUFFIXES.map((suffix) => file + suffix).filter((name) => existsSync(name))) {
    if (!statSync(path).isFile())
      throw new DataDirError(`The database file ${path} is no file: move it away, or name another DATA_DIR.`)
    try {
      accessSync(path, constants.R_OK | constants.W_OK)
    } catch (error) {
      throw new DataDirError(`The database file ${path} cannot be used: ${reason(error)}`, { cause: error })
    }
  }
}
