import { parseArgs } from 'node:util'
import { listReview, publishRecords, withdrawRecords } from '../feed/review.ts'
import { UsageError } from './command-line.ts'
import { reasonLines, recordLine } from './content-report.ts'
import { jsonText } from './plain-text.ts'
import { withDatabase } from './with-database.ts'

const OUTCOMES = {
  published: '已发布',
  alreadyPublished: '本来就已发布',
  withdrawn: '已撤下',
  alreadyWithdrawn: '本来就已撤下',
  unknown: '没有这个编号',
} as const

const UPDATES = '新版待审（已发布的版本不变；publish 换成新版，withdraw 连同已发布的一起撤下）'

/** `content review`: what waits and why, then what is published with remarks. */
export async function review(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
  const entries = await withDatabase(listReview)
  const section = (title: string, of: (typeof entries)[number]['status']) => {
    const some = entries.filter(({ status }) => status === of)
    return [
      `${title} ${some.length} 条`,
      ...some.flatMap(({ record, reasons }) => [`  ${recordLine(record)}`, ...reasonLines(reasons)]),
    ]
  }
  if (values.json) {
    console.log(jsonText(entries))
    return 0
  }
  console.log(
    [...section('待审', 'review'), ...section(UPDATES, 'update'), ...section('已发布、请留意', 'published')].join('\n'),
  )
  return 0
}

/** `content publish ID…` */
export async function publish(args: string[]): Promise<number> {
  const ids = idsIn(args)
  return tell(await withDatabase((database) => publishRecords(database, ids, Date.now())))
}

/** `content withdraw ID…` */
export async function withdraw(args: string[]): Promise<number> {
  const ids = idsIn(args)
  return tell(await withDatabase((database) => withdrawRecords(database, ids, Date.now())))
}

function idsIn(args: string[]): string[] {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  if (positionals.length === 0) throw new UsageError('请写出内容的编号；编号见 npm run content -- review。')
  return positionals
}

/** Says what became of each id; a wrong one is an error, though the others are done. */
function tell(decisions: readonly { id: string; outcome: keyof typeof OUTCOMES }[]): number {
  for (const { id, outcome } of decisions)
    (outcome === 'unknown' ? console.error : console.log)(`${id}  ${OUTCOMES[outcome]}`)
  return decisions.some(({ outcome }) => outcome === 'unknown') ? 1 : 0
}
