import { describe, expect, it } from 'vitest'
import { InvalidRequestError } from '#outbox/errors.ts'
import { draftKey } from '#outbox/draft-key.ts'
import { entryOf, openPhone, rawRows, request, tabOf, until, untilState, untilWaiting } from './support/phone.ts'
import { photo } from './support/files.ts'
import { lostOnTheWay } from './support/server.ts'

describe('submitting', () => {
  it('is on disk with frozen bytes when it resolves, and the draft is consumed', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    await phone.drafts.save('contact', { name: '王' })
    const id = await phone.outbox.submit(request)
    const [row] = await rawRows(phone.databaseName, 'entries')
    expect(row).toMatchObject({ id, type: 'contact', values: request.fields })
    expect(row?.['body']).toBeInstanceOf(Uint8Array)
    expect(await rawRows(phone.databaseName, 'drafts')).toEqual([])
    expect(await phone.drafts.load('contact')).toBeUndefined()
  })

  it('mints a UUID and 256 bits for tracking, without needing a secure context', async () => {
    const phone = openPhone({ randomBytes: (length) => new Uint8Array(length).fill(7) })
    const id = await phone.outbox.submit(request)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    await untilState(phone, id, 'delivered')
    expect(phone.server.rows.get(id)?.key).toHaveLength(43)
  })

  it('keeps what the request is about', async () => {
    const phone = openPhone()
    const subject = { kind: 'park' as const, id: 'p-1', title: '嘉定工业区' }
    const id = await phone.outbox.submit({ ...request, subject, draftKey: draftKey('contact', subject) })
    expect((await untilState(phone, id, 'delivered')).subject).toEqual(subject)
    expect(JSON.parse(phone.server.rows.get(id)?.body ?? '')).toMatchObject({ subject })
  })

  it('takes fields that a form holds as proxies', async () => {
    const phone = openPhone()
    const fields = new Proxy({ ...request.fields }, {})
    await phone.drafts.save('contact', fields)
    const id = await phone.outbox.submit({ ...request, fields })
    await untilState(phone, id, 'delivered')
  })

  it('of one draft pressed twice at once gives one id', async () => {
    const phone = openPhone()
    await phone.drafts.save('contact', request.fields)
    const ids = await Promise.all([
      phone.outbox.submit(request),
      phone.outbox.submit(request),
      phone.outbox.submit(request),
    ])
    expect(new Set(ids).size).toBe(1)
    await untilState(phone, ids[0], 'delivered')
    expect(await phone.outbox.submit(request)).toBe(ids[0])
    expect(phone.server.rows.size).toBe(1)
  })

  it('of one draft shown by two tabs gives one id', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', request.fields)
    await until(two.drafts.live('contact'), (draft) => draft !== undefined)
    const ids = await Promise.all([one.outbox.submit(request), two.outbox.submit(request)])
    expect(new Set(ids).size).toBe(1)
    expect(await rawRows(one.databaseName, 'entries')).toHaveLength(1)
    await untilState(one, ids[0], 'delivered')
  })

  it('of a text that could not be saved, pressed twice, gives one id', async () => {
    const phone = openPhone()
    const ids = await Promise.all([phone.outbox.submit(request), phone.outbox.submit(request)])
    expect(new Set(ids).size).toBe(1)
    await untilState(phone, ids[0], 'delivered')
  })

  it('of a draft that two tabs show with other words than the first gives one id more, not two', async () => {
    const one = openPhone()
    const tabs = [1, 2].map(() => tabOf(one))
    await one.drafts.save('contact', request.fields)
    await Promise.all(tabs.map((tab) => tab.drafts.load('contact')))
    const first = await one.outbox.submit(request)
    const changed = { ...request, fields: { ...request.fields, message: '另一句' } }
    const others = await Promise.all(tabs.map((tab) => tab.outbox.submit(changed)))
    expect(new Set([first, ...others]).size).toBe(2)
  })

  it('again in a tab that still shows it, while another has begun a new one, gives the same id and leaves the new one', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', request.fields)
    await two.drafts.load('contact')
    const id = await one.outbox.submit(request)
    await one.drafts.save('contact', { message: '新的一件事' })
    expect(await two.outbox.submit(request)).toBe(id)
    const other = { ...request, fields: { ...request.fields, message: '另一句' } }
    expect(await two.outbox.submit(other)).not.toBe(id)
    expect((await one.drafts.load('contact'))?.values).toEqual({ message: '新的一件事' })
  })

  it('by a tab that has not seen what another typed into it since leaves that text a draft', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', request.fields)
    await two.drafts.load('contact')
    await one.drafts.save('contact', { message: '刚改的一句' })
    const id = await two.outbox.submit(request)
    expect((await one.drafts.load('contact'))?.values).toEqual({ ...request.fields, message: '刚改的一句' })
    expect(await two.outbox.submit(request)).toBe(id)
    const changed = { ...request, fields: { ...request.fields, message: '刚改的一句' } }
    expect(await one.outbox.submit(changed)).not.toBe(id)
    expect(await one.drafts.load('contact')).toBeUndefined()
  })

  it('by a form that follows the draft and does not show what another tab typed leaves that text a draft', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', request.fields)
    await two.drafts.load('contact')
    await one.drafts.save('contact', { company: '某公司' })
    await until(two.drafts.live('contact'), (draft) => draft?.values['company'] === '某公司')
    await two.outbox.submit({ ...request, shown: request.fields })
    expect((await one.drafts.load('contact'))?.values).toMatchObject({ company: '某公司' })
  })

  it('by a form that shows what another tab typed takes that along', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', { name: '王小明' })
    await two.drafts.load('contact')
    await one.drafts.save('contact', request.fields)
    await two.outbox.submit({ ...request, shown: request.fields })
    expect(await one.drafts.load('contact')).toBeUndefined()
  })

  it('about a record in two tabs, of which one does not know its name yet, gives one id', async () => {
    const one = openPhone()
    const two = tabOf(one)
    const about = { kind: 'park' as const, id: 'p-1' }
    const asked = { ...request, draftKey: draftKey('contact', about) }
    await one.drafts.save(asked.draftKey, request.fields)
    await two.drafts.load(asked.draftKey)
    const id = await one.outbox.submit({ ...asked, subject: { ...about, title: '嘉定工业区' } })
    expect(await two.outbox.submit({ ...asked, subject: { ...about, title: 'p-1' } })).toBe(id)
  })

  it('from a form opened anew, with what another tab has begun since, takes all of that', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', request.fields)
    await two.drafts.load('contact')
    const first = await one.outbox.submit(request)
    const fields = { ...request.fields, message: '新的一件事' }
    await two.drafts.save('contact', fields)
    await two.attachments.add('contact', { name: '现场.jpg', data: photo() })
    expect((await one.drafts.load('contact'))?.values).toEqual(fields)
    const second = await one.outbox.submit({ ...request, fields })
    expect(second).not.toBe(first)
    expect(await until(one.attachments.ofEntry(second), () => true)).toHaveLength(1)
    expect(await one.drafts.load('contact')).toBeUndefined()
  })

  it('by a page that still shows the one before leaves what it has only looked at', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', request.fields)
    await two.drafts.load('contact')
    const first = await one.outbox.submit(request)
    await one.drafts.load('contact')
    await one.drafts.save('contact', { message: '新的一件事' })
    expect((await two.drafts.peek('contact'))?.values).toEqual({ message: '新的一件事' })
    expect(await two.outbox.submit(request)).toBe(first)
    expect((await one.drafts.load('contact'))?.values).toEqual({ message: '新的一件事' })
  })

  it('a text that was typed into an empty form, opened anew, is another request though the words are the same', async () => {
    const phone = openPhone()
    await phone.drafts.save('contact', request.fields)
    const first = await phone.outbox.submit(request)
    expect(await phone.drafts.load('contact')).toBeUndefined()
    expect(await phone.outbox.submit(request)).not.toBe(first)
  })

  it('of one draft, left because the tab that submitted it had not seen all of it, gives no second id', async () => {
    const one = openPhone()
    const two = tabOf(one)
    await one.drafts.save('contact', { ...request.fields, message: '先写的一句' })
    await two.drafts.load('contact')
    await one.drafts.save('contact', { message: request.fields['message'] })
    const id = await two.outbox.submit(request)
    expect(await one.outbox.submit(request)).toBe(id)
    expect(await one.drafts.load('contact')).toBeUndefined()
  })

  it('again after the text was changed is another request: no text is lost', async () => {
    const phone = openPhone()
    await phone.drafts.save('contact', request.fields)
    const first = await phone.outbox.submit(request)
    const fields = { ...request.fields, message: '改了一句' }
    const second = await phone.outbox.submit({ ...request, fields })
    expect(second).not.toBe(first)
    expect((await untilState(phone, second, 'delivered')).values).toEqual(fields)
  })

  it('the same words again, from a form opened anew, is another request', async () => {
    const phone = openPhone()
    await phone.drafts.save('contact', request.fields)
    const first = await phone.outbox.submit(request)
    await phone.drafts.save('contact', request.fields)
    expect(await phone.outbox.submit(request)).not.toBe(first)
  })

  it('what breaks the form says which field, stores nothing and keeps the draft', async () => {
    const phone = openPhone()
    await phone.drafts.save('contact', { name: '王' })
    const failed = await phone.outbox.submit({ ...request, fields: { name: '王' } }).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(InvalidRequestError)
    expect((failed as InvalidRequestError).errors).toMatchObject([{ pointer: '/phone', code: 'contact.reach' }])
    expect((await phone.drafts.load('contact'))?.values).toEqual({ name: '王' })
    expect((await phone.inventory()).waiting).toBe(0)
  })

  it('takes the place only of a request that was refused', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const waiting = await phone.outbox.submit(request)
    await untilWaiting(phone, waiting)
    await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '改' }, replaces: waiting })
    expect((await entryOf(phone, waiting))?.state).toBe('unsent')
  })

  it('asks for Background Sync every time, for lasting storage the first time, and does not mind when there is neither', async () => {
    const asked: string[] = []
    const phone = openPhone({
      requestSync: (tag) => (asked.push(tag), Promise.reject(new Error('no permission'))),
      requestPersistence: () => (asked.push('persist'), Promise.reject(new Error('no'))),
    })
    const first = await phone.outbox.submit(request)
    await expect.poll(() => asked).toEqual(['luodi-outbox', 'persist'])
    await untilState(phone, first, 'delivered')
    const second = await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '又' } })
    await untilState(phone, second, 'delivered')
    await expect.poll(() => asked).toEqual(['luodi-outbox', 'persist', 'luodi-outbox'])
    expect(phone.errors).toEqual([])
  })
})
