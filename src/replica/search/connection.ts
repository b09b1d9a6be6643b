import { answer, SEARCH_DATABASE, SearchTransaction, STORES } from './database.ts'

/** Another number than what is stored: everything in it is dropped and made anew. */
const SCHEMA = 6

/**
 * Opens the database, or drops one that another release left and makes it anew.
 * @param lost is called once this connection is no more: the browser closed it, or somebody drops the database
 */
async function openSearchDatabase(name: string, lost: () => void): Promise<IDBDatabase> {
  try {
    return await opened(name, lost)
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'VersionError')) throw error
    await dropSearchDatabase(name)
    return opened(name, lost)
  }
}

async function opened(name: string, lost: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, SCHEMA)
  request.onupgradeneeded = () => {
    const database = request.result
    for (const store of database.objectStoreNames) database.deleteObjectStore(store)
    for (const store of STORES) database.createObjectStore(store, store === 'pending' ? { keyPath: 'id' } : {})
  }
  const database = await answer(request)
  database.onclose = lost
  database.onversionchange = () => {
    database.close()
    lost()
  }
  return database
}

/** Drops the index; who searches makes it anew. */
export async function dropSearchDatabase(name: string = SEARCH_DATABASE): Promise<void> {
  await answer(indexedDB.deleteDatabase(name))
}

/** A connection that is opened with its first use, and again after it was lost. */
export class Connection {
  #name: string
  #lost: () => void
  #database: Promise<IDBDatabase> | undefined

  /** @param lost is called when what was read through it may be of a database that is no more */
  constructor(name: string, lost: () => void) {
    this.#name = name
    this.#lost = lost
  }

  /** Runs a task in a transaction; what it gives is given once everything it wrote is stored. */
  async transact<T>(mode: 'readonly' | 'readwrite', task: (transaction: SearchTransaction) => Promise<T>): Promise<T> {
    this.#database ??= openSearchDatabase(this.#name, () => {
      this.#database = undefined
      this.#lost()
    })
    const opening = this.#database
    const database = await opening.catch((error: unknown) => {
      this.#database = undefined
      throw error
    })
    return transact(database, mode, task)
  }

  close(): void {
    void this.#database?.then((database) => database.close())
    this.#database = undefined
  }
}

async function transact<T>(
  database: IDBDatabase,
  mode: 'readonly' | 'readwrite',
  task: (transaction: SearchTransaction) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(STORES, mode)
  const ended = mode === 'readwrite' ? endOf(transaction) : undefined
  try {
    const result = await task(new SearchTransaction(transaction))
    await ended
    return result
  } catch (error) {
    ended?.catch(() => undefined)
    try {
      transaction.abort()
    } catch {
      // It has ended already.
    }
    throw error
  }
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('The transaction was aborted', 'AbortError'))
  })
}
