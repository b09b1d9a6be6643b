import { openMine } from '#outbox/mine.ts'
import type { InquiryRequest } from '#outbox/submit.ts'

/** What the page hands over: where to store, the files of the draft, and what to submit. */
export interface Doom {
  databaseName: string
  request: InquiryRequest
  file: { name: string; data: Uint8Array<ArrayBuffer> }
}

/** What the page answers to a request that passed through it. */
export interface Passed {
  call: number
  status: number
  text: string
  contentType: string
}

/*
 * A tab in a thread of its own, which tells of all that it asks of its storage and of the network before it asks, so that it can
 * be ended for real at any of it.
 */
for (const name of ['add', 'put', 'delete', 'get', 'getAll'] as const) {
  const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name)?.value as (
    ...all: unknown[]
  ) => IDBRequest
  Object.defineProperty(IDBObjectStore.prototype, name, {
    value(this: IDBObjectStore, ...all: unknown[]) {
      postMessage({ type: 'operation' })
      return real.apply(this, all)
    },
  })
}

const waiting = new Map<number, (passed: Passed) => void>()
let calls = 0

/** The network lies in the page, next to the server. */
function fetch(url: string, { method, headers, body }: RequestInit): Promise<Response> {
  calls += 1
  const call = calls
  return new Promise((resolve) => {
    waiting.set(call, ({ status, text, contentType }) =>
      resolve(new Response(text, { status, headers: { 'content-type': contentType } })),
    )
    postMessage({ type: 'operation' })
    postMessage({ type: 'fetch', call, url, method, headers, body })
  })
}

async function work({ databaseName, request, file }: Doom): Promise<void> {
  const mine = openMine({ databaseName, fetch })
  await mine.drafts.save(request.draftKey, request.fields)
  await mine.attachments.add(request.draftKey, file)
  postMessage({ type: 'kept' })
  const id = await mine.outbox.submit(request)
  postMessage({ type: 'submitted', id })
  await mine.outbox.sendNow()
  postMessage({ type: 'done' })
}

addEventListener('message', ({ data }: MessageEvent<Doom | Passed>) => {
  if ('call' in data) waiting.get(data.call)?.(data)
  else void work(data)
})
