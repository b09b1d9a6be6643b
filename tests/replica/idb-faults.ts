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

/**
 * A table has room for so many rows.
 * @param held how many it holds now
 * @param refuses whether a write beyond that is refused; every one is unless given
 */
export function holdAtMost(table: string, rows: number, held = 0, refuses = () => true): () => void {
  const real = (name: 'put' | 'delete') => Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name)
  const put = real('put') as { value: IDBObjectStore['put'] }
  const drop = real('delete') as { value: IDBObjectStore['delete'] }
  let count = held
  IDBObjectStore.prototype.put = function (...args) {
    if (this.name === table && count >= rows && refuses()) throw new DOMException('No more room', 'QuotaExceededError')
    if (this.name === table) count += 1
    return put.value.apply(this, args)
  }
  IDBObjectStore.prototype.delete = function (...args) {
    if (this.name === table) count -= 1
    return drop.value.apply(this, args)
  }
  return () => Object.defineProperties(IDBObjectStore.prototype, { put, delete: drop })
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
