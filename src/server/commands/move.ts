import type { Kysely } from 'kysely'
import { parseArgs } from 'node:util'
import type { Schema } from '../db/schema.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { readEnv } from '../env.ts'
import { CommandError, runCommand, UsageError } from './command-line.ts'
import { withDatabase } from './with-database.ts'

const USAGE = `用法（先停止服务）：
  node scripts/run.mjs move to postgres://用户:密码@主机:5432/库名
                             把现在的数据库（DATA_DIR 或 DATABASE_URL）整个搬进一个空的 PostgreSQL`

/** Every table but `media`, those that others point at first. */
const TABLES: readonly Exclude<keyof Schema, 'media'>[] = [
  ...(['meta', 'counter', 'record', 'waiting', 'change', 'snapshot', 'list_snapshot'] as const),
  ...(['inquiry', 'receipt', 'inquiry_event', 'part', 'part_chunk'] as const),
]
const ROWS_PER_INSERT = 500
/** Each is a whole picture: not all of them are in memory at once. */
const FILES_AT_ONCE = 20

/**
 * `move to URL`: copies everything into an empty PostgreSQL in one transaction, the history of changes with its epoch too, so
 * that phones carry on where they were. What was there before is left as it is.
 */
async function moveTo(args: string[]): Promise<number> {
  const [url, ...more] = parseArgs({ args, allowPositionals: true }).positionals
  if (url === undefined || more.length > 0) throw new UsageError('请写出一个 PostgreSQL 的地址。')
  const target = await openDatabase({ url, dataDir: readEnv(process.env).DATA_DIR })
  try {
    await migrate(target)
    await withDatabase((source) => target.db.transaction().execute((trx) => copyAll(source.db, trx)))
  } finally {
    await target.close()
  }
  console.log('已搬完。请把 DATABASE_URL 设为新的地址再启动服务；原来的数据没有改动。')
  return 0
}

async function copyAll(from: Kysely<Schema>, to: Kysely<Schema>): Promise<void> {
  if (await holdsAnything(to)) throw new CommandError('目标数据库里已有内容，没有搬动任何东西。请换一个空的数据库。')
  for (const table of TABLES) {
    await to.deleteFrom(table).execute()
    console.log(`${table}  ${await copyTable(from, to, table)}`)
  }
  await to.deleteFrom('media').execute()
  console.log(`media  ${await copyMedia(from, to)}`)
}

async function holdsAnything(db: Kysely<Schema>): Promise<boolean> {
  const record = await db.selectFrom('record').select('id').executeTakeFirst()
  const inquiry = await db.selectFrom('inquiry').select('submission_id').executeTakeFirst()
  return record !== undefined || inquiry !== undefined
}

/** @returns how many rows were copied */
async function copyTable(from: Kysely<Schema>, to: Kysely<Schema>, table: keyof Schema): Promise<number> {
  // One type of row stands for all: a row goes as it came.
  const name = table as 'record'
  const rows = await from.selectFrom(name).selectAll().execute()
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await to
      .insertInto(name)
      .values(rows.slice(at, at + ROWS_PER_INSERT))
      .execute()
  }
  return rows.length
}

/** @returns how many files were copied */
async function copyMedia(from: Kysely<Schema>, to: Kysely<Schema>): Promise<number> {
  const names = (await from.selectFrom('media').select('name').execute()).map(({ name }) => name)
  for (let at = 0; at < names.length; at += FILES_AT_ONCE) {
    const some = names.slice(at, at + FILES_AT_ONCE)
    const files = await from.selectFrom('media').selectAll().where('name', 'in', some).execute()
    await to.insertInto('media').values(files).execute()
  }
  return names.length
}

await runCommand({ usage: USAGE, actions: { to: moveTo } }, process.argv.slice(2))
