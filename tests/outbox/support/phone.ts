import { consentToCurrent } from '#domain/inquiry/notice.ts'
import type { Live } from '#domain/live.ts'
import type { OutboxEntry } from '#outbox/entry.ts'
import { openMine } from '#outbox/mine.ts'
import { browserPlatform, type Locks } from '#outbox/platform.ts'
import type { OutboxOptions } from '#outbox/outbox.ts'
import { SENDER_LOCK } from '#outbox/sender-lock.ts'
import { onTestFinished } from 'vitest'
import { Server } from './server.ts'

/** A clock with its timers that only moves when told. */
export class Time {
  at = Date.parse('2026-03-02T01:00:00Z')
  private timers: { at: number; run: () => void }[] = []

  readonly now = () => this.at
  readonly setTimer = (run: () => void, ms: number) => {
    const timer = { at: this.at + ms, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  pass(ms: number): void {
    this.at += ms
    const due = this.timers.filter((timer) => timer.at <= this.at)
    this.timers = this.timers.filter((timer) => timer.at > this.at)
    for (const timer of due) timer.run()
  }

  /** Runs every timer before its time, as browsers may by a moment. */
  runEarly(): void {
    const all = this.timers
    this.timers = []
    for (const timer of all) timer.run()
  }

  /** Times of the running timers, in ms from now. */
  get waits(): number[] {
    return this.timers.map((timer) => timer.at - this.at).sort((a, b) => a - b)
  }
}

let count = 0

/** Name of a database of its own. */
export function freshName(): string {
  count += 1
  const name = `luodi-mine-test-${Date.now()}-${count}`
  onTestFinished(async () => {
    indexedDB.deleteDatabase(name)
    ;(await bucket()).deleteDatabase(`${name}-copy`)
  })
  return name
}

/** Where the copies lie. */
export const bucket = browserPlatform().bucket!

/** As a browser does that finds the files of the database damaged, or wants its room back. */
export function drop(databaseName: string, from: IDBFactory = indexedDB): Promise<void> {
  return new Promise((resolve, reject) => {
    const dropping = from.deleteDatabase(databaseName)
    dropping.onsuccess = () => resolve()
    dropping.onerror = () => reject(new Error(`${databaseName} could not be dropped`))
  })
}

/** A phone: storage, clock, network. Several tabs of one phone share a name, and may share server and time. */
export function openPhone(options: OutboxOptions & { server?: Server; time?: Time } = {}) {
  const { server = new Server(), time = new Time(), ...rest } = options
  const contacts = new Set<() => void>()
  const errors: unknown[] = []
  const databaseName = options.databaseName ?? freshName()
  const mine = openMine({
    fetch: server.fetch,
    now: time.now,
    setTimer: time.setTimer,
    random: () => 0.5,
    isOnline: () => true,
    onContact(run) {
      contacts.add(run)
      return () => contacts.delete(run)
    },
    onError: (error) => errors.push(error),
    locks: undefined,
    ...rest,
    databaseName,
  })
  onTestFinished(() => mine.close())
  return {
    ...mine,
    mine,
    server,
    time,
    errors,
    databaseName,
    contact: () => contacts.forEach((run) => run()),
  }
}
export type Phone = ReturnType<typeof openPhone>

/** Another tab of the same phone. */
export function tabOf(phone: Phone, locks?: Locks): Phone {
  return openPhone({ databaseName: phone.databaseName, server: phone.server, time: phone.time, locks })
}

export const request = {
  type: 'contact' as const,
  fields: { name: '王小明', phone: '13800138000', message: '想看厂房' },
  consent: consentToCurrent(['答复咨询'], '2026-03-02T01:00:00Z'),
  draftKey: 'contact',
  shown: {},
}

/** Waits until a live value fulfils a condition; it is asked of every value, the present one first. */
export function until<T>(source: Live<T>, condition: (value: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = source.subscribe((value) => {
      if (!condition(value)) return
      queueMicrotask(() => end())
      resolve(value)
    }, reject)
  })
}

export async function entryOf(phone: Pick<Phone, 'outbox'>, id: string): Promise<OutboxEntry | undefined> {
  return until(phone.outbox.entry(id), () => true)
}

/** The text of the file that 导出未发送 writes. */
export async function exported(phone: Pick<Phone, 'exportUnsent'>): Promise<string> {
  return (await phone.exportUnsent()).text()
}

/** Waits until a request is in a state. */
export async function untilState(
  phone: Pick<Phone, 'outbox'>,
  id: string,
  state: OutboxEntry['state'],
): Promise<OutboxEntry> {
  const entry = await until(phone.outbox.entry(id), (value) => value?.state === state)
  if (entry === undefined) throw new Error(`${id} is gone`)
  return entry
}

/** Waits until a request waits again after an attempt. */
export async function untilWaiting(phone: Pick<Phone, 'outbox'>, id: string, attempts = 1): Promise<OutboxEntry> {
  const entry = await until(phone.outbox.entry(id), (value) => value?.state === 'unsent' && value.attempts >= attempts)
  if (entry === undefined) throw new Error(`${id} is gone`)
  return entry
}

/** The rows as they lie on disk, past all of our code. */
export async function rawRows(databaseName: string, store: string): Promise<Record<string, unknown>[]> {
  return withDatabase(databaseName, store, 'readonly', (table) => table.getAll()) as Promise<Record<string, unknown>[]>
}

/** Who holds the lease of the sender. */
export async function sendersOf({ databaseName }: Phone): Promise<unknown[]> {
  const leases = await rawRows(databaseName, 'leases')
  return leases.filter(({ name }) => name === SENDER_LOCK).map(({ owner }) => owner)
}

/** Writes a row past all of our code. */
export async function putRaw(databaseName: string, store: string, row: unknown): Promise<void> {
  await withDatabase(databaseName, store, 'readwrite', (table) => table.put(row))
}

function withDatabase(
  name: string,
  store: string,
  mode: IDBTransactionMode,
  work: (table: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(new Error(`Cannot open ${name}`))
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(store, mode)
      const asked = work(transaction.objectStore(store))
      transaction.oncomplete = () => {
        opening.result.close()
        resolve(asked.result)
      }
      transaction.onabort = () => reject(new Error('aborted'))
    }
  })
}
