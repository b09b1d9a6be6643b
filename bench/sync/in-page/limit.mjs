/** One fetch and one write: nothing that brings the same bytes can do less. */

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open('bench', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('records', { keyPath: 'id' })
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

async function take(path) {
  const text = await (await fetch(path)).text()
  const { put, withdraw } = JSON.parse(text)
  const database = await opened
  await new Promise((resolve, reject) => {
    const transaction = database.transaction('records', 'readwrite')
    const records = transaction.objectStore('records')
    for (const record of put) records.put(record)
    for (const id of withdraw) records.delete(id)
    transaction.oncomplete = resolve
    transaction.onerror = () => reject(transaction.error)
  })
}

globalThis.bench = { fill: () => take('/all'), change: () => take('/day') }
globalThis.benchReady = true
