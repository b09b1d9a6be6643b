import { expect, it } from 'vitest'
import { isDatabaseUnavailable } from '#server/db/availability.ts'

it.each([
  ['SQLITE_BUSY', true],
  ['SQLITE_BUSY_SNAPSHOT', true],
  ['SQLITE_BUSY_RECOVERY', true],
  ['SQLITE_IOERR_FSYNC', true],
  ['SQLITE_FULL', true],
  ['SQLITE_CONSTRAINT_UNIQUE', false],
  ['SQLITE_CORRUPT', false],
  ['SQLITE_FULLY', false],
  ['53300', true],
  ['23505', false],
  ['ECONNREFUSED', true],
])('an error with the code %s passes by itself: %s', (code, passes) => {
  expect(isDatabaseUnavailable(Object.assign(new Error('failed'), { code }))).toBe(passes)
})
