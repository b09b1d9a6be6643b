import { expect, test } from 'vitest'
import { policyValidity } from '#domain/policy-validity.ts'

const TODAY = '2026-11-23'

test.each([
  [{}, { state: 'unmarked' }],
  [{ effectiveFrom: '2024-01-01' }, { state: 'unmarked' }],
  [{ validTo: '2027-12-31' }, { state: 'inForce', until: '2027-12-31', daysLeft: 403 }],
  [{ validTo: '2026-12-05' }, { state: 'ending', until: '2026-12-05', daysLeft: 12 }],
  [{ validTo: TODAY }, { state: 'ending', until: TODAY, daysLeft: 0 }],
  [{ validTo: '2026-11-22' }, { state: 'ended', until: '2026-11-22' }],
  [
    { effectiveFrom: '2027-01-01', validTo: '2029-12-31' },
    { state: 'upcoming', from: '2027-01-01', daysUntil: 39 },
  ],
  [{ status: '已废止', validTo: '2029-12-31' }, { state: 'repealed' }],
  [{ status: '已失效', validTo: '2029-12-31' }, { state: 'lapsed' }],
  [{ status: '现行有效' }, { state: 'current' }],
  [
    { status: '现行有效', effectiveFrom: '2026-12-03' },
    { state: 'upcoming', from: '2026-12-03', daysUntil: 10 },
  ],
  [
    { status: '现行有效', validTo: '2026-11-22' },
    { state: 'ended', until: '2026-11-22' },
  ],
  [{ status: '未标注' }, { state: 'unmarked' }],
] as const)('%o is %o', (policy, expected) => {
  expect(policyValidity(policy, TODAY)).toEqual(expected)
})
