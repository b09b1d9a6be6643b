import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { contentDigest } from '#domain/digest.ts'
import { draftKey } from '#outbox/draft-key.ts'
import { exported, openPhone, putRaw, rawRows, request, until, untilState, untilWaiting } from './support/phone.ts'
import { lostOnTheWay } from './support/server.ts'

describe('drafts', () => {
  it('are kept as typed, per form and subject, and are there after the page is gone', async () => {
    const phone = openPhone()
    const key = draftKey('settlement', { kind: 'park', id: 'p-1' })
    expect(key).not.toBe(draftKey('settlement'))
    expect(await phone.drafts.save(key, { phone: '138', nested: { a: [1] } })).toEqual({ savedAt: phone.time.at })
    phone.close()
    const again = openPhone({ databaseName: phone.databaseName, time: phone.time })
    expect(await again.drafts.load(key)).toEqual({
      values: { phone: '138', nested: { a: [1] } },
      savedAt: phone.time.at,
      version: 1,
    })
    expect(await again.drafts.load(draftKey('settlement'))).toBeUndefined()
  })

  it('are seen by another tab as they are typed, and when they are gone', async () => {
    const phone = openPhone()
    const tab = openPhone({ databaseName: phone.databaseName })
    await phone.drafts.save('contact', { name: '王' })
    await until(tab.drafts.live('contact'), (draft) => draft?.values['name'] === '王')
    await phone.drafts.save('contact', { name: '王小' })
    await until(tab.drafts.live('contact'), (draft) => draft?.values['name'] === '王小')
    await phone.drafts.discard('contact')
    await until(tab.drafts.live('contact'), (draft) => draft === undefined)
  })

  it('are written field by field, so that two tabs keep what each typed', async () => {
    const phone = openPhone()
    const tab = openPhone({ databaseName: phone.databaseName })
    await phone.drafts.save('contact', { name: '王', message: '' })
    await Promise.all([
      phone.drafts.save('contact', { name: '王小明' }),
      tab.drafts.save('contact', { message: '想看厂房' }),
    ])
    expect((await tab.drafts.load('contact'))?.values).toEqual({ name: '王小明', message: '想看厂房' })
  })

  it('that this version cannot read make way without being lost, and are shown', async () => {
    const phone = openPhone()
    await phone.drafts.save('contact', {})
    const strange = { key: 'contact', version: 9, text: '很长的留言' }
    await putRaw(phone.databaseName, 'drafts', strange)
    expect(await phone.drafts.load('contact')).toBeUndefined()
    expect((await phone.inventory()).unreadable).toBe(1)
    const shown = () => until(phone.drafts.unreadable(), () => true)
    expect(await shown()).toMatchObject([{ key: 'contact', text: expect.stringContaining('很长的留言') as string }])
    await phone.drafts.save('contact', { name: '新' })
    expect(await rawRows(phone.databaseName, 'attic')).toMatchObject([{ table: 'drafts', raw: strange }])
    expect(await phone.inventory()).toMatchObject({ drafts: 1, unreadable: 1 })
    expect(await shown()).toMatchObject([{ key: 'contact', text: expect.stringContaining('很长的留言') as string }])
    await putRaw(phone.databaseName, 'drafts', { key: 'settlement', version: 9, text: '另一张表' })
    expect((await shown()).map(({ key }) => key)).toEqual(['contact', 'settlement'])
    await phone.drafts.discardUnreadable('contact')
    expect((await shown()).map(({ key }) => key)).toEqual(['settlement'])
    expect((await phone.drafts.load('contact'))?.values).toEqual({ name: '新' })
    await phone.drafts.discardUnreadable('settlement')
    expect(await rawRows(phone.databaseName, 'drafts')).toMatchObject([{ key: 'contact' }])
  })
})

