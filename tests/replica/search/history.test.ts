import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SearchDocument } from '#replica/search/document.ts'
import { SearchIndex } from '#replica/search/search-index.ts'
import { expected } from './oracle.ts'
import { document, query } from './samples.ts'

let made = 0
const freshName = () => `search-${Date.now().toString(36)}-${++made}`

type Step = { do: 'update'; put: SearchDocument[]; remove: string[] } | { do: 'tidy' } | { do: 'reopen' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      put: fc.array(document, { maxLength: 4 }),
      remove: fc.array(
        fc.integer({ min: 0, max: 40 }).map((n) => `d${n}`),
        { maxLength: 2 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      put: fc.uniqueArray(document, { minLength: 32, maxLength: 36, selector: ({ id }) => id }),
      remove: fc.constant([] as string[]),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tidy' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
)

async function found(index: SearchIndex, text: string) {
  const { total, hits } = await index.search({ text }, 1000)
  expect(total).toBe(hits.length)
  return hits.map(({ id }) => id)
}

test('after any history the index finds what a plain look through the texts finds, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.array(query, { minLength: 6, maxLength: 6 }),
      async (steps, queries) => {
        const name = freshName()
        let index = new SearchIndex(name)
        const model = new Map<string, SearchDocument>()
        for (const each of steps) {
          if (each.do === 'update') {
            await index.update(each)
            for (const id of each.remove) model.delete(id)
            for (const put of each.put) model.set(put.id, put)
          } else if (each.do === 'tidy') {
            let n = 0
            while (await index.tidy()) if (++n > 20) throw new Error('tidy loops')
          } else {
            index.close()
            index = new SearchIndex(name)
          }
          for (const text of queries.slice(0, 2))
            expect(await found(index, text), text).toEqual(expected(model.values(), text))
        }
        for (const text of queries) expect(await found(index, text), text).toEqual(expected(model.values(), text))
        const digests = [...model.values()].map(({ id, digest }) => [id, digest] as const)
        expect(await index.digests()).toEqual(new Map(digests))
        index.close()
        indexedDB.deleteDatabase(name)
      },
    ),
    { numRuns: 200, endOnFailure: true },
  )
}, 120_000)
