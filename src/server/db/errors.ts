import { StartupError } from '../startup-error.ts'

/** `DATABASE_URL` is not the address of a PostgreSQL database. */
export class BadDatabaseUrlError extends StartupError {
  override name = 'BadDatabaseUrlError'
}

/** PostgreSQL does not answer, or does not let us in. */
export class DatabaseUnreachableError extends StartupError {
  override name = 'DatabaseUnreachableError'
}

/** The folder of the SQLite file cannot be used. */
export class DataDirError extends StartupError {
  override name = 'DataDirError'
}

/** The database was migrated by a newer release than this one. */
export class NewerDatabaseError extends StartupError {
  override name = 'NewerDatabaseError'

  /** @param unknown names of the migrations this release does not know */
  constructor(readonly unknown: readonly string[]) {
    super(
      `The database belongs to a newer release of Luodi (it holds ${unknown.join(', ')}). ` +
        'Start that release, or restore a backup made by this one; nothing was changed.',
    )
  }
}

/** A PostgreSQL database that cannot hold Chinese. */
export class DatabaseEncodingError extends StartupError {
  override name = 'DatabaseEncodingError'

  constructor(encoding: string) {
    super(
      `The database's encoding is ${encoding}; Luodi needs UTF8. Create one with: createdb --encoding=UTF8 --template=template0 NAME`,
    )
  }
}
