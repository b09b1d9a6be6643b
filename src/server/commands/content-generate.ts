import { parseArgs } from 'node:util'
import type { Database } from '../db/database.ts'
import { withdrawRecords } from '../feed/review.ts'
import { dayOfChanges } from '../synthetic/day-of-changes.ts'
import { syntheticPictures } from '../synthetic/pictures.ts'
import { publishSynthetic } from '../synthetic/publish.ts'
import { countReal } from '../synthetic/real-content.ts'
import { syntheticRecords } from '../synthetic/records.ts'
import { CommandError, UsageError } from './command-line.ts'
import { withDatabase } from './with-database.ts'

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  updates: { type: 'string' },
  day: { type: 'string', default: '1' },
  'into-existing': { type: 'boolean', default: false },
} as const

interface Wanted {
  count: number
  seed: number
  /** Undefined for the first fill. */
  updates: number | undefined
  day: number
}

/** `content generate N`: invented records to try the portal with at its full size; never among real ones by accident. */
export async function generate(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  const [amount = '', ...more] = positionals
  if (more.length > 0) throw new UsageError('请只写一个数量。')
  const wanted = {
    count: wholeNumber(amount, '数量'),
    seed: wholeNumber(values.seed, '--seed'),
    updates: values.updates === undefined ? undefined : wholeNumber(values.updates, '--updates'),
    day: wholeNumber(values.day, '--day'),
  }
  await withDatabase(async (database) => {
    const real = await countReal(database)
    if (real > 0 && !values['into-existing'])
      throw new CommandError(
        `这个数据库里有 ${real} 条不是示例的内容，没有写入。请用 DATA_DIR 另指一个空文件夹并以 CONTENT=none 启动；确实要混在一起，请加 --into-existing。`,
      )
    console.log(await fill(database, wanted))
  })
  return 0
}

async function fill(database: Database, { count, seed, updates, day }: Wanted): Promise<string> {
  const pictures = await syntheticPictures(database, Date.now())
  const start = performance.now()
  const changes = updates === undefined ? undefined : dayOfChanges({ seed, pictures, count, changes: updates, day })
  const records = changes?.put ?? syntheticRecords({ seed, pictures }, count)
  const { added, updated, unchanged } = await publishSynthetic(database, records, Date.now())
  const gone = changes === undefined ? [] : await withdrawRecords(database, changes.withdraw, Date.now())
  const withdrawn = gone.filter(({ outcome }) => outcome === 'withdrawn').length
  const seconds = (performance.now() - start) / 1000
  const total = added + updated + unchanged + withdrawn
  return [
    `示例内容（虚构）：新增 ${added} 条，更新 ${updated} 条，撤下 ${withdrawn} 条，未变 ${unchanged} 条。`,
    `用时 ${seconds.toFixed(1)} 秒，每秒 ${Math.round(total / seconds)} 条。`,
  ].join('')
}

function wholeNumber(text: string, name: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`${name}要写成 1 到 9999999 的整数。`)
  return Number(text)
}
