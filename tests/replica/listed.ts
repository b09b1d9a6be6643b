import { setUp, until } from './phone.ts'
import { article, day } from './records.ts'

/** The `n`-th record, with a text. */
export const whole = (n: number) => ({
  ...article(`a${n}`, `第${n}篇`, day(n)),
  body: [{ type: 'paragraph', text: [{ text: `正文 ${n} `.repeat(9) }] }],
})

/** A phone with lists; the first is the oldest. @param together how many texts come in one file */
export async function listed(count: number, together?: number) {
  const phone = setUp()
  if (together !== undefined) phone.feed.segmentSize = together
  for (let n = 1; n <= count; n++) phone.feed.put(whole(n))
  phone.feed.takeList()
  const replica = phone.open()
  await replica.sync()
  return { ...phone, replica, hasText: async (id: string) => (await until(replica.onPhone(id)))?.hasText }
}