describe('bookmarks', () => {
  it('are set once when the connection is lost after the write had committed', async () => {
    const phone = openPhone()
    // It commits, and is heard of as lost.
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as IDBObjectStore['put']
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put')
    onTestFinished(() => spy.mockRestore())
    spy.mockImplementation(function (this: IDBObjectStore, ...all) {
      spy.mockRestore()
      const { transaction } = this
      transaction.oncomplete = (event) => {
        Object.defineProperty(transaction, 'error', { value: new DOMException('lost', 'UnknownError') })
        transaction.onabort?.(event)
      }
      return put.apply(this, all)
    })
    expect(await phone.bookmarks.toggle('park', 'p-1', '嘉定工业区')).toBe(true)
    expect(await rawRows(phone.databaseName, 'bookmarks')).toHaveLength(1)
  })

  it('are set and taken away by the same touch, newest first, with the title to name them by', async () => {
    const phone = openPhone()
    expect(await phone.bookmarks.toggle('park', 'p-1', '嘉定工业区')).toBe(true)
    phone.time.pass(1)
    expect(await phone.bookmarks.toggle('policy', 'p-1', '若干政策')).toBe(true)
    const list = await until(phone.bookmarks.live(), (all) => all.length === 2)
    expect(list.map(({ kind, title }) => [kind, title])).toEqual([
      ['policy', '若干政策'],
      ['park', '嘉定工业区'],
    ])
    expect(await phone.bookmarks.toggle('park', 'p-1', '嘉定工业区')).toBe(false)
    await until(phone.bookmarks.live(), (all) => all.length === 1)
  })
})

describe('the pack for a site visit', () => {
  it('keeps its stops in the order the person gave them, with notes', async () => {
    const phone = openPhone()
    for (const name of ['a', 'b', 'c', 'd']) await phone.pack.add('park', name, name.toUpperCase())
    await phone.pack.add('park', 'a', 'A')
    const order = async () => (await until(phone.pack.live(), () => true)).map((stop) => stop.recordId).join('')
    expect(await order()).toBe('abcd')
    await phone.pack.move('park/d', 1)
    expect(await order()).toBe('adbc')
    await phone.pack.move('park/a', 99)
    expect(await order()).toBe('dbca')
    await phone.pack.move('park/a', -1)
    expect(await order()).toBe('adbc')
    await phone.pack.remove('park/d')
    await phone.pack.add('listing', 'e', 'E')
    expect(await order()).toBe('abce')
    await phone.pack.note('park/b', '层高够，货梯旧')
    const stops = await until(phone.pack.live(), (all) => all.some((stop) => stop.note !== ''))
    expect(stops[1]).toMatchObject({ id: 'park/b', title: 'B', note: '层高够，货梯旧' })
  })
})

