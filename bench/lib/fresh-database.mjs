import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Makes a database of its own on a PostgreSQL server. @returns the setting that names it */
export async function freshDatabase(url) {
  const name = `bench_${randomBytes(6).toString('hex')}`
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const own = new URL(url)
  own.pathname = `/${name}`
  return { DATABASE_URL: own.href }
}
