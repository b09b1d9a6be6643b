import { ownFiles } from '#domain/record/own-files.ts'
import { withPictures } from '#domain/record/pictures.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Database } from '../db/database.ts'
import { exportRecords } from '../feed/store.ts'
import { findMedia } from '../media/store.ts'
import { MEDIA_DIR } from '../paths.ts'
import { CommandError, UsageError } from './command-line.ts'
import { personPath } from './person-files.ts'
import { withDatabase } from './with-database.ts'

const MEDIA_FILE = /^\/media\/((?!.*\.\.)[\w./-]+)$/

/**
 * `content export DIR`: every published record as `<kind>/<id>.json`, and the pictures they show under `media/`, as
 * `readStarter` reads them. Only into a new or empty folder: files left from before would come back as records.
 */
export async function exportContent(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) throw new UsageError('请写出一个文件夹。')
  const dir = personPath(name)
  await requireEmpty(dir)
  await withDatabase(async (database) => {
    const records = (await exportRecords(database)).map(withoutVariants)
    for (const record of records) await writeRecord(dir, record)
    const files = new Set(records.flatMap(mediaOf))
    for (const file of files) await copyMedia(database, dir, file)
    console.log(`已写出 ${records.length} 条内容、${files.size} 个图片或附件：${dir}`)
  })
  return 0
}

async function requireEmpty(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true })
    if ((await readdir(dir)).length === 0) return
  } catch (error) {
    throw new CommandError(`文件夹 ${dir} 不能使用（${(error as Error).message}），请换一个。`)
  }
  throw new CommandError(`文件夹 ${dir} 里已有文件，请换一个空的或新的。`)
}

async function writeRecord(dir: string, record: ContentRecord): Promise<void> {
  await mkdir(join(dir, record.kind), { recursive: true })
  await writeFile(join(dir, record.kind, `${record.id}.json`), `${JSON.stringify(record, null, 2)}\n`)
}

/** Invented records show pictures that are in the database alone. */
async function copyMedia({ db }: Database, dir: string, file: string): Promise<void> {
  const to = join(dir, 'media', file)
  await mkdir(dirname(to), { recursive: true })
  const made = await findMedia(db, file)
  if (made !== undefined) return writeFile(to, made.bytes)
  await copyFile(join(MEDIA_DIR, file), to).catch((error: unknown) => {
    throw new CommandError(`内容引用的文件 ${file} 复制不了（${(error as Error).message}）；其余内容已写出。`)
  })
}

/** What is made from a picture at publishing time is made again where the record is read back. */
function withoutVariants(record: ContentRecord): ContentRecord {
  return withPictures(record, ({ variants, ...image }) => image)
}

/** Names of a record's files in the media folder. */
function mediaOf(record: ContentRecord): string[] {
  return ownFiles(record).flatMap(({ path }) => MEDIA_FILE.exec(path)?.[1] ?? [])
}
