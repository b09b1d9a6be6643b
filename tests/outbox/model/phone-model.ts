import { isPending } from '#outbox/backoff.ts'
import { MineDatabase } from '#outbox/database.ts'
import { AttachmentError, EntryBusyError, StorageFailedError } from '#outbox/errors.ts'
import type { Mine } from '#outbox/mine.ts'
import { Ledger } from './ledger.ts'
import { ModelLocks } from './model-locks.ts'
import { ModelServer } from './model-server.ts'
import { ModelTime } from './model-time.ts'
import { Network } from './network.ts'
import { untilQuiet } from './quiet.ts'
import { readSnapshot, type Snapshot } from './snapshot.ts'
import type { Statistics } from './statistics.ts'
import { type LockKind, type PhoneParts, Tab } from './tab.ts'

let count = 0

interface Work {
  tab: Tab
  name: string
  /** Nothing but storage stands in its way, so that it ends by itself. */
  isLocal: boolean
}

/** One phone with up to three tabs and a worker, its server, and the person who uses it. */
export class PhoneModel {
  readonly ledger = new Ledger()
  readonly server = new ModelServer()
  readonly time = new ModelTime()
  readonly network: Network
  readonly tabs: { tab: Tab; mine: Mine; stop: () => void }[] = []
  snapshot: Snapshot = { entries: [], drafts: [], attachments: [], digests: new Set() }
  /** Until the disk fails for the first time, nothing may fail for it. */
  isDiskFine = true
  private readonly ended: (() => void)[] = []
  private readonly everyTab: Tab[] = []
  private readonly working = new Set<Work>()
  private readonly parts: PhoneParts
  private readonly oracle: MineDatabase
  private texts = 0

  constructor(
    lockKind: LockKind,
    seed: number,
    readonly statistics: Statistics,
  ) {
    count += 1
    const databaseName = `luodi-model-${Date.now()}-${count}`
    this.network = new Network(this.server, this.time, (kind) => {
      if (kind !== 'fine') statistics.met(kind)
    })
    this.parts = {
      databaseName,
      network: this.network,
      time: this.time,
      locks: new ModelLocks(),
      lockKind,
      random: dice(seed),
      onError: (error) => this.failed('by itself', error),
    }
    this.oracle = new MineDatabase(databaseName)
  }

  /** Opens a tab unless it is open. */
  open(number: number): void {
    if (this.tabs[number]?.tab.life.alive === true) return
    const tab = new Tab(number, this.parts)
    this.everyTab.push(tab)
    const mine = tab.open()
    const stop = mine.outbox.start()
    this.tabs[number] = { tab, mine, stop }
    this.ended.push(() => {
      stop()
      mine.close()
    })
  }

  /** Wakes the worker. */
  wake(crashIn: number): void {
    const tab = new Tab(3, this.parts)
    this.everyTab.push(tab)
    if (crashIn < 100) tab.life.plan(crashIn, () => this.crash(tab, false))
    this.work(tab, 'sendWaiting', tab.sendWaiting(), false)
  }

  crash(tab: Tab, isFrozen: boolean): void {
    if (!tab.life.alive) return
    this.statistics.crashes += 1
    tab.crash(isFrozen)
  }

  nextText(): number {
    this.texts += 1
    return this.texts
  }

  /** Follows a piece of work; what it may fail with is a failure of the disk, once the disk has failed. */
  work(tab: Tab, name: string, promise: Promise<unknown>, isLocal = true): void {
    const one = { tab, name, isLocal }
    this.working.add(one)
    promise
      .catch((error: unknown) => {
        if (tab.life.alive) this.failed(name, error)
      })
      .finally(() => this.working.delete(one))
  }

  /** Until nothing moves any more but by time. */
  async quiet(): Promise<void> {
    const isBusy = () =>
      this.network.busy > 0 ||
      this.everyTab.some(({ life, storage }) => life.alive && storage.isBusy) ||
      [...this.working].some(({ tab, isLocal }) => isLocal && tab.life.alive)
    await untilQuiet(isBusy, () => this.unfinished().join(', '))
  }

  /** Names of what has begun in living tabs and has not ended. */
  unfinished(): string[] {
    return [...this.working].filter(({ tab }) => tab.life.alive).map(({ tab, name }) => `${name} in ${tab.number}`)
  }

  /** Whether nothing waits on the phone any more, as far as was looked. */
  isSettled(): boolean {
    return !this.snapshot.entries.some(isPending)
  }

  /** Reads what lies on the disk, past everything that can fail. */
  look(): Promise<Snapshot> {
    return readSnapshot(this.oracle)
  }

  /** All faults end; what is planned does not happen. */
  clear(): void {
    this.network.queue = []
    this.network.weather = { kind: 'fine' }
    for (const { life, storage } of this.everyTab) {
      life.calm()
      storage.calm()
    }
  }

  async end(): Promise<void> {
    for (const run of this.ended) run()
    for (const tab of this.everyTab) tab.life.die()
    await this.oracle.delete()
  }

  private failed(name: string, error: unknown): void {
    if (error instanceof AttachmentError || error instanceof EntryBusyError) return
    if (error instanceof StorageFailedError && !this.isDiskFine) return
    this.ledger.failures.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}

/** The same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
