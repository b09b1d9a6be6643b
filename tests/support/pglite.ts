import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'

/** Kept from the linter, which follows imports and cannot parse this package's one long line. */
const PACKAGE = '@electric-sql/pglite'
const SSL_REQUEST = 80_877_103
const READY_FOR_QUERY = 'Z'.charCodeAt(0)
const IDLE = 'I'.charCodeAt(0)
const TERMINATE = 'X'
/** Messages after which the server answers ReadyForQuery (PostgreSQL documentation, 55.2). */
const ENDS_BATCH = new Set(['Q', 'S'])

/**
 * Starts a PostgreSQL in this process, in memory, on a port of its own. PGlite is a single session: connections take turns
 * with it by the transaction, as behind a transaction pooler.
 */
export async function startPglite(): Promise<{ url: string; stop: () => Promise<void> }> {
  const pglite = (await import(PACKAGE)) as { PGlite: typeof PGlite }
  const db = await pglite.PGlite.create()
  const turns = new Turns()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    void serve(socket, db, turns)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await turns.take()
    await db.close()
  }
  return { url: `postgres://postgres@127.0.0.1:${address.port}/postgres`, stop }
}

/** First come, first served. */
class Turns {
  private last: Promise<void> = Promise.resolve()

  /** @returns what ends the turn */
  async take(): Promise<() => void> {
    const before = this.last
    let end: () => void = () => undefined
    this.last = new Promise((resolve) => (end = resolve))
    await before
    return end
  }
}

async function serve(socket: Socket, db: PGlite, turns: Turns): Promise<void> {
  let end: (() => void) | undefined
  let batch: Buffer[] = []
  try {
    for await (const { type, bytes } of messages(socket)) {
      if (type === TERMINATE) break
      batch.push(bytes)
      if (type !== undefined && !ENDS_BATCH.has(type)) continue
      end ??= await turns.take()
      const answer = await execute(db, batch)
      batch = []
      socket.write(answer)
      if (answer.at(-6) !== READY_FOR_QUERY || answer.at(-1) !== IDLE) continue
      end()
      end = undefined
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') socket.destroy(error as Error)
  } finally {
    if (end !== undefined) await db.exec('rollback')
    end?.()
    socket.end()
  }
}

async function execute(db: PGlite, batch: readonly Buffer[]): Promise<Buffer> {
  const answers: Uint8Array[] = []
  for (const message of batch) answers.push(await db.execProtocolRaw(new Uint8Array(message), { syncToFs: false }))
  return Buffer.concat(answers)
}

/** Cuts what a client sends into messages. The one that starts the session has no type. */
async function* messages(socket: Socket): AsyncGenerator<{ type: string | undefined; bytes: Buffer }> {
  let buffer: Buffer = Buffer.alloc(0)
  let started = false
  for await (const chunk of socket) {
    buffer = Buffer.concat([buffer, chunk as Buffer])
    for (;;) {
      const prefix = started ? 1 : 0
      const length = buffer.length >= prefix + 4 ? prefix + buffer.readInt32BE(prefix) : Infinity
      if (buffer.length < length) break
      const bytes = buffer.subarray(0, length)
      buffer = buffer.subarray(length)
      if (started) yield { type: String.fromCharCode(bytes[0] ?? 0), bytes }
      else if (bytes.readInt32BE(4) === SSL_REQUEST) socket.write('N')
      else {
        started = true
        yield { type: undefined, bytes }
      }
    }
  }
}
