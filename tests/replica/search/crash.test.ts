import { expect, test } from 'vitest'
import type { SearchDocument } from '#replica/search/document.ts'
import { type IndexChange, SearchIndex } from '#replica/search/search-index.ts'
import { expected } from './oracle.ts'

/** Invented sample texts. */
const doc = (n: number, version: number): SearchDocument => ({
  id: `d${n}`,
  digest: `${n}-${version}`,
  title: `示例第${n}篇`,
  tags: n % 2 === 0 ? '新能源' : '汽车',
  text: `版本${version}，新能源汽车产业${n % 7}号地块`,
  kind: 'article',
  region: { code: '310114', name: '上海市嘉定区' },
  publishedAt: '2025-07-28',
})
const docs = (from: number, to: number, version: number) =>
  Array.from({ length: to - from }, (_, n) => doc(from + n, version))

/** Segments, pending changes, removals, and enough of them that all of it is put in order between. */
const CHANGES: IndexChange[] = [
  { put: docs(0, 40, 1), remove: [] },
  { put: docs(0, 3, 2), remove: ['d9'] },
  { put: docs(30, 70, 2), remove: ['d5'] },
  { put: docs(70, 100, 1), remove: ['d31'] },
  { put: docs(100, 130, 1), remove: [] },
  { put: docs(130, 150, 1), remove: ['d0', 'd1'] },
  { put: docs(0, 60, 3), remove: ['d149'] },
]

/** @returns how many changes were done when the worker was killed before its n-th write, and whether it was */
function changeAndDie(name: string, atWrite: number): Promise<{ done: number; killed: boolean }> {
  const worker = new Worker(new URL('./crash-worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    let writes = 0
    let done = 0
    worker.onmessage = ({ data }) => {
      if (data === 'done') done++
      if (data === 'write') writes++
      if (data !== 'end' && writes < atWrite) return
      worker.terminate()
      resolve({ done, killed: data !== 'end' })
    }
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage({ name, changes: CHANGES })
  })
}

function modelAfter(count: number): Map<string, SearchDocument> {
  const model = new Map<string, SearchDocument>()
  for (const { put, remove } of CHANGES.slice(0, count)) {
    for (const id of remove) model.delete(id)
    for (const document of put) model.set(document.id, document)
  }
  return model
}

const digestsOf = (model: Map<string, SearchDocument>) =>
  JSON.stringify([...model].map(([id, { digest }]) => [id, digest]).sort())

/** After none of the changes, after the first, and so on. */
const STATES = Array.from({ length: CHANGES.length + 1 }, (_, count) => modelAfter(count))

test('killed between any two writes, the index is of one whole state, and goes on from it', async () => {
  let killed = true
  for (let atWrite = 1; killed; atWrite += 11) {
    const name = `crash-${Date.now().toString(36)}-${atWrite}`
    const outcome = await changeAndDie(name, atWrite)
    killed = outcome.killed
    const index = new SearchIndex(name)
    const is = JSON.stringify([...(await index.digests())].sort())
    // It may have gone on for a moment after it was told to end.
    const at = STATES.findIndex((state, count) => count >= outcome.done && digestsOf(state) === is)
    expect(at, `killed before write ${atWrite}`).toBeGreaterThanOrEqual(0)
    await index.sweep()
    for (const change of CHANGES.slice(at)) await index.update(change)
    while (await index.tidy());
    const model = modelAfter(CHANGES.length)
    for (const text of ['新能源', '汽车产业3', '版本3', '示例第4', '地块 版本1']) {
      const { hits, total } = await index.search({ text }, 1000)
      expect(hits.map(({ id }) => id)).toEqual(expected(model.values(), text))
      expect(total).toBe(hits.length)
    }
    index.close()
    indexedDB.deleteDatabase(name)
  }
}, 120_000)
