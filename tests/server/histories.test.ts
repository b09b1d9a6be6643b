import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { run } from '../replica/model/run.ts'
import { Statistics } from '../replica/model/statistics.ts'
import { histories } from '../replica/model/steps.ts'
import { onEachDatabase } from '../support/databases.ts'
import { whileTime } from '../support/while-time.ts'
import { serverOrigin } from './server-origin.ts'

const WRITERS = 16
/** Ms after which no further history begins. */
const BUDGET = 15_000

onEachDatabase('phones that follow a server whose writers are at work all at once', (store) => {
  it.each([
    ['the same histories every time', 20261126],
    ['new ones, whose seed is told when they fail', undefined],
  ])(
    "hold the server's own content in the end, and a whole state of it before: %s",
    async (_which, seed) => {
      const first = await store.open()
      const others: Database[] = []
      while (others.length < WRITERS - 1) others.push(await store.open())
      const statistics = new Statistics()
      await fc.assert(
        fc.asyncProperty(
          histories({ steps: 20, writers: WRITERS, before: 250 }),
          whileTime(BUDGET, async (history) => run(history, await serverOrigin([first, ...others]), statistics)),
        ),
        { ...(seed === undefined ? {} : { seed }), numRuns: 20 },
      )
      console.log(
        `${statistics.histories} histories, ${statistics.changes} changes, ${statistics.checks} copies and ${statistics.texts} texts checked`,
      )
      expect(statistics.crowds).toBeGreaterThan(0)
      expect(statistics.checks).toBeGreaterThan(0)
      expect(statistics.texts).toBeGreaterThan(0)
    },
    120_000,
  )
})
