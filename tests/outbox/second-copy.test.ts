import { expect, it } from 'vitest'
import type { OutboxOptions } from '#outbox/outbox.ts'
import { sha256Hex } from '#domain/digest.ts'
import { add, photo } from './support/files.ts'
import { bucket, drop, openPhone, type Phone, putRaw, request, tabOf, until, untilState } from './support/phone.ts'
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
  await expect.poll(() => copied(phone.databaseName)).not.toContain(`entries/${first}`)
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
