import type { TestProject } from 'vitest/node'
import { startLocalPostgres } from './local-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a PostgreSQL server on which tests may create databases; '' where each makes do with a PGlite of its own. */
    postgresUrl: string
  }
}

/**
 * Finds a PostgreSQL for the database tests: the server of TEST_DATABASE_URL; else one started from the binaries on this
 * machine; else PGlite, PostgreSQL compiled to WebAssembly, which is one session however many connections it is given.
 * TEST_DATABASE_URL=pglite asks for the last.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env['TEST_DATABASE_URL']
  if (named !== undefined && named !== '' && named !== 'pglite') {
    console.log('PostgreSQL for tests: TEST_DATABASE_URL')
    project.provide('postgresUrl', named)
    return () => Promise.resolve()
  }
  const local = named === 'pglite' ? { missing: 'TEST_DATABASE_URL asks for it' } : await startLocalPostgres()
  if ('missing' in local) {
    console.log(`PostgreSQL for tests: PGlite (${local.missing})`)
    project.provide('postgresUrl', '')
    return () => Promise.resolve()
  }
  console.log(`PostgreSQL for tests: ${local.version}, started for this run`)
  project.provide('postgresUrl', local.url)
  return local.stop
}
