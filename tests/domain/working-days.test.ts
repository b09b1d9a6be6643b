import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replyDueAt } from '#domain/working-days.ts'

const due = (received: string) => new Date(replyDueAt(Date.parse(received))).toISOString()

const CASES = [
  ['an ordinary Monday', '2026-11-23T10:00:00+08:00', '2026-11-24T18:00:00+08:00'],
  ['just before midnight in Shanghai', '2026-11-23T23:59:59+08:00', '2026-11-24T18:00:00+08:00'],
  ['a Friday', '2026-11-27T16:00:00+08:00', '2026-11-30T18:00:00+08:00'],
  ['a Saturday', '2026-11-28T09:00:00+08:00', '2026-11-30T18:00:00+08:00'],
  ['the eve of the National Day holiday of 2025', '2025-09-30T17:00:00+08:00', '2025-10-09T18:00:00+08:00'],
  ['a Friday before a working Sunday (2025-09-28)', '2025-09-26T12:00:00+08:00', '2025-09-28T18:00:00+08:00'],
] as const

test.each(CASES)('%s', (_name, received, expected) => {
  expect(due(received)).toBe(new Date(expected).toISOString())
})

test('the answer is always promised for a later day, and no more than ten days away', () => {
  const instant = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2027-12-31') })
  fc.assert(
    fc.property(instant, (received) => {
      const wait = replyDueAt(received) - received
      expect(wait).toBeGreaterThan(18 * 3_600_000 - 1)
      expect(wait).toBeLessThan(12 * 86_400_000)
    }),
  )
})

test.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Shanghai'])(
  'whatever the clock of the machine: TZ=%s',
  async (zone) => {
    const program = fileURLToPath(new URL('reply-due.ts', import.meta.url))
    const received = CASES.map(([, instant]) => instant)
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, ...received], {
      env: { ...process.env, TZ: zone },
    })
    expect(JSON.parse(stdout)).toEqual(CASES.map(([, , expected]) => new Date(expected).toISOString()))
  },
)
