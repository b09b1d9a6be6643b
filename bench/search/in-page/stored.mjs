/** A database with one store, for contestants that leave keeping to the app. */
export async function openStored(name) {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore('parts')
  const database = await answer(request)
  return {
    get: (key) => answer(database.transaction('parts').objectStore('parts').get(key)),
    getAll: () => answer(database.transaction('parts').objectStore('parts').getAll()),
    put: (key, value) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction('parts', 'readwrite')
        transaction.objectStore('parts').put(value, key)
        transaction.oncomplete = resolve
        transaction.onabort = () => reject(transaction.error)
      }),
  }
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
