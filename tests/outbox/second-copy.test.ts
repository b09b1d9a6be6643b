import { expect, it, onTestFinished, vi } from 'vitest'
import type { OutboxOptions } from '#outbox/outbox.ts'
import type { Platform } from '#outbox/platform.ts'
import { sha256Hex } from '#domain/digest.ts'
import { add, photo } from './support/files.ts'
import {
  bucket,
  drop,
  openPhone,
  type Phone,
  putRaw,
  rawRows,
  request,
  tabOf,
  until,
  untilState,
} from './support/phone.ts'
import { lostOnTheWay } from './support/server.ts'

/** Table and key of each row of the copy. */
async function copied(databaseName: string): Promise<string[]> {
  const indexedDB = await bucket()
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`${databaseName}-copy`)
    // Whoever looks before there is one must not make an empty one in its place.
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onerror = () => (opening.error?.name === 'AbortError' ? resolve([]) : reject(new Error('It did not open')))
    opening.onsuccess = () => {
      const keys = opening.result.transaction('rows').objectStore('rows').getAllKeys()
      keys.onsuccess = () => {
        opening.result.close()
        resolve((keys.result as [string, string | number][]).map(([table, key]) => `${table}/${String(key)}`))
      }
    }
  })
}

/** The phone after its databases were dropped, as its next opening finds it. */
async function dropped(phone: Phone, options: OutboxOptions = {}): Promise<Phone> {
  phone.close()
  await drop(phone.databaseName)
  return openPhone({ databaseName: phone.databaseName, server: phone.server, time: phone.time, ...options })
}

const all = (phone: Phone) => until(phone.outbox.entries(), () => true)

it('gives back everything of the person when the browser dropped the databases, and what waits is sent under its id', async () => {
  const phone = openPhone()
  phone.server.weather = lostOnTheWay
  await phone.drafts.save('settlement', { company: '甲' })
  await putRaw(phone.databaseName, 'drafts', { key: 'settlement', version: 9 })
  await phone.drafts.save('settlement', { company: '样例公司' })
  await phone.bookmarks.toggle('project', 'p-1', '样例项目')
  await phone.pack.add('park', 'k-1', '样例园区')
  await phone.wish.choose({ depth: 'titles' })
  await add(phone)
  const id = await phone.outbox.submit(request)
  const inventory = await phone.inventory()
  expect(inventory).toMatchObject({ waiting: 1, drafts: 1, attachments: 1, bookmarks: 1, stops: 1, unreadable: 1 })

  const again = await dropped(phone)
  expect(await again.inventory()).toEqual(inventory)
  expect((await again.drafts.load('settlement'))?.values).toEqual({ company: '样例公司' })
  expect((await until(again.wish.live(), () => true))?.depth).toBe('titles')
  again.server.weather = undefined
  await again.outbox.sendNow()
  await untilState(again, id, 'delivered')
  expect([...again.server.rows.keys()]).toEqual([id])
  expect([...again.server.rows.get(id)!.parts.keys()]).toEqual([sha256Hex(photo())])
})

it('holds a request before its person is told, whatever is open besides', async () => {
  const phone = openPhone()
  await phone.inventory()
  const tab = tabOf(phone)
  await tab.inventory()
  const id = await phone.outbox.submit(request)
  expect(await copied(phone.databaseName)).toContain(`entries/${id}`)
})

it('does not bring back what the person deleted, one by one or all at once', async () => {
  const phone = openPhone()
  const [first, second] = [
    await phone.outbox.submit(request),
    await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '另一个' } }),
  ]
  await untilState(phone, first, 'delivered')
  await untilState(phone, second, 'delivered')
  await phone.outbox.remove(first)
  expect(await copied(phone.databaseName)).toEqual([`entries/${second}`])
  const again = await dropped(phone)
  expect((await all(again)).map(({ id }) => id)).toEqual([second])
  await again.mine.wipe()
  expect(await copied(phone.databaseName)).toEqual([])
  expect(await all(await dropped(again))).toEqual([])
})

it('learns at the next start what was changed where nobody followed', async () => {
  const phone = openPhone({ bucket: undefined })
  await add(phone)
  const id = await phone.outbox.submit(request)
  await untilState(phone, id, 'delivered')
  phone.close()
  const again = openPhone({ databaseName: phone.databaseName, server: phone.server, time: phone.time })
  again.outbox.start()()
  await expect.poll(() => copied(phone.databaseName)).toContain(`attachmentBytes/${sha256Hex(photo())}`)
  expect(await copied(phone.databaseName)).toContain(`entries/${id}`)
})

it('is not emptied by a new database that it could not fill, which is filled at the next opening, beside what came meanwhile', async () => {
  const phone = openPhone()
  const id = await phone.outbox.submit(request)
  const broken = await dropped(phone, { bucket: () => Promise.reject(new DOMException('No bucket', 'UnknownError')) })
  broken.outbox.start()()
  const other = await broken.outbox.submit({ ...request, fields: { ...request.fields, message: '另一个' } })
  broken.close()
  const again = openPhone({ databaseName: phone.databaseName, server: phone.server, time: phone.time })
  again.outbox.start()()
  expect((await all(again)).map((entry) => entry.id).sort()).toEqual([id, other].sort())
  await expect.poll(() => copied(phone.databaseName)).toContain(`entries/${other}`)
})

