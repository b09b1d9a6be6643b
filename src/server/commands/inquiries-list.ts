import { parseArgs } from 'node:util'
import { exportInquiries, listInquiries } from '../inquiries/desk.ts'
import { COLUMNS, exportRow } from '../inquiries/export-row.ts'
import type { InquirySummary } from '../inquiries/summary.ts'
import { UsageError } from './command-line.ts'
import { csv } from './csv.ts'
import { table } from './table.ts'
import { withDatabase } from './with-database.ts'

/** `inquiries list`: newest first. */
export async function list(args: string[]): Promise<number> {
  parseArgs({ args })
  const inquiries = await withDatabase(listInquiries)
  const now = Date.now()
  console.log(
    inquiries.length === 0
      ? '还没有收到请求。'
      : table(
          HEADER,
          inquiries.map((inquiry) => row(inquiry, now)),
        ),
  )
  return 0
}

/** `inquiries export --csv`: everything, for a spreadsheet, on standard output. */
export async function exportAll(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { csv: { type: 'boolean', default: false } } })
  if (!values.csv) throw new UsageError('请写明格式：export --csv。')
  const rows = await withDatabase(exportInquiries)
  process.stdout.write(
    csv(
      COLUMNS,
      rows.map((cells) => COLUMNS.map((column) => cells[column])),
    ),
  )
  return 0
}

const HEADER = ['回执号', '收到时间', '应答复时间', '状态', '类型', '姓名', '企业名称', '附件', '关于']

function row(inquiry: InquirySummary, now: number): string[] {
  const cells = exportRow(inquiry)
  const late = inquiry.state === '已送达' && inquiry.replyDueAt < now
  return [
    cells.回执号,
    cells.收到时间,
    `${cells.应答复时间}${late ? ' 逾期' : ''}`,
    cells.状态,
    cells.类型,
    cells.姓名,
    cells.企业名称,
    cells.附件,
    cells.关于,
  ]
}
