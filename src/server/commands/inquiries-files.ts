import { parseArgs } from 'node:util'
import { showInquiry } from '../inquiries/desk.ts'
import { writeFiles } from '../inquiries/write-files.ts'
import { CommandError, UsageError } from './command-line.ts'
import { personPath } from './person-files.ts'
import { oneLine } from './plain-text.ts'
import { withInquiries } from './with-inquiries.ts'

const WORDS = {
  written: '',
  incomplete: '  还没有收齐，没有写出',
  lost: '  服务器上的文件缺失或损坏，没有写出',
} as const

/** `inquiries files ID --to DIR`: what was sent with an inquiry, as files. */
export async function files(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { to: { type: 'string' } }, allowPositionals: true })
  const [id, ...more] = positionals
  if (id === undefined || more.length > 0) throw new UsageError('请写出一个回执号。')
  if (values.to === undefined || values.to === '') throw new UsageError('请写明写到哪个文件夹：--to 文件夹。')
  const folder = personPath(values.to)
  const results = await withInquiries(async (stores) => {
    const { receiptNo, parts } = await showInquiry(stores.database, id)
    return writeFiles(stores, parts, receiptNo, folder).catch((error: unknown) => {
      throw isAboutFolder(error) ? new CommandError(`不能写进 ${folder}：${error.message}`) : error
    })
  })
  if (results.length === 0) console.log('这件请求没有附件，或已随内容删除。')
  for (const { outcome, name } of results) console.log(`${oneLine(name)}${WORDS[outcome]}`)
  return results.some(({ outcome }) => outcome !== 'written') ? 1 : 0
}

/** What an officer can put right by naming another folder. */
function isAboutFolder(error: unknown): error is Error {
  const codes = ['EACCES', 'EPERM', 'ENOTDIR', 'EEXIST', 'EROFS', 'ENOSPC']
  return error instanceof Error && codes.includes(String((error as NodeJS.ErrnoException).code))
}
