import { InquiryStatusSchema, type InquiryStatus } from '#domain/inquiry/status.ts'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FrozenInquiry, freeze, put } from '../support/letter.ts'
import { type Ended, ensureServerBundle, type RunningServer, runProgram, startServer } from '../support/server.ts'

let server: RunningServer
const SETTLEMENT = {
  type: 'settlement',
  company: { name: '=HYPERLINK("http://x")', uscc: '91350203M0001QAY9B', stage: '已注册' },
  industry: { section: 'C', division: '36' },
  space: { type: 'factory', areaMin: 2000, areaMax: 5000, areaUnit: '㎡', floorLoad: 2 },
  investment: { amount: 3000, currency: 'CNY' },
  contact: { name: 'Müller, "Jo"', email: 'jo@example.com' },
  message: '第一行\n第二行',
  subject: { kind: 'park', id: 'park-demo', title: '示例园区' },
}

beforeAll(async () => {
  await ensureServerBundle()
  server = await startServer({ env: { CONTENT: 'none' } })
})
afterAll(() => server.kill())

const inquiries = (...args: string[]): Promise<Ended> => runProgram('inquiries', args, { DATA_DIR: server.dataDir })

async function send(
  fields: Readonly<Record<string, unknown>> = {},
): Promise<{ inquiry: FrozenInquiry; receiptNo: string }> {
  const inquiry = freeze(fields)
  const { receiptNo } = v.parse(ReceiptSchema, await (await put(server.url, inquiry)).json())
  return { inquiry, receiptNo }
}

async function seenOnPhone({ submissionId, trackingKey }: FrozenInquiry): Promise<InquiryStatus> {
  const headers = { Authorization: `Bearer ${trackingKey}` }
  return v.parse(
    InquiryStatusSchema,
    await (await fetch(`${server.url}/api/inquiries/${submissionId}`, { headers })).json(),
  )
}

describe('while the server runs', () => {
  it('lists what came in, lined up under its titles', async () => {
    const { receiptNo } = await send()
    const { code, stdout } = await inquiries('list')
    expect(code).toBe(0)
    const [header = '', ...rows] = stdout.trimEnd().split('\n')
    const row = rows.find((line) => line.includes(receiptNo)) ?? ''
    expect(row).toMatch(/王芳/)
    // A Chinese character takes two columns: 回执号 is as wide as six letters.
    const columns = (text: string) => [...text].reduce((sum, char) => sum + (/[一-鿿]/.test(char) ? 2 : 1), 0)
    expect(columns(header.slice(0, header.indexOf('收到时间')))).toBe(
      columns(row.slice(0, row.search(/\d{4}-\d\d-\d\d/))),
    )
  })

  it('shows everything an officer needs to answer', async () => {
    const { receiptNo } = await send(SETTLEMENT)
    const { code, stdout } = await inquiries('show', receiptNo.toLowerCase())
    expect(code).toBe(0)
    for (const text of [
      'jo@example.com',
      '2000–5000 ㎡',
      '3000 万',
      '/parks/park-demo',
      '第二行',
      '答复咨询',
      '本站发布',
      '应答复时间',
    ]) {
      expect(stdout).toContain(text)
    }
    expect(stdout).toContain('91350203M0001QAY9B 的校验位不符')
    expect(stdout).toMatch(/进展（上海时间）\n {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}已送达/)
  })

  it('warns when somebody agreed to a notice that is none of ours', async () => {
    const consent = {
      noticeVersion: '1999-01',
      noticeSha256: '0'.repeat(64),
      purposes: ['答复咨询'],
      givenAt: '2026-11-20T02:00:00Z',
    }
    const { receiptNo } = await send({ consent })
    expect((await inquiries('show', receiptNo)).stdout).toContain('不是本站发布的文本')
  })

  it('moves an inquiry on, in Chinese or by the English word, and the phone sees it', async () => {
    const { inquiry, receiptNo } = await send()
    expect(await inquiries('status', receiptNo, 'accepted')).toMatchObject({
      code: 0,
      stdout: `${receiptNo}  已受理\n`,
    })
    expect((await inquiries('status', inquiry.submissionId, '考察')).code).toBe(0)
    const status = await seenOnPhone(inquiry)
    expect(status.timeline.map(({ state }) => state)).toEqual(['已送达', '已受理', '考察'])
  })

  it('erases what was written when its sender asks for that', async () => {
    const { inquiry, receiptNo } = await send()
    expect(await inquiries('erase', receiptNo)).toMatchObject({ code: 0, stdout: `${receiptNo}  已撤回，内容已删除\n` })
    expect((await inquiries('show', receiptNo)).stdout).not.toContain('王芳')
    expect((await seenOnPhone(inquiry)).state).toBe('已撤回')
  })

  it('says in one line what cannot be done', async () => {
    const { receiptNo } = await send()
    await inquiries('status', receiptNo, 'closed')
    const ended = await inquiries('status', receiptNo, 'accepted')
    expect([ended.code, ended.stderr.trimEnd().split('\n').length]).toEqual([1, 1])
    const unknown = await inquiries('show', 'LD-2222-2222')
    expect([unknown.code, unknown.stderr.trimEnd().split('\n').length]).toEqual([1, 1])
  })
})

it('exports a table that Excel reads and that runs no formula', async () => {
  await send(SETTLEMENT)
  const { code, stdout } = await inquiries('export', '--csv')
  expect(code).toBe(0)
  expect(stdout.startsWith('\uFEFF回执号,')).toBe(true)
  expect(stdout.endsWith('\r\n')).toBe(true)
  expect(stdout).toContain(`"'=HYPERLINK(""http://x"")"`)
  expect(stdout).toContain('"Müller, ""Jo"""')
  expect(stdout).toContain('"第一行\n第二行"')
})

it('answers a wrongly written command with its usage and exit code 2', async () => {
  for (const args of [
    [],
    ['lost'],
    ['toString'],
    ['show'],
    ['show', 'a', 'b'],
    ['status', 'LD-2222-2222', 'soon'],
    ['export'],
    ['list', '--all'],
  ]) {
    const { code, stderr } = await inquiries(...args)
    expect([args, code, stderr.includes('用法：')]).toEqual([args, 2, true])
  }
  expect(await inquiries('help')).toMatchObject({ code: 0, stderr: '' })
})
