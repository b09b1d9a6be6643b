import { openReplica } from '#replica/replica.ts'

/** A worker that syncs from files it is handed, and tells of every write before it makes it, so that it can be killed at any. */
const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') as { value: IDBObjectStore['put'] }
IDBObjectStore.prototype.put = function (...args) {
  postMessage('write')
  return put.value.apply(this, args)
}

addEventListener('message', (event: MessageEvent<{ databaseName: string; files: Record<string, string> }>) => {
  const { databaseName, files } = event.data
  const fetch = (url: string) => Promise.resolve(new Response(files[url.replace(/\?.*$/, '')] ?? '', { status: 200 }))
  void openReplica({ databaseName, fetch })
    .sync()
    .then(() => postMessage('done'))
})
