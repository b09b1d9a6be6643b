import { expect, it } from 'vitest'
import { InquirySchema } from '#domain/inquiry/inquiry.ts'
import { CURRENT_NOTICE, noticeSha256 } from '#domain/inquiry/notice.ts'
import * as v from 'valibot'
import type { Database } from '#server/db/database.ts'
import { withdraw } from '#server/inquiries/timeline.ts'
import { storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { aSite } from './a-site.ts'
import { article, NOW, page } from './samples.ts'
import type { Ask } from './feed-reader.ts'

const HERE = { 'Sec-Fetch-Site': 'same-origin' }
const FILLED = { '/name': '王芳', '/phone': '138 0013 8000', '/message': '还有厂房吗？', agreed: 'on' }

/** The fields of a form, hidden ones included, as a browser would send them. */
async function openForm(ask: Ask, path: string): Promise<Record<string, string>> {
  const response = await ask(path)
  expect(response.headers.get('cache-control')).toBe('private, no-cache')
  const html = await response.text()
  const hidden = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]+)"/g)]
  expect(hidden.map(([, name]) => name)).toEqual(['submissionId', 'trackingKey'])
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]))
}

function post(ask: Ask, path: string, fields: Record<string, string>, headers: Record<string, string> = HERE) {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return ask(path, { method: 'POST', headers: { ...type, ...headers }, body: new URLSearchParams(fields).toString() })
}

const receiptIn = (html: string) => /LD-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}/.exec(html)?.[0]

async function rows({ db }: Database) {
  const stored = await db.selectFrom('inquiry').select(['submission_id', 'body']).execute()
  return stored.map(({ submission_id: id, body }) => ({
    id,
    inquiry: v.parse(InquirySchema, JSON.parse(Buffer.from(body ?? '').toString('utf8'))),
  }))
}

