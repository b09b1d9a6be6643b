import { parentPort } from 'node:worker_threads'
import { drawSharePicture } from './draw.ts'
import type { Delivery, Order } from './messages.ts'

/** The thread that draws: laying out a text takes a tenth of a second, in which a server should have answered a hundred requests. */
parentPort?.on('message', ({ number, text }: Order) => {
  drawSharePicture(text).then(
    (png) => deliver({ number, png }),
    (error: unknown) =>
      deliver({ number, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})

function deliver(delivery: Delivery): void {
  parentPort?.postMessage(delivery)
}
