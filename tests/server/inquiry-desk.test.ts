import { expect, it } from 'vitest'
import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { Database } from '#server/db/database.ts'
import { exportInquiries, listInquiries, setInquiryState, showInquiry } from '#server/inquiries/desk.ts'
import { EndedInquiryError, UnknownInquiryError, WithdrawnInquiryError } from '#server/inquiries/desk-errors.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze } from '../support/letter.ts'
import { anApp } from './an-app.ts'
import { NOW } from './samples.ts'

const SETTLEMENT = {
  type: 'settlement',
  company: { name: '某某汽车零部件有限公司', uscc: '91350200MA2YJ1XR9G', stage: '已注册' },
  industry: { section: 'C', division: '36' },
  track: '厂房租赁',
  space: { type: 'factory', areaMin: 2000, areaMax: 3000, areaUnit: '㎡', floorLoad: 2, fireClass: '丙' },
  investment: { amount: 5000, currency: 'CNY' },
  startWindow: '半年内',
  contact: { name: 'María O’Neil', phone: '+86 138-0013-8000' },
  message: '=HYPERLINK("x")',
}

async function deliver(database: Database, fields: Record<string, unknown> = {}, at = NOW) {
  const letter = freeze(fields)
  const put = { method: 'PUT', headers: letter.headers, body: letter.bytes }
  const response = await anApp(database, { now: () => at }).ask(`/api/inquiries/${letter.submissionId}`, put)
  return { letter, receipt: (await response.json()) as Receipt }
}

onEachDatabase("the officer's desk", (store) => {
  it('lists inquiries newest first, with what was written and without the key only the sender holds', async () => {
    const database = await store.open()
    const first = await deliver(database)
    const second = await deliver(database, SETTLEMENT, NOW + 1)
    const list = await listInquiries(database)
    expect(list.map(({ receiptNo }) => receiptNo)).toEqual([second.receipt.receiptNo, first.receipt.receiptNo])
    expect(list[1]).toMatchObject({ type: 'contact', state: '已送达', receivedAt: NOW, letter: { name: '王芳' } })
    expect(JSON.stringify(list)).not.toContain(first.letter.trackingKey)
  })

  it('shows what it cannot read as the text it is, without the key, and everything beside it', async () => {
    const database = await store.open()
    const whole = await deliver(database)
    const later = await deliver(database, {}, NOW + 1)
    const broken = await deliver(database, {}, NOW + 2)
    const { letter } = later
    const write = (id: string, text: string) =>
      database.db
        .updateTable('inquiry')
        .set({ body: Buffer.from(text) })
        .where('submission_id', '=', id)
        .execute()
    const text = new TextDecoder().decode(letter.bytes)
    await write(letter.submissionId, text.replace('"schemaVersion":1', '"schemaVersion":2'))
    await write(broken.letter.submissionId, new TextDecoder().decode(broken.letter.bytes).slice(0, -20))
    const list = await listInquiries(database)
    expect(list.map((one) => one.letter?.type)).toEqual([undefined, undefined, 'contact'])
    expect(JSON.stringify(list)).not.toContain(letter.trackingKey)
    expect(JSON.stringify(list)).not.toContain(broken.letter.trackingKey)
    const cells = await exportInquiries(database)
    expect(cells[2]).toMatchObject({ 回执号: whole.receipt.receiptNo, 姓名: '王芳' })
    for (const each of cells.slice(0, 2)) expect(each.留言).toMatch(/无法读取.*王芳.*13800138000/)
    expect((await showInquiry(database, letter.submissionId)).unreadable).toContain('王芳')
  })

  it('finds an inquiry by its id, and by its number as people say it', async () => {
    const database = await store.open()
    const { letter, receipt } = await deliver(database)
    const spoken = receipt.receiptNo.replace('LD-', '').replace('-', ' ').toLowerCase()
    for (const said of [letter.submissionId.toUpperCase(), receipt.receiptNo, spoken]) {
      expect((await showInquiry(database, said)).submissionId).toBe(letter.submissionId)
    }
    await expect(showInquiry(database, 'LD-2222-2222')).rejects.toThrow(UnknownInquiryError)
  })

  it('moves an inquiry on once per state, with the time of each', async () => {
    const database = await store.open()
    const { receipt } = await deliver(database)
    await setInquiryState(database, receipt.receiptNo, '已受理', NOW + 1)
    await setInquiryState(database, receipt.receiptNo, '已受理', NOW + 2)
    await setInquiryState(database, receipt.receiptNo, '结束', NOW + 3)
    const { timeline } = await showInquiry(database, receipt.receiptNo)
    expect(timeline.map(({ state, at }) => [state, Date.parse(at) - NOW])).toEqual([
      ['已送达', 0],
      ['已受理', 1],
      ['结束', 3],
    ])
    await expect(setInquiryState(database, receipt.receiptNo, '洽谈', NOW)).rejects.toThrow(EndedInquiryError)
  })

  it('leaves a withdrawn inquiry alone, and shows nothing of what was in it', async () => {
    const database = await store.open()
    const { letter, receipt } = await deliver(database)
    const headers = { Authorization: `Bearer ${letter.trackingKey}` }
    await anApp(database).ask(`/api/inquiries/${letter.submissionId}`, { method: 'DELETE', headers })
    await expect(setInquiryState(database, receipt.receiptNo, '已受理', NOW)).rejects.toThrow(WithdrawnInquiryError)
    expect(await showInquiry(database, receipt.receiptNo)).toMatchObject({ state: '已撤回', letter: undefined })
    expect((await exportInquiries(database))[0]).toMatchObject({ 状态: '已撤回', 姓名: '', 电话: '' })
  })

  it('keeps every step of two officers at work on the same inquiry', async () => {
    const [one, two] = [await store.open(), await store.open()]
    const { receipt } = await deliver(one)
    await Promise.all([
      setInquiryState(one, receipt.receiptNo, '已受理', NOW),
      setInquiryState(two, receipt.receiptNo, '已联系', NOW),
    ])
    const { timeline } = await showInquiry(one, receipt.receiptNo)
    expect(timeline.map(({ state }) => state).sort()).toEqual(['已受理', '已联系', '已送达'].sort())
  })

  it('spreads both forms over the columns of a spreadsheet', async () => {
    const database = await store.open()
    await deliver(database, SETTLEMENT)
    expect((await exportInquiries(database))[0]).toMatchObject({
      类型: '企业入驻',
      收到时间: '2026-11-20 10:00',
      应答复时间: '2026-11-23 18:00',
      姓名: 'María O’Neil',
      电话: '13800138000',
      所属行业: '汽车制造业',
      需求空间: '厂房，2000–3000 ㎡，承重 2 t/㎡，火灾危险性 丙类',
      投资额: '5000 万CNY',
      同意事项: '答复咨询',
    })
  })
})
