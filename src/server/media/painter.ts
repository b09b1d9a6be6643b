import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Delivery, Order } from './drawing/messages.ts'
import type { ShareText } from './share-picture.ts'

/** How long the thread, with fonts and drawing code some 200 MB, stays once there is nothing to draw, ms. */
const IDLE_MS = 30_000

/** A picture could not be drawn: a fault of ours, or the thread ended. */
export class DrawingError extends Error {
  override readonly name = 'DrawingError'
}

/** Draws in a thread of its own, one picture at a time. */
export interface Painter {
  /**
   * @returns a PNG of 1200 × 630
   * @throws DrawingError
   */
  draw(text: ShareText): Promise<Buffer>
  /** Ends the thread for good; what waits to be drawn fails. */
  close(): Promise<void>
}

interface Waiting {
  resolve: (png: Buffer) => void
  reject: (error: DrawingError) => void
}

/** The thread starts with the first picture, and again after it ended. */
export function openPainter(): Painter {
  let thread: { worker: Worker; waiting: Map<number, Waiting> } | undefined
  let last: Promise<unknown> = Promise.resolve()
  let count = 0
  let isClosed = false
  let idle: NodeJS.Timeout | undefined

  function start() {
    const worker = startThread()
    const waiting = new Map<number, Waiting>()
    const fail = (why: string) => {
      for (const { reject } of waiting.values()) reject(new DrawingError(why))
      waiting.clear()
      if (thread?.worker === worker) thread = undefined
    }
    worker.on('message', (delivery: Delivery) => {
      const order = waiting.get(delivery.number)
      waiting.delete(delivery.number)
      if ('png' in delivery) order?.resolve(Buffer.from(delivery.png))
      else order?.reject(new DrawingError(delivery.failure))
    })
    worker.on('error', (error) => fail(error.stack ?? error.message))
    worker.on('exit', (code) => fail(`The drawing thread ended with ${code}`))
    worker.unref()
    return { worker, waiting }
  }

  function order(text: ShareText): Promise<Buffer> {
    clearTimeout(idle)
    if (isClosed) return Promise.reject(new DrawingError('The painter is closed'))
    thread ??= start()
    const { worker, waiting } = thread
    const number = ++count
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject })
      worker.postMessage({ number, text } satisfies Order)
    })
  }

  async function endThread(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    thread = undefined
    await ending?.worker.terminate()
  }

  return {
    draw(text) {
      const drawn = last.then(() => order(text))
      last = drawn
        .catch(() => undefined)
        .then(() => {
          idle = setTimeout(() => void endThread(), IDLE_MS).unref()
        })
      return drawn
    },
    close() {
      isClosed = true
      return endThread()
    },
  }
}

const THREAD = 'share-picture-thread'

/** The bundle has all its parts in one folder. From the sources, as in development, the thread reads TypeScript by tsx. */
function startThread(): Worker {
  if (!import.meta.filename.endsWith('.ts')) return new Worker(join(import.meta.dirname, `${THREAD}.js`))
  const source = pathToFileURL(join(import.meta.dirname, 'drawing', `${THREAD}.ts`)).href
  const load = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${JSON.stringify(source)}) })`
  return new Worker(load, { eval: true })
}
