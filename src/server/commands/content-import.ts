import { importPage } from '#ingest/page.ts'
import type { PageImport } from '#ingest/result.ts'
import { IsoDate, WebAddress } from '#domain/text.ts'
import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import type { Database } from '../db/database.ts'
import { storePage } from '../feed/store.ts'
import type { StoreOutcome } from '../feed/take-in.ts'
import { UsageError } from './command-line.ts'
import { describeDryRun, describeStored } from './content-report.ts'
import { personPath, unreadable } from './person-files.ts'
import { jsonText, oneLine } from './plain-text.ts'
import { shanghaiDate } from '../shanghai-time.ts'
import { withDatabase } from './with-database.ts'

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  source: { type: 'string' },
  url: { type: 'string' },
  retrieved: { type: 'string' },
} as const
interface Origin {
  source?: string | undefined
  url?: string | undefined
  retrieved?: string | undefined
}

/** `content import FILE…`: each file stands for itself, so that one refused page keeps none of the others out. */
export async function importPages(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  if (positionals.length === 0) throw new UsageError('请写出要导入的文件。')
  checkOrigin(values)
  const pages = await Promise.all(positionals.map(async (name) => ({ name, page: await readPage(name, values) })))
  for (const { name, page } of pages)
    if (page.refused !== null) console.error(oneLine(`${name}：未导入。${page.refused.message}`))

  if (values['dry-run']) {
    if (values.json) printJson(pages.map(({ page }) => page))
    else for (const { name, page } of pages) if (page.refused === null) console.log(describeDryRun(name, page))
  } else {
    const taken = pages.filter(({ page }) => page.refused === null)
    const stored = taken.length === 0 ? [] : await withDatabase((database) => storeAll(database, taken))
    if (values.json) printJson(stored.map(({ outcome }) => outcome))
    else for (const { name, page, outcome } of stored) console.log(describeStored(name, page, outcome))
  }
  return pages.some(({ page }) => page.refused !== null) ? 1 : 0
}

async function storeAll(database: Database, pages: readonly { name: string; page: PageImport }[]) {
  const stored: { name: string; page: PageImport; outcome: StoreOutcome }[] = []
  for (const { name, page } of pages) stored.push({ name, page, outcome: await storePage(database, page, Date.now()) })
  return stored
}

function checkOrigin({ url, retrieved }: Origin): void {
  if (url !== undefined && !v.safeParse(WebAddress, url).success)
    throw new UsageError(`--url“${url}”不是以 http:// 或 https:// 开头的完整网址。`)
  if (retrieved !== undefined && !v.safeParse(IsoDate, retrieved).success)
    throw new UsageError(`--retrieved“${retrieved}”不是 2025-07-28 这样的日期。`)
}

/** The day a page was fetched is, unless told, the day its file was saved: importing it again tomorrow says the same. */
async function readPage(name: string, { source, url, retrieved }: Origin): Promise<PageImport> {
  try {
    const file = personPath(name)
    const [bytes, { mtimeMs }] = await Promise.all([readFile(file), stat(file)])
    return importPage(bytes, {
      sourceName: source ?? (url === undefined ? '公开网页' : new URL(url).host),
      retrievedAt: retrieved ?? shanghaiDate(mtimeMs),
      ...(url === undefined ? {} : { url }),
    })
  } catch (error) {
    const why = unreadable(error)
    if (why === undefined) throw error
    const refused = { code: 'file.unreadable', message: why }
    return { article: null, projects: [], policies: [], parks: [], review: [], remarks: [], refused }
  }
}

/** One file gives its own object, so that a program can read it without knowing of lists. */
function printJson(results: readonly unknown[]): void {
  console.log(jsonText(results.length === 1 ? results[0] : results))
}
