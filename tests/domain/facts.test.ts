import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentDigest, parseContentDigest, sha256Hex } from '#domain/digest.ts'
import { pickLanguage } from '#domain/field-messages.ts'
import { bearing, compassPoint, distance } from '#domain/geo.ts'
import { FOCUS_DIVISIONS, SECTIONS } from '#domain/industry-data.ts'
import { industryCode, industryName } from '#domain/industry-name.ts'
import { parseIndustryCode } from '#domain/industry.ts'
import { otherRent } from '#domain/measures.ts'
import { webcrypto } from 'node:crypto'

test('GB/T 4754-2017 has twenty sections and ninety-seven divisions', () => {
  expect(Object.keys(SECTIONS)).toHaveLength(20)
  const divisions = Object.values(SECTIONS).flatMap((section) => Object.keys(section.divisions))
  expect(divisions.sort()).toEqual(Array.from({ length: 97 }, (_, index) => String(index + 1).padStart(2, '0')))
})

test('an industry code is read back as it was written', () => {
  for (const code of FOCUS_DIVISIONS) expect(industryCode(parseIndustryCode(code)!)).toBe(code)
  expect(industryName({ section: 'C', division: '36' })).toBe('汽车制造业')
  expect(industryName({ section: 'C' })).toBe('制造业')
  expect(['', 'C99', 'Z', '36', 'c36'].map(parseIndustryCode)).toEqual(Array(5).fill(undefined))
})

test('the digest is that of the platform, and its header is read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      const platform = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes))
      expect(sha256Hex(bytes)).toBe(platform.toString('hex'))
      expect(contentDigest(bytes)).toBe(`sha-256=:${platform.toString('base64')}:`)
      expect(parseContentDigest(`sha-512=:AAAA:, ${contentDigest(bytes)}`)).toBe(contentDigest(bytes))
    }),
  )
  expect(parseContentDigest(`${contentDigest(Uint8Array.of(1))};a=1`)).toBe(contentDigest(Uint8Array.of(1)))
  expect(parseContentDigest('sha-256=abc')).toBeUndefined()
})

test('rents convert by the stated month', () => {
  expect(otherRent({ amount: 1, unit: '元/㎡·天' })).toEqual({ amount: 365 / 12, unit: '元/㎡·月' })
  expect(otherRent({ amount: 365 / 12, unit: '元/㎡·月' })?.amount).toBeCloseTo(1, 12)
  expect(otherRent({ amount: 80, unit: '万元/亩' })).toBeUndefined()
})

test('distance and bearing agree with known ones', () => {
  const peoplesSquare = { lng: 121.4737, lat: 31.2304 }
  const jiading = { lng: 121.2653, lat: 31.3755 }
  expect(distance(peoplesSquare, jiading)).toBeGreaterThan(25_000)
  expect(distance(peoplesSquare, jiading)).toBeLessThan(26_000)
  expect(compassPoint(bearing(peoplesSquare, jiading))).toBe('西北')
  expect(compassPoint(bearing(jiading, peoplesSquare))).toBe('东南')
  expect(compassPoint(359)).toBe('北')
})

test('answers are Chinese unless English is asked for first', () => {
  const chinese = [undefined, '', 'zh-CN,zh;q=0.9', 'zh-CN,en', 'de', 'en;q=0', 'en;q=0.1, zh;q=0.9']
  expect(chinese.map((header) => pickLanguage(header))).toEqual(chinese.map(() => 'zh-CN'))
  const english = ['en-US,en', 'en', 'de, en;q=0.5', 'en-GB;q=0.9, zh;q=0.8', 'EN,zh']
  expect(english.map((header) => pickLanguage(header))).toEqual(english.map(() => 'en'))
})