onEachDatabase('forms without JavaScript', (store) => {
  it('says what is wrong with 联系我们, and nothing of the ways that were not written', async () => {
    const { ask } = await aSite(await store.open())
    const fields = { ...(await openForm(ask, '/contact')), ...FILLED }
    const wrongFields = async (changes: Record<string, string>) => {
      const response = await post(ask, '/contact', { ...fields, ...changes })
      const html = await response.text()
      const inputs = [...html.matchAll(/<(?:input|textarea|select)[^>]*>/g)].map(([tag]) => tag)
      const wrong = inputs.filter((tag) => tag.includes('aria-invalid="true"'))
      return [response.status, ...wrong.map((tag) => /name="([^"]+)"/.exec(tag)?.[1])]
    }
    expect(await wrongFields({ '/name': '' })).toEqual([422, '/name'])
    expect(await wrongFields({ '/phone': '', '/email': 'a@' })).toEqual([422, '/email'])
    expect(await wrongFields({ '/phone': '123' })).toContain('/phone')
    expect(await wrongFields({ '/phone': '', '/wechat': 'wang-fang', '/name': '' })).toEqual([422, '/name'])
  })

  it('takes 联系我们 about a record, and answers with the receipt', async () => {
    const database = await store.open()
    await storePage(database, page([article('a-1', '所问的事')]), NOW)
    const { ask } = await aSite(database)
    const path = '/contact?about=article:a-1'
    const response = await post(ask, path, { ...(await openForm(ask, path)), ...FILLED, shareWithPark: 'on' })
    const html = await response.text()
    expect(response.status).toBe(201)
    expect(html).toContain('已送达')
    const [row] = await rows(database)
    expect(row?.inquiry).toMatchObject({
      type: 'contact',
      name: '王芳',
      phone: '13800138000',
      subject: { kind: 'article', id: 'a-1', title: '所问的事' },
      consent: { noticeSha256: noticeSha256(CURRENT_NOTICE), purposes: ['答复咨询', '转交园区'] },
    })
    const receipt = await database.db.selectFrom('receipt').select('receipt_no').executeTakeFirstOrThrow()
    expect(receiptIn(html)).toBe(receipt.receipt_no)
  })

  it('takes 企业入驻 with what a page without JavaScript shows all at once', async () => {
    const database = await store.open()
    const { ask } = await aSite(database)
    const response = await post(ask, '/settle', {
      ...(await openForm(ask, '/settle')),
      '/company/name': '某某精密有限公司',
      '/company/stage': '境外企业',
      '/company/country': '德国',
      '/industry': 'C36',
      '/space/type': 'factory',
      '/space/areaMin': '2,000',
      '/space/areaUnit': '㎡',
      '/space/floorLoad': '2',
      '/contact/name': '阿不都·热合曼',
      '/contact/phone': '13800138000',
      agreed: 'on',
    })
    expect(response.status).toBe(201)
    expect((await rows(database))[0]?.inquiry).toMatchObject({
      company: { name: '某某精密有限公司', stage: '境外企业', country: '德国' },
      industry: { section: 'C', division: '36' },
      space: { type: 'factory', areaMin: 2000, areaUnit: '㎡', floorLoad: 2 },
    })
  })

  it('stores a form once, however often and at once it is posted', async () => {
    const database = await store.open()
    let now = NOW
    const { ask } = await aSite(database, () => (now += 1000))
    const form = { ...(await openForm(ask, '/contact')), ...FILLED }
    const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => post(ask, '/contact', form)))
    answers.push(await post(ask, '/contact', form))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
    const receipts = new Set(await Promise.all(answers.map(async (answer) => receiptIn(await answer.text()))))
    expect([receipts.size, (await rows(database)).length]).toEqual([1, 1])
  })

  it('keeps what was typed, and names each mistake', async () => {
    const database = await store.open()
    const { ask } = await aSite(database)
    const form = await openForm(ask, '/contact')
    const response = await post(ask, '/contact', { ...form, '/name': '123', '/phone': '12', '/message': '"><script>' })
    const html = await response.text()
    expect(response.status).toBe(422)
    for (const words of ['姓名中至少要有一个文字', '请填写手机号（11 位）', '请先阅读告知并勾选']) {
      expect(html).toContain(words)
    }
    expect(html).toContain('value="123"')
    expect(html).toContain('&quot;&gt;&lt;script&gt;')
    expect(html).toContain(`value="${form['submissionId']}"`)
    expect(await rows(database)).toEqual([])
  })

  it('asks for consent when nothing else is wrong', async () => {
    const database = await store.open()
    const { ask } = await aSite(database)
    const { agreed: _agreed, ...unticked } = FILLED
    const response = await post(ask, '/contact', { ...(await openForm(ask, '/contact')), ...unticked })
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('请先阅读告知并勾选')])
    expect(await rows(database)).toEqual([])
  })

  it('offers a new id to a form that was changed after it had arrived', async () => {
    const database = await store.open()
    const { ask } = await aSite(database)
    const form = { ...(await openForm(ask, '/contact')), ...FILLED }
    expect((await post(ask, '/contact', form)).status).toBe(201)
    const changed = { ...form, '/message': '又想到一件事' }
    const response = await post(ask, '/contact', changed)
    const html = await response.text()
    expect([response.status, html]).toEqual([409, expect.stringContaining('已经送达过一次')])
    const [, next = ''] = /name="submissionId" value="([^"]+)"/.exec(html) ?? []
    expect(next).not.toBe(form['submissionId' as keyof typeof form])
    expect((await post(ask, '/contact', { ...changed, submissionId: next })).status).toBe(201)
    expect(await rows(database)).toHaveLength(2)
  })

  it('does not bring back what its sender withdrew', async () => {
    const database = await store.open()
    let now = NOW
    const { ask } = await aSite(database, () => (now += 1000))
    const form = { ...(await openForm(ask, '/contact')), ...FILLED }
    await post(ask, '/contact', form)
    const id = (await rows(database))[0]?.id ?? ''
    await database.db.transaction().execute((trx) => withdraw(trx, id, NOW))
    expect((await post(ask, '/contact', form)).status).toBe(409)
    const { n } = await database.db
      .selectFrom('inquiry')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(1)
  })

  it('refuses what another site has a browser post', async () => {
    const database = await store.open()
    const { ask } = await aSite(database)
    const form = { ...(await openForm(ask, '/contact')), ...FILLED }
    const origins: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Referer: 'https://evil.example/localhost' },
      {},
    ]
    for (const headers of origins) {
      const response = await post(ask, '/contact', form, headers)
      expect([headers, response.status]).toEqual([headers, 403])
    }
    expect(await rows(database)).toEqual([])
    expect((await post(ask, '/contact', form, { Origin: 'http://localhost' })).status).toBe(201)
  })

  it('reads forms only, and no longer than a form can be', async () => {
    const { ask } = await aSite(await store.open())
    const json = await post(ask, '/contact', {}, { ...HERE, 'Content-Type': 'application/json' })
    expect(json.status).toBe(415)
    expect((await post(ask, '/settle', { ...FILLED, '/message': '长'.repeat(70_000) })).status).toBe(413)
    expect((await ask('/contact', { method: 'PUT' })).status).toBe(405)
    expect((await ask('/parks', { method: 'POST' })).status).toBe(405)
  })
})
