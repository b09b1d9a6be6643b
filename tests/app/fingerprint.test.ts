import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ListItem, listItemOf } from '#domain/record/list-item.ts'
import { syntheticRecord } from '#server/synthetic/records.ts'
import { fingerprint } from '../../src/app/fingerprint.ts'

const item = (n: number, day = 0): ListItem => listItemOf(syntheticRecord({ seed: 1 }, { n, day }))

it('is the same for the same record, whichever way it came and whichever release read it', () => {
  fc.assert(
    fc.property(fc.nat(), (n) => {
      const fields = Object.entries(item(n)).reverse()
      const other = { ...Object.fromEntries(fields), files: ['/media/later.webp'], titleOnly: true } as ListItem
      expect(fingerprint(other)).toBe(fingerprint(item(n)))
    }),
  )
})

it('is another for another version', () => {
  const all = Array.from({ length: 500 }, (_, n) => [item(n), item(n, 1)]).flat()
  expect(new Set(all.map(fingerprint)).size).toBe(all.length)
})
