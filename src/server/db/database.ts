import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

export type Dialect = 'sqlite' | 'postgres'

/** An open database. */
export interface Database {
  db: Kysely<Schema>
  dialect: Dialect
  /** Waits for what is running, then lets go of the file or the connections. */
  close(): Promise<void>
}