it('is made anew when it is the one that was dropped', async () => {
  const phone = openPhone()
  const id = await phone.outbox.submit(request)
  phone.close()
  await drop(`${phone.databaseName}-copy`, await bucket())
  const again = openPhone({ databaseName: phone.databaseName, server: phone.server, time: phone.time })
  again.outbox.start()()
  await expect.poll(() => copied(phone.databaseName)).toEqual([`entries/${id}`])
})

/** A bucket that cannot be had at first. */
function failing(times: number): Platform['bucket'] {
  return () => {
    times -= 1
    return times < 0 ? bucket() : Promise.reject(new DOMException('No bucket', 'UnknownError'))
  }
}

it('is taken over as soon as it can be had by a database that was made anew without it, and is not emptied before', async () => {
  const phone = openPhone()
  const id = await phone.outbox.submit(request)
  const again = await dropped(phone, { bucket: failing(1) })
  expect(await all(again)).toEqual([])
  await until(again.outbox.entries(), (entries) => entries.length === 1)
  expect((await all(again)).map((entry) => entry.id)).toEqual([id])
  expect(await copied(phone.databaseName)).toEqual([`entries/${id}`])
})

it('does not bring back what was wiped before it could be taken over', async () => {
  const phone = openPhone()
  await phone.outbox.submit(request)
  const again = await dropped(phone, { bucket: failing(9) })
  await again.mine.wipe()
  again.close()
  const later = openPhone({ databaseName: phone.databaseName, server: phone.server, time: phone.time })
  later.outbox.start()()
  expect(await all(later)).toEqual([])
  await expect.poll(() => copied(phone.databaseName)).toEqual([])
})

it('does not keep anybody waiting when its bucket never answers', async () => {
  const phone = openPhone({ bucket: () => new Promise(() => {}) })
  const asked = phone.inventory()
  await expect.poll(() => phone.time.waits).toEqual([2_000])
  phone.time.pass(2_000)
  expect(await asked).toMatchObject({ waiting: 0 })
})

it('is taken over once by two tabs that are opened at once', async () => {
  const phone = openPhone()
  await phone.drafts.save('contact', {})
  await putRaw(phone.databaseName, 'drafts', { key: 'contact', version: 9 })
  await phone.drafts.save('contact', { name: '王' })
  await expect.poll(() => copied(phone.databaseName)).toEqual(['attic/1', 'drafts/contact'])
  const again = await dropped(phone)
  const tab = tabOf(again)
  const found = await Promise.all([again.inventory(), tab.inventory()])
  expect(found.map(({ drafts, unreadable }) => [drafts, unreadable])).toEqual([
    [1, 1],
    [1, 1],
  ])
})

it('keeps a request whose token another one of its draft has taken since', async () => {
  const phone = openPhone()
  const id = await phone.outbox.submit(request)
  const [row] = await rawRows(phone.databaseName, 'entries')
  const broken = await dropped(phone, { bucket: undefined })
  await broken.inventory()
  await putRaw(phone.databaseName, 'entries', { ...row, id: '11111111-1111-4111-8111-111111111111' })
  broken.close()
  const again = openPhone({ databaseName: phone.databaseName, server: phone.server, time: phone.time })
  expect((await all(again)).map((entry) => entry.id).sort()).toEqual(
    ['11111111-1111-4111-8111-111111111111', id].sort(),
  )
})

it('that cannot be had is not asked for again because of what is written elsewhere', async () => {
  let asked = 0
  const phone = openPhone({
    bucket: () => {
      asked += 1
      return Promise.reject(new DOMException('No bucket', 'UnknownError'))
    },
  })
  await phone.drafts.save('contact', { name: '王' })
  await expect.poll(() => asked).toBeGreaterThan(1)
  const before = asked
  const other = openPhone()
  await other.outbox.submit(request)
  expect(await copied(other.databaseName)).toHaveLength(1)
  expect(asked).toBe(before)
})

it('keeps no opening waiting whose connection is lost while it is filled: the next one is', async () => {
  const before = openPhone()
  await before.drafts.save('contact', { '/message': '想看厂房' })
  await vi.waitFor(async () => expect(await copied(before.databaseName)).toContain('drafts/contact'))
  let connection: IDBDatabase | undefined
  const real = indexedDB.open.bind(indexedDB)
  const open = vi.spyOn(indexedDB, 'open').mockImplementation((...all) => {
    const request = real(...all)
    request.addEventListener('success', () => (connection = request.result))
    return request
  })
  onTestFinished(() => open.mockRestore())
  let times = 0
  const phone = await dropped(before, {
    bucket() {
      // As a browser does to a page in the background.
      if (times++ === 0) connection?.onclose?.(new Event('close'))
      return bucket()
    },
  })
  expect((await phone.drafts.load('contact'))?.values).toEqual({ '/message': '想看厂房' })
  expect(times).toBeGreaterThan(0)
})