describe('what is wanted of the content', () => {
  it('is there after the page is gone, and is heard of in another tab', async () => {
    const phone = openPhone()
    const tab = openPhone({ databaseName: phone.databaseName })
    expect(await until(tab.wish.live(), () => true)).toBeUndefined()
    expect(await phone.wish.choose({ depth: 'everything' })).toEqual({ depth: 'everything', pause: 'auto' })
    await until(tab.wish.live(), (wish) => wish?.depth === 'everything')
    phone.close()
    const again = openPhone({ databaseName: phone.databaseName })
    expect(await until(again.wish.live(), () => true)).toEqual({ depth: 'everything', pause: 'auto' })
  })

  it('is changed in parts, so that two tabs keep what each chose, and leaves what another version wrote beside it', async () => {
    const phone = openPhone()
    const tab = openPhone({ databaseName: phone.databaseName })
    await phone.wish.choose({})
    await putRaw(phone.databaseName, 'preferences', { name: 'content', depth: 'hearsay', pause: 'auto', since: 5 })
    expect(await until(phone.wish.live(), () => true)).toEqual({ depth: 'texts', pause: 'auto' })
    await Promise.all([phone.wish.choose({ depth: 'everything' }), tab.wish.choose({ pause: 'paused' })])
    expect(await rawRows(phone.databaseName, 'preferences')).toEqual([
      { name: 'content', depth: 'everything', pause: 'paused', since: 5 },
    ])
  })

  it('remembers that less was chosen until what is too much has gone', async () => {
    const phone = openPhone()
    const kept = () => until(phone.wish.live(), () => true)
    await phone.wish.choose({ depth: 'everything' })
    expect(await kept()).toEqual({ depth: 'everything', pause: 'auto' })
    await phone.wish.choose({ depth: 'texts' })
    const texts = await phone.wish.choose({ pause: 'paused' })
    expect(texts).toEqual({ depth: 'texts', pause: 'paused', before: 'everything' })
    const titles = await phone.wish.choose({ depth: 'titles' })
    await phone.wish.tidied(texts)
    expect(await kept()).toEqual({ depth: 'titles', pause: 'paused', before: 'everything' })
    await phone.wish.tidied(titles)
    expect(await kept()).toEqual({ depth: 'titles', pause: 'paused' })
    expect(await phone.wish.choose({ depth: 'everything' })).toEqual({ depth: 'everything', pause: 'paused' })
  })

  it('is taken over from an earlier release once', async () => {
    const phone = openPhone()
    await phone.wish.takeOver({ depth: 'titles', pause: 'paused' })
    expect(await until(phone.wish.live(), () => true)).toEqual({ depth: 'titles', pause: 'paused' })
    await phone.wish.choose({ depth: 'everything' })
    await phone.wish.takeOver({ depth: 'titles', pause: 'auto' })
    expect(await until(phone.wish.live(), () => true)).toEqual({ depth: 'everything', pause: 'paused' })
  })

  it('is changed from what the phone goes by where nothing is kept, and only there', async () => {
    const phone = openPhone()
    const earlier = { depth: 'everything', pause: 'auto' } as const
    expect(await phone.wish.choose({ pause: 'paused' }, earlier)).toEqual({ depth: 'everything', pause: 'paused' })
    await phone.wish.choose({ depth: 'titles' })
    expect(await phone.wish.choose({ pause: 'auto' }, earlier)).toMatchObject({ depth: 'titles', pause: 'auto' })
  })

  it('is the phone’s, and stays when everything of the person is wiped', async () => {
    const phone = openPhone()
    await phone.wish.choose({ depth: 'everything' })
    await phone.wipe()
    expect(await until(phone.wish.live(), () => true)).toEqual({ depth: 'everything', pause: 'auto' })
  })
})

describe('everything of the person', () => {
  it('is counted', async () => {
    const phone = openPhone()
    phone.server.faults = [lostOnTheWay]
    const waiting = await phone.outbox.submit(request)
    await untilWaiting(phone, waiting)
    const sent = await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '又' } })
    await untilState(phone, sent, 'delivered')
    await phone.drafts.save('settlement', {})
    await phone.bookmarks.toggle('park', 'p-1', '嘉定工业区')
    await phone.pack.add('park', 'p-1', '嘉定工业区')
    expect(await phone.inventory()).toEqual({
      waiting: 1,
      refused: 0,
      settled: 1,
      drafts: 1,
      attachments: 0,
      bookmarks: 1,
      stops: 1,
      unreadable: 0,
    })
  })

  it('that was not sent is exported with the very bytes, under its id', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    const file = JSON.parse(await exported(phone)) as {
      requests: Record<string, { body: string; contentDigest: string }>
    }
    const kept = file.requests[id]
    expect(kept?.body).toBe(phone.server.puts()[0]?.body)
    expect(contentDigest(new TextEncoder().encode(kept?.body))).toBe(kept?.contentDigest)
  })

  it('that waits to be withdrawn at the server is exported too, and says so', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    phone.server.weather = lostOnTheWay
    expect(await phone.outbox.withdraw(id)).toBe('notReached')
    const file = JSON.parse(await exported(phone)) as { requests: Record<string, { state: string }> }
    expect(file.requests[id]?.state).toBe('withdrawing')
    expect(Object.keys(file.requests)).toHaveLength((await phone.inventory()).waiting)
  })

  it('is wiped from a shared phone, and nothing of it is sent afterwards', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    await phone.drafts.save('contact', { name: '王' })
    await phone.bookmarks.toggle('park', 'p-1', '嘉定工业区')
    await phone.pack.add('park', 'p-1', '嘉定工业区')
    await phone.wipe()
    phone.server.weather = undefined
    expect(await phone.outbox.sendNow()).toBe(0)
    expect(phone.server.rows.size).toBe(0)
    for (const store of ['entries', 'drafts', 'bookmarks', 'stops', 'attic']) {
      expect(await rawRows(phone.databaseName, store)).toEqual([])
    }
  })
})
