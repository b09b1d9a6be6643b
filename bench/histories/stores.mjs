import { migrate } from '../../src/server/db/migrate.ts'
import { openDatabase } from '../../src/server/db/open.ts'
import { Statistics } from '../../tests/replica/model/statistics.ts'
import { startLocalPostgres } from '../../tests/support/local-postgres.ts'
import { temporaryFolder } from '../../tests/support/server.ts'
import { freshDatabase } from '../lib/fresh-database.mjs'

/** SQLite, and PostgreSQL where it is installed. `settings` names a new database for one process. */
export async function openStores() {
  const sqlite = { name: 'SQLite', statistics: new Statistics(), settings: () => ({ dataDir: temporaryFolder() }) }
  const server = await startLocalPostgres()
  if ('missing' in server) return { stores: [sqlite], stop: () => Promise.resolve() }
  const postgres = {
    name: 'PostgreSQL',
    statistics: new Statistics(),
    settings: async () => ({ url: (await freshDatabase(server.url)).DATABASE_URL, dataDir: '' }),
  }
  return { stores: [sqlite, postgres], stop: server.stop }
}

/** So many connections to one database. */
export async function openConnections(settings, count) {
  const databases = []
  while (databases.length < count) databases.push(await openDatabase(settings))
  await migrate(databases[0])
  return { databases, close: () => Promise.all(databases.map((database) => database.close())) }
}
