import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { InquiryStores } from '../inquiries/stores.ts'
import { takeUnsent } from '../inquiries/take-unsent.ts'
import { parseUnsentFile } from '../inquiries/unsent-file.ts'
import { UsageError } from './command-line.ts'
import { personPath, unreadable } from './person-files.ts'
import { oneLine } from './plain-text.ts'
import { withInquiries } from './with-inquiries.ts'

/** A phone's requests with all their files; a text of JavaScript holds no more than twice that. */
const MAX_BYTES = 256 * 1024 * 1024

/** `inquiries import FILE…`: each request stands for itself, so that a bad one keeps none of the others out. */
export async function importUnsent(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  if (positionals.length === 0) throw new UsageError('请写出要收下的文件。')
  return withInquiries(async (stores) => {
    let allTaken = true
    for (const name of positionals) allTaken = (await importFile(stores, name)) && allTaken
    return allTaken ? 0 : 1
  })
}

/** @returns whether all of it was taken */
async function importFile(stores: InquiryStores, name: string): Promise<boolean> {
  const bytes = await readUnsent(name)
  const file = typeof bytes === 'string' ? undefined : parseUnsentFile(bytes)
  if (file === undefined) {
    console.error(oneLine(`${name}：${typeof bytes === 'string' ? bytes : '不是手机“导出未发送”写出的文件。'}`))
    return false
  }
  let allTaken = file.unreadable.length === 0
  if (!allTaken) console.error(oneLine(`${name}：有 ${file.unreadable.length} 件连手机也读不出，不能收下。`))
  if (Object.keys(file.requests).length === 0) console.log(oneLine(`${name}：里面没有请求。`))
  for (const [id, request] of Object.entries(file.requests))
    allTaken = (await importOne(stores, id, request)) && allTaken
  return allTaken
}

async function importOne(stores: InquiryStores, id: string, request: unknown): Promise<boolean> {
  const taken = await takeUnsent(stores, id, request, Date.now())
  if (taken.outcome === 'refused') {
    console.error(oneLine(`${id}  不能收下：${taken.why}`))
    return false
  }
  console.log(oneLine(`${id}  ${taken.outcome === 'stored' ? '已收下' : '早已收到'}，回执号 ${taken.receiptNo}`))
  for (const file of taken.files) console.error(oneLine(`${id}  附件没有收齐：${file}`))
  return taken.files.length === 0
}

/** @returns the file, or why it cannot be read */
async function readUnsent(name: string): Promise<Uint8Array | string> {
  try {
    const path = personPath(name)
    const { size } = await stat(path)
    return size > MAX_BYTES ? '文件超过 256 MB，不能收下。' : await readFile(path)
  } catch (error) {
    const why = unreadable(error)
    if (why === undefined) throw error
    return why
  }
}
