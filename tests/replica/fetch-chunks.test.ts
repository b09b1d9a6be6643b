import { expect, test } from 'vitest'
import { fetchChunks } from '#replica/fetch-chunks.ts'
import { breathe } from '#replica/idle.ts'

const bytes = Uint8Array.from({ length: 400_000 }, (_, n) => n % 251)
const atOnce = () => Promise.resolve(new Response(new Blob([bytes]).stream()))
/** All of it in one chunk, whatever the browser would do. */
const inOne = () =>
  Promise.resolve(
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(bytes)
          controller.close()
        },
      }),
    ),
  )

test.each([
  ['as the browser parts it', atOnce],
  ['in one', inOne],
])('an answer that comes %s is handed on in pieces, whole', async (_, fetch) => {
  const pieces: Uint8Array[] = []
  for await (const piece of fetchChunks(fetch, '/x', {}, 1000)) pieces.push(piece)
  expect(Math.max(...pieces.map(({ byteLength }) => byteLength))).toBeLessThanOrEqual(65_536)
  expect(new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer())).toEqual(bytes)
})

test('others have a turn between pieces that take long', async () => {
  let turns = 0
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      await breathe()
      turns += 1
    }
  })()
  const seen: number[] = []
  for await (const piece of fetchChunks(inOne, '/x', {}, 1000)) {
    seen.push(turns)
    const until = performance.now() + 12
    while (performance.now() < until) piece.at(0)
  }
  isOver = true
  await others
  // Each piece after the first came after a turn of theirs.
  expect(seen.length).toBeGreaterThan(3)
  expect(new Set(seen).size).toBe(seen.length)
})

test('whoever takes no more ends the request', async () => {
  let signal: AbortSignal | null | undefined
  const fetch = (_: string, init: RequestInit) => {
    signal = init.signal
    return inOne()
  }
  for await (const piece of fetchChunks(fetch, '/x', {}, 1000)) {
    expect(piece.byteLength).toBeGreaterThan(0)
    break
  }
  expect(signal?.aborted).toBe(true)
})
