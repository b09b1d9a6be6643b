import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { StorageFailedError } from '#outbox/errors.ts'
import type { OutboxEntry } from '#outbox/entry.ts'
import { AFTER_FAILURE } from '#outbox/triggers.ts'
import {
  exported,
  freshName,
  openPhone,
  putRaw,
  rawRows,
  request,
  until,
  untilState,
  untilWaiting,
} from './support/phone.ts'
import { lostOnTheWay } from './support/server.ts'

type Write = (this: IDBObjectStore, ...all: unknown[]) => IDBRequest

/** Stands in for a disk that fails: what a write does instead of succeeding. Neither a full one nor iOS can be had at will. */
function failingDisk(
  method: 'add' | 'put' | 'delete' | 'getAll',
  fault: (write: () => IDBRequest, transaction: IDBTransaction) => IDBRequest,
) {
  const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, method)?.value as Write
  const spy = vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
    this: IDBObjectStore,
    ...all: unknown[]
  ) {
    return fault(() => real.apply(this, all), this.transaction)
  })
  const repair = () => spy.mockRestore()
  onTestFinished(repair)
  return repair
}

const FULL = new DOMException('full', 'QuotaExceededError')
const fullAtOnce = () => {
  throw FULL
}
/** As Chromium does: the write is taken, and the whole transaction fails when it is to be committed. */
const fullAtCommit = (write: () => IDBRequest, transaction: IDBTransaction) => {
  const asked = write()
  Object.defineProperty(transaction, 'error', { value: FULL })
  asked.addEventListener('success', () => transaction.abort())
  return asked
}

/** Every connection of this page, to kill it as iOS does to a page in the background. */
function watchConnections() {
  const open = new Set<IDBDatabase>()
  const modes: [string, IDBTransactionMode | undefined, string][] = []
  const original = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')
    ?.value as IDBDatabase['transaction']
  const spy = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...all) {
    open.add(this)
    const transaction = original.apply(this, all)
    modes.push([this.name, transaction.mode, transaction.durability])
    return transaction
  })
  onTestFinished(() => spy.mockRestore())
  return { open, modes }
}

