/** What a dead tab is given instead of storage: takes everything and answers nothing. */
export function silentRequest(): IDBOpenDBRequest {
  return Object.assign(new EventTarget(), { readyState: 'pending' }) as unknown as IDBOpenDBRequest
}

export function silentTransaction(): IDBTransaction {
  const ask = () => silentRequest()
  const source = {
    add: ask,
    put: ask,
    delete: ask,
    clear: ask,
    get: ask,
    getKey: ask,
    getAll: ask,
    getAllKeys: ask,
    count: ask,
    openCursor: ask,
    openKeyCursor: ask,
    index: () => source,
  }
  const nothing = () => undefined
  return Object.assign(new EventTarget(), {
    error: null,
    objectStore: () => source,
    abort: nothing,
    commit: nothing,
  }) as unknown as IDBTransaction
}
