import { afterAll, describe, expect, it } from 'vitest'
import { freshName, openPhone, rawRows, request, until } from '../support/phone.ts'
import { Server } from '../support/server.ts'
import { fileOf } from './content.ts'
import { isComplete } from './model-server.ts'
import type { Doom, Passed } from './doomed-worker.ts'

type Told =
  | { type: 'operation' | 'kept' | 'done' }
  | { type: 'submitted'; id: string }
  | {
      type: 'fetch'
      call: number
      url: string
      method: string
      headers: Record<string, string>
      body?: Uint8Array<ArrayBuffer>
    }

interface Life {
  /** What the person was told before the end. */
  kept: boolean
  id: string | undefined
  /** It came to its end by itself. */
  isDone: boolean
}

const FILE = fileOf(3)

/** Runs a tab in a thread and ends it, for real, when it tells of its n-th operation. */
function liveUntil(server: Server, databaseName: string, atOperation: number): Promise<Life> {
  const worker = new Worker(new URL('./doomed-worker.ts', import.meta.url), { type: 'module' })
  const life: Life = { kept: false, id: undefined, isDone: false }
  let operations = 0
  return new Promise((resolve, reject) => {
    const end = () => {
      worker.terminate()
      resolve(life)
    }
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.onmessage = async ({ data }: MessageEvent<Told>) => {
      if (operations >= atOperation) return
      if (data.type === 'operation' && ++operations >= atOperation) end()
      if (data.type === 'kept') life.kept = true
      if (data.type === 'submitted') life.id = data.id
      if (data.type === 'done') {
        life.isDone = true
        end()
      }
      if (data.type !== 'fetch') return
      const { call, url, method, headers, body } = data
      const answer = await server.fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
      const contentType = answer.headers.get('content-type') ?? ''
      worker.postMessage({ call, status: answer.status, text: await answer.text(), contentType } satisfies Passed)
    }
    worker.postMessage({ databaseName, request, file: FILE } satisfies Doom)
  })
}

describe('a tab that is ended while it submits and sends', () => {
  const reached: boolean[] = []

  it.each([...Array.from({ length: 34 }, (_, at) => 1 + 3 * at), 400])(
    'at its operation %i has kept all or nothing, and the next tab brings it in once',
    async (atOperation) => {
      const server = new Server()
      const databaseName = freshName()
      const life = await liveUntil(server, databaseName, atOperation)
      reached.push(life.isDone)
      const phone = openPhone({ server, databaseName })
      const entries = await until(phone.outbox.entries(), () => true)
      const files = await until(phone.attachments.ofDraft(request.draftKey), () => true)
      const draft = await phone.drafts.load(request.draftKey)
      expect(entries.length).toBeLessThan(2)
      if (life.id !== undefined) expect(entries.map(({ id }) => id)).toEqual([life.id])
      // Before: the draft with its file. After: the request with it. Nothing in between.
      if (entries.length === 1) expect([draft, files]).toEqual([undefined, []])
      else if (life.kept) {
        expect(draft?.values).toEqual(request.fields)
        expect(files).toMatchObject([{ sha256: FILE.sha256 }])
      }

      const [entry] = entries
      if (entry === undefined) return
      await expect
        .poll(
          async () => {
            phone.time.pass(100_000)
            // The last look may be cut off by the end of the test.
            phone.outbox.sendNow().catch(() => undefined)
            return (await rawRows(databaseName, 'entries')).map(({ state }) => state)
          },
          { timeout: 20_000 },
        )
        .toEqual(['delivered'])
      expect([...server.rows.keys()]).toEqual([entry.id])
      const [row] = server.rows.values()
      expect(row !== undefined && isComplete(row)).toBe(true)
      expect((await rawRows(databaseName, 'entries'))[0]?.['receipt']).toEqual(row?.receipt)
    },
  )

  afterAll(() => {
    // The last one comes after everything, so that the others are known to lie within.
    expect(reached.at(-1)).toBe(true)
    expect(reached[0]).toBe(false)
  })
})
