import './seeded.mjs'
import { messageOf, numberIn, tell, withWorker } from './message.mjs'

/*
 * The page knows nothing of the queue, as in Workbox's documentation: it sends, and is told by its own fetch how that went.
 * It sends an idempotency key, which the documentation does not ask for: what that is worth is counted apart.
 */
async function submit(nr) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
  try {
    const response = await fetch('/api/messages', { method: 'POST', headers, body: JSON.stringify(messageOf(nr)) })
    tell(nr, response.ok ? 'delivered' : 'refused')
  } catch {
    // The queue has it before the fetch fails.
    tell(nr, 'waiting')
  }
}

/** Reads Workbox's own database: its queue is asked from a worker only. */
function queued() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('workbox-background-sync')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      if (!database.objectStoreNames.contains('requests')) {
        database.close()
        if (database.version === 1) indexedDB.deleteDatabase('workbox-background-sync')
        return resolve([])
      }
      const rows = database.transaction('requests').objectStore('requests').getAll()
      rows.onerror = () => reject(rows.error)
      rows.onsuccess = () => {
        database.close()
        resolve(rows.result)
      }
    }
  })
}

globalThis.bench = {
  submit,
  async kept() {
    const rows = await queued()
    const waiting = rows.map(({ requestData }) => numberIn(new TextDecoder().decode(requestData.body)))
    return { waiting, toCorrect: [] }
  },
}

await withWorker()
globalThis.benchReady = true
