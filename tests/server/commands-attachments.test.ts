import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { type Attachment, attachment, piece } from '../support/attachment.ts'
import { type FrozenInquiry, freeze, put } from '../support/letter.ts'
import { ensureServerBundle, type RunningServer, runProgram, startServer, temporaryFolder } from '../support/server.ts'

let server: RunningServer
beforeAll(async () => {
  await ensureServerBundle()
  server = await startServer({ env: { CONTENT: 'none' } })
})
afterAll(() => server.kill())

const inquiries = (...args: string[]) => runProgram('inquiries', args, { DATA_DIR: server.dataDir })

async function send(...files: Attachment[]): Promise<{ letter: FrozenInquiry; receiptNo: string }> {
  const letter = freeze({ parts: files.map(({ part }) => part) })
  const { receiptNo } = v.parse(ReceiptSchema, await (await put(server.url, letter)).json())
  return { letter, receiptNo }
}

async function sendFile(letter: FrozenInquiry, file: Attachment, to?: number): Promise<void> {
  const { path, init } = piece(letter, file, 0, to)
  expect((await fetch(server.url + path, init)).status).toBe(200)
}

describe('files of an inquiry, for an officer', () => {
  it('are counted in the list, the table and on show, and written out under safe names', async () => {
    const files = [
      attachment(1000, { name: '../../../etc/passwd.exe' }),
      attachment(1000, { name: '..', type: 'image/png' }),
      attachment(1000, { name: '还没到.pdf' }),
    ] as const
    const { letter, receiptNo } = await send(...files)
    await sendFile(letter, files[0])
    await sendFile(letter, files[1])
    await sendFile(letter, files[2], 100)
    const shown = (await inquiries('show', receiptNo)).stdout
    expect(shown).toContain('附件 2/3')
    expect(shown).toContain('还没到.pdf（1 kB，未收齐，10%）')
    expect((await inquiries('list')).stdout).toContain('2/3 个')
    expect((await inquiries('export', '--csv')).stdout).toContain(',2/3 个,')

    const folder = join(temporaryFolder(), 'out')
    const { code, stdout } = await inquiries('files', receiptNo, '--to', folder)
    expect(code).toBe(1)
    expect(stdout).toContain('还没到.pdf  还没有收齐')
    const names = [`${receiptNo}-1-_etc_passwd.pdf`, `${receiptNo}-2-_.png`] as const
    expect(readdirSync(folder).sort()).toEqual(names)
    const first = join(folder, names[0])
    expect(readFileSync(first).equals(Buffer.from(files[0].bytes))).toBe(true)
    expect(statSync(first).mode & 0o777).toBe(0o600)
    writeFileSync(first, 'mine')
    await inquiries('files', receiptNo, '--to', folder)
    expect(readFileSync(first, 'utf8')).toBe('mine')
    expect(readdirSync(folder)).toHaveLength(4)
  })

  it('are gone from the folder of the server once the inquiry is erased', async () => {
    const file = attachment(1000)
    const { letter, receiptNo } = await send(file)
    await sendFile(letter, file)
    const folder = join(server.dataDir, 'attachments')
    expect(readdirSync(folder)).toContain(letter.submissionId)
    expect((await inquiries('erase', receiptNo)).code).toBe(0)
    expect(readdirSync(folder)).not.toContain(letter.submissionId)
    expect((await inquiries('files', receiptNo, '--to', temporaryFolder())).stdout).toContain('没有附件')
  })
})

describe('what a phone exported', () => {
  const exported = (letter: FrozenInquiry, ...files: Attachment[]) => ({
    type: 'contact',
    createdAt: '2026-11-20T02:00:00.000Z',
    state: 'unsent',
    attempts: 3,
    contentDigest: letter.headers['Content-Digest'],
    body: new TextDecoder().decode(letter.bytes),
    attachments: files.map(({ bytes, part: { sha256, name, type } }) => {
      return { sha256, name, type, base64: Buffer.from(bytes).toString('base64') }
    }),
  })
  const write = (requests: Readonly<Record<string, unknown>>, unreadable: unknown[] = []): string => {
    const file = join(temporaryFolder(), '未发送.json')
    writeFileSync(file, JSON.stringify({ app: 'luodi', exportedAt: '2026-11-20T02:00:00.000Z', requests, unreadable }))
    return file
  }

  it('is stored under its own id with its files, and counts once with what the phone sends itself', async () => {
    const file = attachment(600 * 1024)
    const letter = freeze({ parts: [file.part] })
    const sent = await send(file)
    await sendFile(sent.letter, file, 1000)
    const path = write({
      [letter.submissionId]: exported(letter, file),
      [sent.letter.submissionId]: exported(sent.letter, file),
    })
    const { code, stdout } = await inquiries('import', path)
    expect(code).toBe(0)
    expect(stdout).toContain(`${sent.letter.submissionId} 早已收到，回执号 ${sent.receiptNo}`)
    const [, receiptNo = ''] = new RegExp(`${letter.submissionId} 已收下，回执号 (LD-\\S+)`).exec(stdout) ?? []
    const fromPhone = await put(server.url, letter)
    expect([fromPhone.status, await fromPhone.json()]).toEqual([200, expect.objectContaining({ receiptNo })])
    for (const one of [receiptNo, sent.receiptNo]) expect((await inquiries('show', one)).stdout).toContain('附件 1/1')
  })

  it('is taken one by one: what cannot be taken is named with why, and the rest is stored', async () => {
    const [good, changed, invalid, withdrawn, lacking] = [
      freeze(),
      freeze(),
      freeze({ name: '' }),
      freeze(),
      freeze({ parts: [attachment(10).part] }),
    ]
    const path = write(
      {
        [changed.submissionId]: { ...exported(changed), body: exported(changed).body.replace('王芳', '王方') },
        [invalid.submissionId]: exported(invalid),
        [withdrawn.submissionId]: { ...exported(withdrawn), state: 'withdrawing' },
        mine: exported(freeze()),
        [lacking.submissionId]: exported(lacking),
        [freeze().submissionId]: 'nothing',
        [good.submissionId]: exported(good),
      },
      ['a row'],
    )
    const none = join(temporaryFolder(), 'none.json')
    writeFileSync(none, '{}')
    const { code, stdout, stderr } = await inquiries('import', none, 'not-there.json', path)
    expect(code).toBe(1)
    expect(stdout).toContain(`${good.submissionId} 已收下`)
    expect(stdout).toContain(`${lacking.submissionId} 已收下`)
    expect(stderr).toContain(`${changed.submissionId} 不能收下：内容与校验值不符`)
    expect(stderr).toContain('请填写姓名')
    expect(stderr).toContain(`${withdrawn.submissionId} 不能收下：本人已在手机上撤回`)
    expect(stderr).toContain('mine 不能收下')
    expect(stderr).toContain('附件没有收齐：营业执照.pdf：文件里没有它')
    expect(stderr).toContain('没有这个文件')
    expect(stderr).toContain('有 1 件连手机也读不出')
    expect((await put(server.url, changed)).status).toBe(201)
  })
})
