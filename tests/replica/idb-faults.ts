/** Lets the phone's database fail on purpose. Each function returns what puts it right again. */

/** Every write after the first `allowed` fails. */
export function failWrites(errorName: string, allowed = 0): () => void {
  const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') as { value: IDBObjectStore['put'] }
  let left = allowed
  IDBObjectStore.prototype.put = function (...args) {
    if (left-- <= 0) throw new DOMException('No more room', errorName)
    return real.value.apply(this, args)
  }
  return () => Object.defineProperty(IDBObjectStore.prototype, 'put', real)
}

/** Each write to a table takes so long, ms, as on a slow phone. */
export function slowWrites(table: string, ms: number): () => void {
  const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') as { value: IDBObjectStore['put'] }
  IDBObjectStore.prototype.put = function (...args) {
    const end = performance.now() + (this.name === table ? ms : 0)
    while (performance.now() < end);
    return real.value.apply(this, args)
  }
  return () => Object.defineProperty(IDBObjectStore.prototype, 'put', real)
}

/**
 * A table has room for so many rows, or texts: a row of several counts as many.
 * @param held how many each row holds now, by its number
 * @param refuses whether a write beyond that is refused; every one is unless given
 */
export function holdAtMost(
  table: string,
  most: number,
  held: [number, number][] = [],
  refuses: (weight: number) => boolean = () => true,
): () => void {
  const real = {
    put: Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') as { value: IDBObjectStore['put'] },
    add: Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'add') as { value: IDBObjectStore['add'] },
    delete: Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'delete') as { value: IDBObjectStore['delete'] },
  }
  const weights = new Map<unknown, number>(held)
  let count = held.reduce((sum, [, weight]) => sum + weight, 0)
  const weigh = (key: unknown, weight: number) => {
    count += weight - (weights.get(key) ?? 0)
    weights.set(key, weight)
  }
  for (const name of ['put', 'add'] as const) {
    IDBObjectStore.prototype[name] = function (...args) {
      if (this.name === table) {
        const value = args[0] as { id?: string; n?: number; from?: string; lengths?: number[] }
        const key = value.n ?? value.id ?? value.from
        const weight = value.lengths?.length ?? 1
        const isTooMuch = count - (weights.get(key) ?? 0) + weight > most
        if (isTooMuch && refuses(weight)) throw new DOMException('No more room', 'QuotaExceededError')
        weigh(key, weight)
      }
      return real[name].value.apply(this, args)
    }
  }
  IDBObjectStore.prototype.delete = function (key) {
    if (this.name === table) weigh(key, 0)
    return real.delete.value.call(this, key)
  }
  return () => Object.defineProperties(IDBObjectStore.prototype, real)
}

/** As a full Chromium does: a transaction that writes anything is refused when it is to be committed, one that only deletes is not. */
export function refuseWhatWrites(): () => void {
  const reals = (['put', 'add'] as const).map(
    (name) => [name, Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name)!] as const,
  )
  for (const [name, real] of reals) {
    const write = real.value as IDBObjectStore['put']
    IDBObjectStore.prototype[name] = function (...args) {
      const { transaction } = this
      const error = new DOMException('No more room', 'QuotaExceededError')
      Object.defineProperty(transaction, 'error', { value: error, configurable: true })
      const request = write.apply(this, args)
      request.addEventListener('success', () => transaction.abort())
      return request
    }
  }
  return () => reals.forEach(([name, real]) => Object.defineProperty(IDBObjectStore.prototype, name, real))
}

/** What the platform says of what is stored: nothing where it is empty. */
export function tellStored(estimate: StorageEstimate): () => void {
  const real = Object.getOwnPropertyDescriptor(StorageManager.prototype, 'estimate')!
  StorageManager.prototype.estimate = () => Promise.resolve(estimate)
  return () => Object.defineProperty(StorageManager.prototype, 'estimate', real)
}

/** The platform says that there is no room, until texts have made way. */
export function fullUntilTextsGo(): () => void {
  const estimate = Object.getOwnPropertyDescriptor(StorageManager.prototype, 'estimate')!
  const drop = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'delete') as {
    value: IDBObjectStore['delete']
  }
  let isFull = true
  StorageManager.prototype.estimate = () =>
    Promise.resolve({ usage: isFull ? 99_000_000 : 1_000_000, quota: 100_000_001 })
  IDBObjectStore.prototype.delete = function (key) {
    if (this.name === 'texts') isFull = false
    return drop.value.call(this, key)
  }
  return () => {
    Object.defineProperty(StorageManager.prototype, 'estimate', estimate)
    Object.defineProperty(IDBObjectStore.prototype, 'delete', drop)
  }
}

/** The database cannot be opened: private windows, blocked storage. */
export function refuseDatabases(): () => void {
  return replaceOpen(() => {
    throw new DOMException('Not allowed here', 'SecurityError')
  })
}

/** Opening never answers, as seen on iOS. */
export function silenceDatabases(): () => void {
  return replaceOpen(() => new EventTarget() as IDBOpenDBRequest)
}

/** Remembers open connections, so that they can be killed as a browser kills them. */
export function watchConnections(): { kill(): void; stop(): void } {
  const open = new Set<IDBDatabase>()
  const stop = replaceOpen((real, factory, args) => {
    const request = real.apply(factory, args)
    request.addEventListener('success', () => open.add(request.result))
    return request
  })
  const kill = () => {
    for (const connection of open) {
      connection.close()
      connection.dispatchEvent(new Event('close'))
    }
    open.clear()
  }
  return { kill, stop }
}

/** As the browser does when it wants its room back. */
export function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error ?? new Error('could not drop the database'))
  })
}

type Open = IDBFactory['open']

function replaceOpen(open: (real: Open, factory: IDBFactory, args: Parameters<Open>) => IDBOpenDBRequest): () => void {
  const real = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open') as { value: Open }
  IDBFactory.prototype.open = function (...args) {
    return open(real.value, this, args)
  }
  return () => Object.defineProperty(IDBFactory.prototype, 'open', real)
}
