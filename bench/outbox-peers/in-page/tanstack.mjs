import './seeded.mjs'
import { createCollection, localOnlyCollectionOptions } from '@tanstack/db'
import { NonRetriableError, startOfflineExecutor } from '@tanstack/offline-transactions'
import { messageOf, numberIn, tell } from './message.mjs'

const messages = createCollection(localOnlyCollectionOptions({ id: 'messages', getKey: ({ id }) => id }))

/** As in the package's guide: the key in a header, 422 is for good, any other failure is tried again. */
async function saveMessage({ transaction, idempotencyKey }) {
  const response = await fetch('/api/messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
    body: JSON.stringify(transaction.mutations[0].modified),
  })
  if (response.status === 422) throw new NonRetriableError('The server rejected this message')
  if (!response.ok) throw new Error('Could not save the message')
}

const executor = startOfflineExecutor({ collections: { messages }, mutationFns: { saveMessage } })
await executor.waitForInit()
const add = executor.createOfflineAction({
  mutationFnName: 'saveMessage',
  onMutate: (message) => messages.insert(message),
})

/** When the person sees the new row, which is what a page shows at once. */
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(resolve)
    setTimeout(resolve, 50)
  })

globalThis.bench = {
  async submit(nr) {
    let settled = false
    const { promise } = add({ id: crypto.randomUUID(), ...messageOf(nr) }).isPersisted
    promise.then(
      () => tell(nr, 'delivered', (settled = true)),
      () => tell(nr, 'refused', (settled = true)),
    )
    await painted()
    if (!settled) tell(nr, 'waiting')
  },
  async kept() {
    const transactions = await executor.peekOutbox()
    return { waiting: transactions.map(({ mutations }) => numberIn(mutations[0].modified.message)), toCorrect: [] }
  },
}
globalThis.benchReady = true
