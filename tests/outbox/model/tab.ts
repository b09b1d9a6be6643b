import { Dexie } from 'dexie'
import { sendWaiting } from '#outbox/background.ts'
import { type Mine, openMine } from '#outbox/mine.ts'
import type { OutboxOptions } from '#outbox/outbox.ts'
import type { Locks } from '#outbox/platform.ts'
import type { Text } from './content.ts'
import { Life } from '../../support/life.ts'
import type { ModelLocks } from './model-locks.ts'
import type { ModelTime } from './model-time.ts'
import type { Network } from './network.ts'
import { TabStorage } from '../../support/tab-storage.ts'

/** How tabs keep out of each other's way: Web Locks, the lease in their place, or nothing that works. */
export type LockKind = 'locks' | 'lease' | 'none'

/** What the tabs of one phone share. */
export interface PhoneParts {
  databaseName: string
  network: Network
  time: ModelTime
  locks: ModelLocks
  lockKind: LockKind
  random: () => number
  onError: (error: unknown) => void
}

/** A form as a tab shows it. */
export interface Form {
  text: Text
  /** The person pressed 提交 and it is stored: what is typed next is typed into the form opened anew. */
  isSubmitted: boolean
}

const USELESS: Locks = { request: (_name, _options, work) => work() }

/** One tab, or the worker: a connection, a network and timers of its own, which end with it. */
export class Tab {
  readonly life = new Life()
  readonly storage: TabStorage
  readonly forms = new Map<string, Promise<Form>>()
  /** A frozen tab keeps its lock. */
  isFrozen = false
  private readonly contacts = new Set<() => void>()
  private readonly options: OutboxOptions

  constructor(
    readonly number: number,
    private readonly phone: PhoneParts,
  ) {
    const { life } = this
    const { databaseName, network, time, random } = phone
    this.storage = new TabStorage(Dexie.dependencies.indexedDB, life)
    this.options = {
      databaseName,
      fetch: network.of(life),
      now: time.now,
      random,
      randomBytes: (length) => Uint8Array.from({ length }, () => Math.floor(random() * 256)),
      setTimer: (run, ms) =>
        time.setTimer(() => {
          if (life.step()) run()
        }, ms),
      isOnline: () => network.isOnline,
      onContact: (run) => {
        this.contacts.add(run)
        return () => this.contacts.delete(run)
      },
      onError: (error) => {
        if (life.alive) phone.onError(error)
      },
      locks: this.locks(),
      marker: undefined,
      requestSync: () => Promise.resolve(),
      requestPersistence: () => Promise.resolve(),
    }
  }

  open(): Mine {
    return this.withStorage(() => openMine(this.options))
  }

  /** As the worker, woken by Background Sync. */
  sendWaiting(): Promise<number> {
    return this.withStorage(() => sendWaiting(this.options))
  }

  contact(): void {
    for (const run of [...this.contacts]) run()
  }

  crash(isFrozen: boolean): void {
    this.isFrozen = isFrozen
    this.life.die()
  }

  private locks(): Locks | undefined {
    const { locks, lockKind } = this.phone
    if (lockKind === 'none') return USELESS
    return lockKind === 'lease' ? undefined : locks.of(this.life, () => this.isFrozen)
  }

  /** Dexie takes the factory that is set at the moment when a database is made. */
  private withStorage<T>(make: () => T): T {
    const { dependencies } = Dexie
    const real = dependencies.indexedDB
    dependencies.indexedDB = this.storage.factory
    try {
      return make()
    } finally {
      dependencies.indexedDB = real
    }
  }
}
