import { describe, expect, it, onTestFinished } from 'vitest'
import {
  entryOf,
  exported,
  freshName,
  openPhone,
  putRaw,
  rawRows,
  request,
  tabOf,
  until,
  untilState,
  untilWaiting,
} from './support/phone.ts'
import {
  fill,
  FULL_PHONE,
  makeStores,
  nativeVersion,
  OLD_VERSIONS,
  openRaw,
  type OldVersion,
} from './support/old-databases.ts'
import { lostOnTheWay } from './support/server.ts'

const RECORDS = ['drafts', 'bookmarks', 'stops', 'attic']
const idOf = (state: string) => FULL_PHONE['entries']!.find((row) => row['state'] === state)!['id'] as string

/** A phone that an old release left, full. */
async function leftBy(version: OldVersion): Promise<string> {
  const name = freshName()
  const database = await openRaw(name, version, (raw) => makeStores(raw, version))
  await fill(database)
  database.close()
  return name
}

async function versionOf(name: string): Promise<number | undefined> {
  return (await indexedDB.databases()).find((each) => each.name === name)?.version
}

async function nextVersion(name: string): Promise<number> {
  return (await versionOf(name))! / nativeVersion(1) + 1
}

describe.each(OLD_VERSIONS)('a full phone of version %i', (version) => {
  it('loses nothing when this release opens it, and shows all of it', async () => {
    const databaseName = await leftBy(version)
    const phone = openPhone({ databaseName })
    phone.server.weather = lostOnTheWay
    const entries = await until(phone.outbox.entries(), (all) => all.length > 0)
    expect(await versionOf(databaseName)).toBeGreaterThan(nativeVersion(version))
    expect(entries.map(({ id }) => id).sort()).toEqual(FULL_PHONE['entries']!.map((row) => row['id']).sort())
    for (const state of ['unsent', 'sending', 'delivered', 'refused', 'withdrawing', 'withdrawn'] as const) {
      expect(await entryOf(phone, idOf(state))).toMatchObject({ state, values: { message: state }, partsLeft: 0 })
    }
    expect(await rawRows(databaseName, 'entries')).toEqual(FULL_PHONE['entries'])
    for (const store of RECORDS) expect(await rawRows(databaseName, store)).toEqual(FULL_PHONE[store])
    expect((await phone.drafts.load('settlement'))?.values).toEqual({ '/company/name': '没写完的公司' })
    expect((await until(phone.bookmarks.live(), () => true)).map(({ title }) => title)).toEqual(['嘉定工业区'])
    expect((await until(phone.pack.live(), () => true)).map(({ note }) => note)).toEqual(['层高够'])
    expect(await phone.inventory()).toMatchObject({
      waiting: 3,
      refused: 1,
      settled: 2,
      drafts: 1,
      bookmarks: 1,
      stops: 1,
      unreadable: 4,
    })
    const unreadable = entries.filter((entry) => entry.unreadable !== undefined)
    expect(unreadable.map((entry) => entry.unreadable).join()).toMatch(
      /teleported.*not-a-request|not-a-request.*teleported/s,
    )
    expect(await exported(phone)).toContain('{\\"name\\":\\"李\\"}')
  })

  it('sends what waits with the bytes of then, and leaves the rows that it cannot read', async () => {
    const databaseName = await leftBy(version)
    const phone = openPhone({ databaseName })
    await phone.outbox.sendNow()
    for (const state of ['unsent', 'sending']) {
      const row = FULL_PHONE['entries']!.find((each) => each['state'] === state)!
      await untilState(phone, idOf(state), 'delivered')
      expect(phone.server.rows.get(idOf(state))?.body).toBe(new TextDecoder().decode(row['body'] as Uint8Array))
    }
    expect(phone.server.rows.size).toBe(2)
    const strange = FULL_PHONE['entries']!.slice(-2)
    expect(await rawRows(databaseName, 'entries')).toEqual(expect.arrayContaining(strange))
    const id = await phone.outbox.submit({ ...request, draftKey: 'contact/new' })
    await untilState(phone, id, 'delivered')
  })

  it('that a tab of that release has open makes way for this one, also while something is written there', async () => {
    const databaseName = freshName()
    const old = await openRaw(databaseName, version, (raw) => makeStores(raw, version))
    // What Dexie does in every release of ours: it makes way.
    old.onversionchange = () => old.close()
    const typed = fill(old)
    const phone = openPhone({ databaseName })
    await phone.drafts.save('contact/other', { name: '王' })
    await typed
    expect(await rawRows(databaseName, 'entries')).toEqual(FULL_PHONE['entries'])
    expect((await phone.drafts.load('settlement'))?.values).toEqual({ '/company/name': '没写完的公司' })
    expect((await phone.drafts.load('contact/other'))?.values).toEqual({ name: '王' })
  })
})

