import { type IndexChange, SearchIndex } from '#replica/search/search-index.ts'

/** A worker that changes an index step by step, and tells of every write before it makes it, so that it can be killed at any. */
for (const name of ['put', 'delete'] as const) {
  const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name) as {
    value: (...args: unknown[]) => IDBRequest
  }
  Object.defineProperty(IDBObjectStore.prototype, name, {
    ...real,
    value(this: IDBObjectStore, ...args: unknown[]) {
      postMessage('write')
      return real.value.apply(this, args)
    },
  })
}

addEventListener('message', ({ data }: MessageEvent<{ name: string; changes: IndexChange[] }>) => {
  void (async () => {
    const index = new SearchIndex(data.name)
    for (const change of data.changes) {
      await index.update(change)
      postMessage('done')
      while (await index.tidy());
    }
    postMessage('end')
  })()
})
