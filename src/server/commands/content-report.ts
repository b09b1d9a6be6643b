import type { RecordKind } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { Doubt, PageImport } from '#ingest/result.ts'
import type { StoreOutcome } from '../feed/take-in.ts'
import { oneLine } from './plain-text.ts'

/** What officers call the kinds. */
const KIND_NAMES: Readonly<Record<RecordKind, string>> = {
  article: '资讯',
  project: '招商项目',
  policy: '优惠政策',
  park: '产业园区',
  listing: '房源地块',
  guide: '投资流程',
}

/** What an import would do with one page. */
export function describeDryRun(name: string, page: PageImport): string {
  const ready = readyRecords(page)
  return [
    `${oneLine(name)}：试导入，未写入。可发布 ${ready.length} 条，待审 ${page.review.length} 条`,
    ...ready.map((record) => `  可发布  ${recordLine(record)}`),
    ...notes(page),
  ].join('\n')
}

/** What an import did with one page. Unchanged records are only counted: they were told of when they came. */
export function describeStored(name: string, page: PageImport, outcome: StoreOutcome): string {
  const { added, updated, unchanged, held } = outcome
  const changed = new Set([...added, ...updated])
  const byId = new Map(readyRecords(page).map((record) => [record.id, record]))
  const lines = (word: string, ids: readonly string[]) =>
    ids.flatMap((id) => byId.get(id) ?? []).map((record) => `  ${word}  ${recordLine(record)}`)
  return [
    `${oneLine(name)}：新增 ${added.length} 条，更新 ${updated.length} 条，未变 ${unchanged.length} 条，待审 ${held.length} 条`,
    ...lines('新增', added),
    ...lines('更新', updated),
    ...notes({
      review: page.review.filter(({ record }) => held.includes(record.id)),
      remarks: page.remarks.filter(({ id }) => changed.has(id)),
    }),
    ...(held.length === 0 ? [] : ['  待审的内容核对后用 npm run content -- publish 编号 发布，或用 withdraw 撤下']),
  ].join('\n')
}

/** A record in a line: its id, kind and title. */
export function recordLine(record: ContentRecord): string {
  return `${record.id}  ${KIND_NAMES[record.kind]}《${oneLine(record.title)}》`
}

/** The reasons for looking at a record, one a line. */
export function reasonLines(reasons: readonly Doubt[]): string[] {
  return reasons.map((reason) => `      原因：${oneLine(reason.message)}`)
}

function readyRecords(page: PageImport): ContentRecord[] {
  return [page.article, ...page.projects, ...page.policies, ...page.parks].filter((record) => record !== null)
}

function notes({ review, remarks }: Pick<PageImport, 'review' | 'remarks'>): string[] {
  return [
    ...review.flatMap(({ record, reasons }) => [`  待审    ${recordLine(record)}`, ...reasonLines(reasons)]),
    ...remarks.flatMap(({ id, reasons }) => [`  留意    ${id}`, ...reasonLines(reasons)]),
  ]
}
