import { findNotice } from '#domain/inquiry/notice.ts'
import { recordPath } from '#domain/record/kind.ts'
import { isUsccCheckCorrect } from '#domain/uscc.ts'
import { parseArgs } from 'node:util'
import { eraseInquiry, setInquiryState, showInquiry } from '../inquiries/desk.ts'
import { exportRow } from '../inquiries/export-row.ts'
import type { AnnouncedFile, InquirySummary, Letter } from '../inquiries/summary.ts'
import { UsageError } from './command-line.ts'
import { parseState, STATE_WORDS } from './inquiry-words.ts'
import { shanghaiTime } from '../shanghai-time.ts'
import { oneLine } from './plain-text.ts'
import { facts } from './table.ts'
import { withDatabase } from './with-database.ts'
import { withInquiries } from './with-inquiries.ts'

const ERASED = { withdrawn: '内容已应本人要求撤回并删除。', expired: '内容在办结满两年后已按告知书删除。' } as const

/** `inquiries show ID`: everything needed to answer. */
export async function show(args: string[]): Promise<number> {
  const [id, ...more] = parseArgs({ args, allowPositionals: true }).positionals
  if (id === undefined || more.length > 0) throw new UsageError('请写出一个回执号。')
  const inquiry = await withDatabase((database) => showInquiry(database, id))
  const lines = [
    facts(Object.entries(exportRow(inquiry))),
    inquiry.letter === undefined ? noLetter(inquiry) : facts(checks(inquiry.letter)),
    files(inquiry.parts),
    `进展（上海时间）\n${inquiry.timeline.map(({ state, at }) => `  ${shanghaiTime(at)}  ${state}`).join('\n')}`,
  ]
  console.log(lines.filter((text) => text !== '').join('\n\n'))
  return 0
}

function noLetter({ unreadable, state }: InquirySummary): string {
  if (unreadable !== undefined) return '内容由另一版本保存或已损坏，当前版本无法读取；原文见上面的“留言”。'
  return ERASED[state === '已撤回' ? 'withdrawn' : 'expired']
}

/** `inquiries status ID STATE`: the sender's phone shows it at its next contact. */
export async function status(args: string[]): Promise<number> {
  const [id, word, ...more] = parseArgs({ args, allowPositionals: true }).positionals
  if (id === undefined || word === undefined || more.length > 0) throw new UsageError('请写出回执号和状态。')
  const state = parseState(word)
  if (state === undefined) throw new UsageError(`没有“${word}”这个状态；可用：${STATE_WORDS}。`)
  const { receiptNo, state: present } = await withDatabase((database) =>
    setInquiryState(database, id, state, Date.now()),
  )
  console.log(`${receiptNo}  ${present}`)
  return 0
}

/** `inquiries erase ID`: what its sender asks for by telephone, having lost the phone or its data. */
export async function erase(args: string[]): Promise<number> {
  const [id, ...more] = parseArgs({ args, allowPositionals: true }).positionals
  if (id === undefined || more.length > 0) throw new UsageError('请写出一个回执号。')
  const { receiptNo, state } = await withInquiries((stores) => eraseInquiry(stores, id, Date.now()))
  console.log(`${receiptNo}  ${state}，内容已删除`)
  return 0
}

/** Which files there are, and what is still on its way from the phone. */
function files(parts: readonly AnnouncedFile[]): string {
  if (parts.length === 0) return ''
  const complete = parts.filter((part) => part.complete_at !== null).length
  const lines = parts.map(({ name, bytes, received, complete_at: at }) => {
    const come = at === null ? `未收齐，${Math.floor((received / bytes) * 100)}%` : '已收到'
    return `  ${oneLine(name)}（${kilobytes(bytes)} kB，${come}）`
  })
  return `附件 ${complete}/${parts.length}\n${lines.join('\n')}`
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000)
}

/** What must be looked at before answering: which notice was agreed to, and a code whose check character does not fit. */
function checks({ consent, subject, ...letter }: Letter): [name: string, value: string | undefined][] {
  const isOurs = findNotice(consent) !== undefined
  const uscc = letter.type === 'settlement' ? letter.company.uscc : undefined
  return [
    ['关于的页面', subject === undefined ? undefined : recordPath(subject)],
    ['同意时间', shanghaiTime(consent.givenAt)],
    ['告知书', `${consent.noticeVersion}${isOurs ? '（本站发布）' : '（不是本站发布的文本，请重新征得同意）'}`],
    ['请核对', uscc !== undefined && !isUsccCheckCorrect(uscc) ? `统一社会信用代码 ${uscc} 的校验位不符` : undefined],
  ]
}
