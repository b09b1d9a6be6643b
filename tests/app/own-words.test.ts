import { expect, test } from 'vitest'
import enRequests from '#app/locales/en-requests.ts'
import enStorage from '#app/locales/en-storage.ts'
import zhRequests from '#app/locales/zh-CN-requests.ts'
import zhStorage from '#app/locales/zh-CN-storage.ts'

/** Every message by its key. */
function messages(words: object, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(words).map(([key, value]: [string, unknown]) =>
      typeof value === 'string' ? { [prefix + key]: value } : messages(value as object, `${prefix}${key}.`),
    ),
  ) as Record<string, string>
}

const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([value]) => value).sort()

test.each([
  ['forms and requests', zhRequests, enRequests],
  ['离线与存储', zhStorage, enStorage],
])('both languages say the same with the same values: %s', (_part, zhCN, en) => {
  const chinese = messages(zhCN)
  const english = messages(en)
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  for (const [key, text] of Object.entries(chinese)) {
    for (const form of english[key]!.split(' | ')) expect(values(form), key).toEqual(values(text))
  }
})
