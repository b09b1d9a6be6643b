import { expect, it } from 'vitest'
import { reasonLines, recordLine } from '#server/commands/content-report.ts'
import { csv } from '#server/commands/csv.ts'
import { jsonText } from '#server/commands/plain-text.ts'
import { facts, table } from '#server/commands/table.ts'
import { article } from './samples.ts'

/** Clears the screen, names the window, rings the bell, and turns the direction of what follows. */
const HOSTILE = '王\u001b[2J\u001b]0;x\u0007芳\u202e\u0000\u009b1m\n第二行'
const STEERING = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u

it('lets nothing that somebody wrote steer the terminal of an officer', () => {
  const shown = [
    facts([['姓名', HOSTILE]]),
    table(['姓名'], [[HOSTILE]]),
    recordLine(article('a', HOSTILE)),
    ...reasonLines([{ code: 'x', message: HOSTILE }]),
  ]
  for (const text of shown) {
    expect(text).not.toMatch(STEERING)
    expect(text).toContain('第二行')
  }
})

it('writes the same value as JSON, with nothing in it that steers a terminal', () => {
  const value = { title: HOSTILE, tag: '\u{E0001}😀' }
  expect(jsonText(value)).not.toMatch(STEERING)
  expect(JSON.parse(jsonText(value))).toEqual(value)
})

it('keeps the lines of a message under each other, whatever ends them', () => {
  expect(facts([['留言', '一\r\n二\r三\n四']])).toBe('留言  一\n      二\n      三\n      四')
})

it('puts no control character into a spreadsheet', () => {
  expect(csv(['留言'], [[HOSTILE]]).replaceAll('\r\n', '')).not.toMatch(STEERING)
})
