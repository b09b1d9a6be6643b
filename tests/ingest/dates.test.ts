import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate, splitDatedText } from '#ingest/dates.ts'

const DIGITS = '〇一二三四五六七八九'
const inWords = (value: number): string => {
  const ones = value % 10 === 0 ? '' : DIGITS.charAt(value % 10)
  return value < 10 ? ones : `${value < 20 ? '' : DIGITS.charAt(Math.floor(value / 10))}十${ones}`
}
const pad = (value: number): string => String(value).padStart(2, '0')
const FORMS: readonly ((y: number, m: number, d: number) => string)[] = [
  (y, m, d) => `${y}年${pad(m)}月${pad(d)}日`,
  (y, m, d) => `${y}年${m}月${d}日`,
  (y, m, d) => `${y} 年 ${m} 月 ${d} 日`,
  (y, m, d) => `${y}-${pad(m)}-${pad(d)}`,
  (y, m, d) => `${y}/${m}/${d}`,
  (y, m, d) => `${y}.${pad(m)}.${pad(d)}`,
  (y, m, d) => `${y}${pad(m)}${pad(d)}`,
  (y, m, d) =>
    `${[...String(y)].map((digit) => DIGITS.charAt(Number(digit))).join('')}年${inWords(m)}月${inWords(d)}日`,
  (y, m, d) => `民國${y - 1911}年${m}月${d}日`,
]
const AROUND: readonly ((date: string) => string)[] = [
  (date) => date,
  (date) => `发布日期:${date}`,
  (date) => `發佈日期：${date}`,
  (date) => `发布时间： ${date}`,
  (date) => `时间 ${date}`,
  (date) => `${date} 16:05`,
  (date) => `${date} 16:05:09`,
  (date) => `${date} 04:05:09 PM`,
  (date) => `${date} (星期三)`,
  (date) => `${date}，星期三`,
  (date) => `${date}。`,
  (date) => date.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
]
const anyDay = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
const isoOf = (date: Date): string => date.toISOString().slice(0, 10)

describe('dates', () => {
  it('are read in every form, with label and time', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...FORMS), fc.constantFrom(...AROUND), (date, form, around) => {
        const printed = around(form(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()))
        expect(readDate(printed), printed).toEqual({ iso: isoOf(date) })
      }),
      { numRuns: 500 },
    )
  })

  it('may have the time right behind the day', () => {
    expect(readDate('发布日期:2025年07月28日10:23')).toEqual({ iso: '2025-07-28' })
    expect(splitDatedText('虚构项目 2025年7月8日10时23分')).toEqual({ text: '虚构项目', date: { iso: '2025-07-08' } })
  })

  it.each([
    '2025-02-30',
    '2025年13月1日',
    '2025-09',
    '09-08',
    '7月28日',
    '25-07-28',
    '2025-09-0',
    '2025-0x-12',
    '20251345',
    '发布日期:昨天',
  ])('that are none (%s) are reported and not guessed', (printed) =>
    expect(readDate(printed)).toEqual({ bad: printed }),
  )

  it.each(['嘉定区2025年行动方案', '标题', '一、总体要求', '3.5', '时间就是金钱', '1.', '10000'])(
    'are not seen in %s',
    (line) => {
      expect(readDate(line)).toBeUndefined()
    },
  )

  it.each([
    ['虚构标题 2025-09-08', '虚构标题'],
    ['虚构标题2025-09-08', '虚构标题'],
    ['虚构标题（2025年9月8日）', '虚构标题'],
    ['[2025-09-08] 虚构标题', '虚构标题'],
    ['【2025-09-08】虚构标题', '虚构标题'],
    ['2025/9/8 虚构标题', '虚构标题'],
    ['2024年度虚构标题 2025-09-08 10:00', '2024年度虚构标题'],
  ])('are split from the title in %s', (line, text) => {
    expect(splitDatedText(line)).toEqual({ text, date: { iso: '2025-09-08' } })
  })

  it('may stand in brackets', () => {
    expect(readDate('[2025-09-08]')).toEqual({ iso: '2025-09-08' })
    expect(readDate('（2025年9月8日）')).toEqual({ iso: '2025-09-08' })
  })

  it('inside a title stay there', () => {
    expect(splitDatedText('关于2025年9月8日停水的通知')).toBeUndefined()
    expect(splitDatedText('2025-09-08')).toBeUndefined()
  })
})