describe('a release to come', () => {
  /** Changes the database as the next version may: a store and an index more. */
  async function upgradeByNext(databaseName: string): Promise<IDBDatabase> {
    const next = await openRaw(databaseName, await nextVersion(databaseName), (raw, transaction) => {
      raw.createObjectStore('visits', { keyPath: 'id' })
      transaction.objectStore('entries').createIndex('createdAt', 'createdAt')
    })
    onTestFinished(() => next.close())
    next.onversionchange = () => next.close()
    return next
  }

  it('is made way for by a tab of this one in which somebody types and something waits: both go on', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    const saving = phone.drafts.save('settlement', { '/company/name': '打到一半' })
    await upgradeByNext(phone.databaseName)
    await saving
    await phone.drafts.save('settlement', { '/message': '接着写' })
    expect((await phone.drafts.load('settlement'))?.values).toEqual({
      '/company/name': '打到一半',
      '/message': '接着写',
    })
    phone.server.weather = undefined
    await phone.outbox.sendNow()
    await untilState(phone, id, 'delivered')
  })

  it('leaves a database that this one uses and does not change: neither its version nor its rows', async () => {
    const first = openPhone()
    first.server.weather = lostOnTheWay
    const id = await first.outbox.submit(request)
    await first.outbox.sendNow()
    first.close()
    const next = await upgradeByNext(first.databaseName)
    const { version } = next
    next.close()
    const visit = { id: 'v-1', at: 5 }
    await putRaw(first.databaseName, 'visits', visit)
    const newer = { ...(await rawRows(first.databaseName, 'entries'))[0]!, id: 'of-the-next', state: 'queuedByNext' }
    delete (newer as { draftToken?: string }).draftToken
    await putRaw(first.databaseName, 'entries', newer)

    const phone = tabOf(first)
    phone.server.weather = undefined
    const entries = await until(phone.outbox.entries(), (all) => all.length === 2)
    expect(entries.find((entry) => entry.id === 'of-the-next')?.unreadable).toContain('queuedByNext')
    await phone.outbox.sendNow()
    await untilState(phone, id, 'delivered')
    expect(await versionOf(phone.databaseName)).toBe(version)
    expect(await rawRows(phone.databaseName, 'visits')).toEqual([visit])
    expect(await rawRows(phone.databaseName, 'entries')).toContainEqual(newer)
  })

  it('that did away with a store of ours gets it back empty, and keeps its rows', async () => {
    const first = openPhone()
    first.server.weather = lostOnTheWay
    const id = await first.outbox.submit(request)
    await first.outbox.sendNow()
    first.close()
    const version = await nextVersion(first.databaseName)
    const next = await openRaw(first.databaseName, version, (raw) => {
      raw.deleteObjectStore('stops')
      raw.createObjectStore('visits', { keyPath: 'id' })
    })
    next.close()
    await putRaw(first.databaseName, 'visits', { id: 'v-1' })
    const phone = tabOf(first)
    phone.server.weather = undefined
    await phone.pack.add('park', 'p-1', '嘉定工业区')
    await phone.outbox.sendNow()
    await untilState(phone, id, 'delivered')
    expect(await rawRows(phone.databaseName, 'visits')).toEqual([{ id: 'v-1' }])
    expect(await versionOf(phone.databaseName)).toBe(nativeVersion(version) + 1)
  })
})
