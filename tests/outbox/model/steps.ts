import fc from 'fast-check'
import type { InquiryState } from '#domain/inquiry/status.ts'
import type { Outcome } from './network.ts'
import type { LockKind } from './tab.ts'

/** What happens. `tab` 0 to 2, `form` 0 or 1, `pick` chooses among the requests on the phone. Times in ms. */
export type Action =
  | { do: 'type' | 'submit' | 'submitTwice' | 'removeFile'; tab: number; form: number }
  | { do: 'addFile'; tab: number; form: number; file: number }
  | { do: 'sendNow' | 'contact' | 'refresh' | 'open'; tab: number }
  | { do: 'withdraw' | 'correct' | 'remove'; tab: number; pick: number }
  | { do: 'worker'; crashIn: number }
  | { do: 'pass' | 'setClock'; ms: number }
  | { do: 'outcomes'; outcomes: Outcome[] }
  | { do: 'weather'; outcome: Outcome }
  | { do: 'crash'; tab: number; after: number; frozen: boolean }
  | { do: 'quota'; tab: number; after: number; when: 'atOnce' | 'atCommit' }
  | { do: 'kill'; tab: number; after: number }
  | { do: 'commitLost'; tab: number }
  | { do: 'refuseOpen'; tab: number; times: number }
  | { do: 'restore'; rows: number; files: number; withdrawals: number }
  | { do: 'progress'; pick: number; state: InquiryState }

/** `hurry`: what comes next does not wait until this has come to rest. */
export type Step = Action & { hurry: boolean }

export interface Sequence {
  lockKind: LockKind
  seed: number
  steps: Step[]
}

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const tab = fc.nat({ max: 2 })
const form = fc.nat({ max: 1 })
const pick = fc.nat({ max: 5 })
const after = fc.nat({ max: 40 })

const kinds = ['fine', 'lostBefore', 'lostAfter', 'portal', 'error500', 'tooMany', 'not401', 'not403'] as const
const more = ['plain422', 'half', 'cut', 'silence'] as const

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...kinds).map((kind) => ({ kind })) },
  { weight: 3, arbitrary: fc.constantFrom(...more).map((kind) => ({ kind })) },
  {
    weight: 3,
    // Shorter than the minute after which nothing can arrive any more.
    arbitrary: fc.record({ kind: fc.constantFrom('twice', 'held'), delay: fc.integer({ min: 1, max: 58 * SECOND }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('slow'), delay: fc.integer({ min: 1, max: 29 * SECOND }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('busy'), seconds: fc.nat({ max: 7_200 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refused'), status: fc.constantFrom(409, 413, 415, 422) }) },
)

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constantFrom('type'), tab, form }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constantFrom('submit', 'submit', 'submitTwice'), tab, form }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('addFile'),
      tab,
      form,
      file: fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 1, max: 8 }) },
        { weight: 1, arbitrary: fc.constant(0) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('removeFile'), tab, form }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('sendNow', 'contact', 'refresh'), tab }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('open'), tab }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('withdraw', 'withdraw', 'correct', 'correct', 'remove'), tab, pick }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('worker'), crashIn: fc.nat({ max: 200 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(SECOND, 10 * SECOND, 31 * SECOND, HOUR) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setClock'),
      ms: fc.constantFrom(-72 * HOUR, -2 * HOUR, -20 * SECOND, 20 * SECOND, 2 * HOUR, 72 * HOUR),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('outcomes'),
      outcomes: fc.array(outcome, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('weather'), outcome }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('weather'), outcome: fc.constant({ kind: 'fine' as const }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('crash'), tab, after, frozen: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('quota'),
      tab,
      after: fc.nat({ max: 8 }),
      when: fc.constantFrom('atOnce', 'atCommit'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill'), tab, after }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('commitLost'), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refuseOpen'), tab, times: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restore'),
      rows: fc.nat({ max: 3 }),
      files: fc.nat({ max: 2 }),
      withdrawals: fc.nat({ max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('progress'), pick, state: fc.constantFrom('已受理', '结束') }),
  },
)

const step: fc.Arbitrary<Step> = fc
  .tuple(action, fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }))
  .map(([one, hurry]) => ({ ...one, hurry }))

/** @param length most steps of one sequence */
export function sequences(length: number): fc.Arbitrary<Sequence> {
  return fc.record({
    lockKind: fc.constantFrom('locks', 'lease', 'none'),
    seed: fc.nat(),
    steps: fc.array(step, { maxLength: length, size: 'max' }),
  })
}