describe('storage', () => {
  it('is told to be durable in every transaction that writes', async () => {
    const { modes } = watchConnections()
    const phone = openPhone()
    await phone.drafts.save('contact', { name: '王' })
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    const writing = modes.filter(([name, mode]) => name === phone.databaseName && mode === 'readwrite')
    expect(writing.length).toBeGreaterThan(3)
    expect(new Set(writing.map(([, , durability]) => durability))).toEqual(new Set(['strict']))
  })

  it.each([
    ['at once', 'add', fullAtOnce],
    ['at the end', 'delete', fullAtCommit],
  ] as const)(
    'that says %s that it is full fails the submission, typed; draft and queue stay as they were',
    async (_when, method, fault) => {
      const phone = openPhone()
      await phone.drafts.save('contact', { name: '王小明' })
      const repair = failingDisk(method, fault)
      const failed = await phone.outbox.submit(request).catch((error: unknown) => error)
      expect(failed).toBeInstanceOf(StorageFailedError)
      expect(failed).toMatchObject({ reason: 'full' })
      repair()
      expect(await rawRows(phone.databaseName, 'entries')).toEqual([])
      expect((await phone.drafts.load('contact'))?.values).toEqual({ name: '王小明' })
      const id = await phone.outbox.submit(request)
      await untilState(phone, id, 'delivered')
    },
  )

  it('that is full makes room as long as anything goes, and then says so', async () => {
    let repair = () => {}
    let left = 2
    const asked: number[] = []
    const phone = openPhone({
      makeRoom: () => {
        asked.push(left)
        if (left === 5) repair()
        return left-- > 0 ? Promise.resolve(true) : Promise.reject(new Error('nothing to drop'))
      },
    })
    await phone.drafts.save('contact', { name: '王小明' })
    repair = failingDisk('add', fullAtOnce)
    await expect(phone.outbox.submit(request)).rejects.toMatchObject({ reason: 'full' })
    expect(asked).toEqual([2, 1, 0])
    left = 7
    const id = await phone.outbox.submit(request)
    expect(asked.slice(3)).toEqual([7, 6, 5])
    await untilState(phone, id, 'delivered')
  })

  it('that refuses once, as Chromium does before it has measured anew, drops nothing', async () => {
    let asked = 0
    const phone = openPhone({ makeRoom: () => Promise.resolve(++asked < 3) })
    const repair = failingDisk('add', () => {
      repair()
      throw FULL
    })
    const id = await phone.outbox.submit(request)
    expect(asked).toBe(0)
    await untilState(phone, id, 'delivered')
  })

  it('that is full makes room once for works that find it so together', async () => {
    const asked: string[] = []
    let repair = () => {}
    const phone = openPhone({
      makeRoom: () => {
        asked.push('room')
        repair()
        return new Promise((resolve) => setTimeout(() => resolve(true)))
      },
    })
    repair = failingDisk('put', fullAtOnce)
    await Promise.all(['contact', 'settlement'].map((form) => phone.drafts.save(form, { name: '王小明' })))
    expect(asked).toEqual(['room'])
  })

  it('that is full makes no room for a choice of what is wanted, which can be made again', async () => {
    let asked = 0
    const phone = openPhone({ makeRoom: () => Promise.resolve(++asked > 0) })
    const full = { name: 'StorageFailedError', reason: 'full' }
    let repair = failingDisk('add', fullAtOnce)
    await expect(phone.wish.takeOver({ depth: 'titles', pause: 'auto' })).rejects.toMatchObject(full)
    repair()
    const less = await phone.wish.choose({ depth: 'titles' })
    repair = failingDisk('put', fullAtOnce)
    await expect(phone.wish.choose({ pause: 'paused' })).rejects.toMatchObject(full)
    await expect(phone.wish.tidied(less)).rejects.toMatchObject(full)
    repair()
    expect(asked).toBe(0)
    expect(await until(phone.wish.live(), () => true)).toEqual(less)
  })

  it.each<[what: string, method: 'put' | 'getAll', fault: () => never]>([
    ['is full', 'put', fullAtOnce],
    [
      'cannot even be read',
      'getAll',
      () => {
        throw new DOMException('Internal error', 'UnknownError')
      },
    ],
  ])('that %s when something is due is tried again by time alone', async (_what, method, fault) => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const stop = phone.outbox.start()
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    await expect.poll(() => phone.time.waits).toEqual([1000])
    const repair = failingDisk(method, fault)
    phone.server.weather = undefined
    phone.time.pass(1000)
    await expect.poll(() => phone.time.waits).toEqual([AFTER_FAILURE])
    expect(phone.errors[0]).toMatchObject({ name: 'StorageFailedError' })
    repair()
    phone.time.pass(AFTER_FAILURE)
    await untilState(phone, id, 'delivered')
    stop()
  })

  it('that is full while typing says so', async () => {
    const phone = openPhone()
    failingDisk('put', fullAtCommit)
    await expect(phone.drafts.save('contact', {})).rejects.toMatchObject({ name: 'StorageFailedError', reason: 'full' })
  })

  it('that cannot be opened makes submitting fail with a typed error', async () => {
    const spy = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    onTestFinished(() => spy.mockRestore())
    const phone = openPhone({ databaseName: freshName() })
    await expect(phone.outbox.submit(request)).rejects.toMatchObject({
      name: 'StorageFailedError',
      reason: 'unavailable',
    })
  })

  it('whose connection was killed is opened again: submitting, sending and watching go on', async () => {
    const { open } = watchConnections()
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const lists: OutboxEntry[][] = []
    const end = phone.outbox.entries().subscribe(
      (entries) => lists.push(entries),
      (error) => phone.errors.push(error),
    )
    const first = await phone.outbox.submit(request)
    await untilWaiting(phone, first)
    for (const connection of open) connection.close()
    phone.server.weather = undefined
    const second = await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '又' } })
    for (const connection of open) connection.close()
    expect(await phone.outbox.sendNow()).toBe(0)
    await untilState(phone, first, 'delivered')
    await untilState(phone, second, 'delivered')
    await expect.poll(() => lists.at(-1)?.map((entry) => entry.state)).toEqual(['delivered', 'delivered'])
    expect(phone.errors).toEqual([])
    end()
  })

  it('that answers "connection lost" once, as iOS does, is asked once more', async () => {
    const phone = openPhone()
    await phone.drafts.save('contact', {})
    const repair = failingDisk('add', () => {
      repair()
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
    })
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    expect(phone.server.rows.size).toBe(1)
  })

  it('that loses the connection under somebody who watches is opened again for them', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    const repair = failingDisk('getAll', () => {
      repair()
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
    })
    expect(await until(phone.outbox.entries(), () => true)).toHaveLength(1)
  })

  it('that aborts what somebody who watches is reading is asked again for them', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    const repair = failingDisk('getAll', () => {
      repair()
      throw new DOMException('The transaction was aborted', 'AbortError')
    })
    expect(await until(phone.outbox.entries(), () => true)).toHaveLength(1)
  })

  it('that fails for good tells those who watch', async () => {
    const phone = openPhone()
    failingDisk('getAll', () => {
      throw new DOMException('Internal error', 'UnknownError')
    })
    await expect(until(phone.outbox.entries(), () => true)).rejects.toMatchObject({ name: 'StorageFailedError' })
  })

  it('makes way for a newer release in another tab, and is used again afterwards', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    const now = (await indexedDB.databases()).find(({ name }) => name === phone.databaseName)?.version
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(phone.databaseName, now! + 10)
      opening.onblocked = () => reject(new Error('blocked'))
      opening.onerror = () => reject(new Error('failed'))
      opening.onsuccess = () => resolve(opening.result)
    })
    newer.close()
    phone.server.weather = undefined
    expect(await phone.outbox.sendNow()).toBe(0)
    expect((await untilState(phone, id, 'delivered')).receipt).toBeDefined()
  })

  it('keeps a request that this version cannot read, shows it, and exports it', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    const strange = {
      id: 'from-the-future',
      state: 'teleported',
      createdAt: 5,
      body: new TextEncoder().encode('{"name":"李"}'),
    }
    await putRaw(phone.databaseName, 'entries', strange)
    await phone.outbox.sendNow()
    const list = await until(phone.outbox.entries(), (entries) => entries.length === 2)
    expect(list[0]).toMatchObject({ id: 'from-the-future', state: 'refused' })
    expect(list[0]?.unreadable).toContain('teleported')
    expect(await exported(phone)).toContain('{\\"name\\":\\"李\\"}')
    expect((await phone.inventory()).unreadable).toBe(1)
    expect(await rawRows(phone.databaseName, 'entries')).toContainEqual(strange)
  })

  it('keeps fields that a newer version wrote beside ours', async () => {
    const phone = openPhone()
    phone.server.faults = [lostOnTheWay]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    const [row] = await rawRows(phone.databaseName, 'entries')
    await putRaw(phone.databaseName, 'entries', { ...row, photos: ['a'] })
    await phone.outbox.sendNow()
    await untilState(phone, id, 'delivered')
    expect((await rawRows(phone.databaseName, 'entries'))[0]).toMatchObject({ photos: ['a'], state: 'delivered' })
  })
})
