import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ListHead } from '#domain/feed-v2.ts'
import { planFor } from '#replica/plan.ts'

const SIZES = { segmentSize: 100, stepSize: 10 }

function partsOf(version: number, head: number) {
  const list = { url: '/l', version: 0, count: 0, bytes: 0, sha256: '' }
  const state: ListHead = { epoch: 'e', head, minVersion: 0, list, minClient: 2, ...SIZES }
  const plan = planFor({ epoch: 'e', version, filling: 'f' }, state)
  return plan.kind === 'changes' ? plan.parts : []
}

test('the parts lead from any version to any head, without a gap', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), (version, more) => {
      const head = version + more
      let at = version
      for (const { from, to } of partsOf(version, head)) {
        expect(from).toBe(at + 1)
        expect(to).toBeGreaterThan(at)
        at = to
      }
      expect(at).toBe(head)
    }),
  )
})

test('twenty changes are at most four requests, the head counted, and bring at most nine that are known', () => {
  for (let version = 0; version < 300; version++) {
    const parts = partsOf(version, version + 20)
    expect(parts.length, String(version)).toBeLessThanOrEqual(3)
    const begins = Number(/steps\/(\d+)/.exec(parts[0]?.path ?? '')?.[1]) * SIZES.stepSize
    expect(version - begins, String(version)).toBeLessThan(SIZES.stepSize)
  }
})

test('a phone that lags takes whole segments', () => {
  expect(partsOf(0, 1000)).toHaveLength(10)
  expect(partsOf(5, 1005).map(({ path }) => path.split('/')[4])).toEqual([
    ...Array<string>(10).fill('segments'),
    'tail',
  ])
})
