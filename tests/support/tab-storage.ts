import type { Life } from './life.ts'
import { silentRequest, silentTransaction } from './silent-storage.ts'

const READS = ['get', 'getKey', 'getAll', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor']
const WRITES = ['add', 'put', 'delete', 'clear']

type Ask = (...all: unknown[]) => IDBRequest
type Source = IDBObjectStore | IDBIndex

/** IndexedDB as one tab has it: real, until the tab dies, its connection is killed, or the disk fails on purpose. */
export class TabStorage {
  private readonly connections = new Set<IDBDatabase>()
  private readonly transactions = new Set<IDBTransaction>()
  private opening = 0
  /** How the n-th write from now fails. */
  quota: { left: number; when: 'atOnce' | 'atCommit' } | undefined
  /** The next transaction that writes commits, and is told that the connection was lost. */
  commitLost = false
  /** How often a connection was lost. */
  lostConnections = 0
  /** So many times opening fails. */
  refusals = 0

  constructor(
    private readonly real: IDBFactory,
    private readonly life: Life,
  ) {
    life.whenDead(() => this.endAll())
  }

  readonly factory = {
    open: (name: string, version?: number) => this.open(name, version),
    deleteDatabase: (name: string) => this.real.deleteDatabase(name),
    databases: () => this.real.databases(),
    cmp: (a: unknown, b: unknown) => this.real.cmp(a, b),
  }

  get isBusy(): boolean {
    return this.opening > 0 || this.transactions.size > 0
  }

  /** As a browser does to a page in the background. */
  kill(): void {
    this.lostConnections += 1
    const connections = [...this.connections]
    this.endAll(new DOMException('Connection to Indexed Database server lost', 'UnknownError'))
    for (const connection of connections) connection.onclose?.(new Event('close'))
  }

  /** No more faults. */
  calm(): void {
    this.quota = undefined
    this.commitLost = false
    this.refusals = 0
  }

  private endAll(error?: DOMException): void {
    for (const transaction of this.transactions) {
      if (error !== undefined) Object.defineProperty(transaction, 'error', { value: error, configurable: true })
      try {
        transaction.abort()
      } catch {
        // It has ended already, and its last event is on its way.
      }
    }
    if (!this.life.alive) this.transactions.clear()
    for (const connection of this.connections) connection.close()
    this.connections.clear()
  }

  private open(name: string, version?: number): IDBOpenDBRequest {
    if (!this.life.step()) return silentRequest()
    if (this.refusals > 0) {
      this.refusals -= 1
      throw new DOMException('Not allowed here', 'SecurityError')
    }
    const request = version === undefined ? this.real.open(name) : this.real.open(name, version)
    this.opening += 1
    request.addEventListener('upgradeneeded', (event) => {
      if (request.transaction !== null) this.follow(request.transaction)
      if (!this.life.step()) event.stopImmediatePropagation()
    })
    request.addEventListener('success', (event) => {
      this.opening -= 1
      const connection = request.result
      if (!this.life.step()) {
        event.stopImmediatePropagation()
        connection.close()
      } else this.adopt(connection)
    })
    request.addEventListener('error', (event) => {
      this.opening -= 1
      if (!this.life.alive) event.stopImmediatePropagation()
    })
    return request
  }

  private adopt(connection: IDBDatabase): void {
    this.connections.add(connection)
    const begin = connection.transaction.bind(connection)
    connection.transaction = (stores, mode, options) => {
      if (!this.life.step()) return silentTransaction()
      const transaction = begin(stores, mode, options)
      this.follow(transaction)
      const storeOf = transaction.objectStore.bind(transaction)
      const wrapped = new Map<string, IDBObjectStore>()
      transaction.objectStore = (name) => {
        const store = wrapped.get(name) ?? this.wrap(storeOf(name), transaction)
        wrapped.set(name, store)
        return store
      }
      return transaction
    }
  }

  private follow(transaction: IDBTransaction): void {
    this.transactions.add(transaction)
    transaction.addEventListener('complete', () => {
      this.transactions.delete(transaction)
      if (!this.life.step()) silence(transaction)
      else if (this.commitLost && transaction.mode === 'readwrite') {
        this.commitLost = false
        this.lostConnections += 1
        transaction.oncomplete = null
        const error = new DOMException('Connection to Indexed Database server lost', 'UnknownError')
        Object.defineProperty(transaction, 'error', { value: error, configurable: true })
        transaction.onabort?.(new Event('abort'))
      }
    })
    transaction.addEventListener('abort', () => {
      this.transactions.delete(transaction)
      if (!this.life.alive) silence(transaction)
    })
  }

  private wrap<S extends Source>(source: S, transaction: IDBTransaction): S {
    const methods = source as unknown as Record<string, Ask>
    for (const name of [...READS, ...WRITES]) {
      const real = methods[name]
      if (real === undefined) continue
      methods[name] = (...all) => {
        if (!this.life.step()) return silentRequest()
        const full = WRITES.includes(name) && this.isFullNow()
        if (full === 'atOnce') throw new DOMException('full', 'QuotaExceededError')
        const request = real.apply(source, all)
        if (full === 'atCommit') failAtEnd(request, transaction)
        request.addEventListener('success', (event) => {
          if (!this.life.step()) event.stopImmediatePropagation()
        })
        request.addEventListener('error', (event) => {
          if (!this.life.alive) event.stopImmediatePropagation()
        })
        return request
      }
    }
    if ('index' in source) {
      const indexOf = source.index.bind(source)
      const wrapped = new Map<string, IDBIndex>()
      source.index = (name) => {
        const index = wrapped.get(name) ?? this.wrap(indexOf(name), transaction)
        wrapped.set(name, index)
        return index
      }
    }
    return source
  }

  private isFullNow(): 'atOnce' | 'atCommit' | undefined {
    if (this.quota === undefined) return undefined
    if (this.quota.left-- > 0) return undefined
    const { when } = this.quota
    this.quota = undefined
    return when
  }
}

/** Nobody hears any more how it ended. */
function silence(transaction: IDBTransaction): void {
  Object.assign(transaction, { oncomplete: null, onabort: null, onerror: null })
}

/** As Chromium does: the write is taken, and the whole transaction fails when it is to be committed. */
function failAtEnd(request: IDBRequest, transaction: IDBTransaction): void {
  const error = new DOMException('full', 'QuotaExceededError')
  Object.defineProperty(transaction, 'error', { value: error, configurable: true })
  request.addEventListener('success', () => transaction.abort())
}
