import { expect, test } from 'vitest'
import type { Replica } from '#replica/replica.ts'
import { canonical } from './model-feed.ts'
import { json, withoutQuery } from './network.ts'
import { contentOf, setUp, textsOn, until } from './phone.ts'
import { article, day } from './records.ts'

/** Every word of the text but one is the same, whatever is written there. */
const whole = (n: number, word = '原来', title = `题 ${n}`) => ({
  ...article(`a${n}`, title, day(n)),
  body: [{ type: 'paragraph', text: [{ text: `第 ${n} 篇的正文，${word}的一段。` }] }],
})

const isTail = (path: string) => path.includes('/tail/')

/** A phone with ten articles and their texts; what comes next begins another step. */
async function filled() {
  const phone = setUp()
  Object.assign(phone.feed, { stepSize: 10, segmentSize: 100 })
  for (let n = 1; n <= 10; n++) phone.feed.put(whole(n))
  phone.feed.takeList()
  const replica = phone.open()
  await replica.sync()
  await replica.fill()
  const asked = () => phone.network.requests.splice(0).map((url) => withoutQuery(url).replace(/-[0-9a-f]{64}/, '-…'))
  asked()
  return { ...phone, replica, asked }
}

async function hasText(replica: Replica, id: string): Promise<boolean | undefined> {
  return (await until(replica.onPhone(id)))?.hasText
}

test('a text that was edited is made of the one that is here, and nothing more is asked for', async () => {
  const { feed, replica, databaseName, asked } = await filled()
  feed.put(whole(2, '更正过'))
  feed.put(whole(3, '原来', '只有标题是新的'))
  await replica.sync()
  expect(await textsOn(databaseName)).toContainEqual(expect.stringContaining('第 2 篇的正文，更正过的'))
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(asked()).toEqual(['/sync/v2/head.json', '/sync/v2/e1/tail/12.ndjson'])
})

test('of a record that changes several times in a run each text is made of the one before it', async () => {
  const { feed, replica, asked } = await filled()
  feed.put(whole(2, '更正过'))
  feed.put(whole(2, '又改了'))
  feed.put(whole(11, '新来'))
  feed.put(whole(11, '新来又改了'))
  await replica.sync()
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(asked()).toEqual(['/sync/v2/head.json', '/sync/v2/e1/tail/14.ndjson'])
})

test('a run of which a part is here already brings the rest', async () => {
  const { feed, replica, asked } = await filled()
  feed.put(whole(2, '更正过'))
  await replica.sync()
  // What the text was before goes.
  await replica.fill()
  feed.put(whole(2, '又改了'))
  asked()
  await replica.sync()
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(asked()).toEqual(['/sync/v2/head.json', '/sync/v2/e1/tail/12.ndjson'])
})

test('a text whose earlier one is not here is asked for as any other', async () => {
  const { feed, replica, asked, open } = await filled()
  replica.keep(new Set())
  replica.wish({ depth: 'texts', pause: 'auto' })
  replica.wish({ depth: 'titles', pause: 'auto' })
  await replica.fill()
  feed.put(whole(2, '更正过'))
  const next = open()
  expect(await next.sync()).toBe('updated')
  expect(await hasText(next, 'a2')).toBe(false)
  asked()
  expect(await contentOf(next)).toBe(canonical(feed.state().values()))
  expect(asked()).toEqual(['/sync/v2/e1/open-bundles/11.ndjson'])
})

test.each([
  ['an edit that a cache has wrong', (tail: string) => tail.replace('更正过', '假的')],
  [
    'an edit of a text that is another one',
    // The first body that it names is the one of another record.
    (tail: string) => tail.replace(/"of":"\w+"(?=[^\n]*\n$)/, `"of":"${/"sha256":"(\w+)"/.exec(tail)?.[1]}"`),
  ],
])('%s is not taken, and the text is asked for', async (_, wrong) => {
  const { feed, network, replica, asked, databaseName } = await filled()
  feed.put(whole(1, '只是不同'))
  await replica.sync()
  feed.put(whole(2, '更正过'))
  asked()
  network.fault = (path) => (isTail(path) ? json(wrong(feed.file(withoutQuery(path)) ?? '')) : undefined)
  expect(await replica.sync()).toBe('updated')
  expect(await hasText(replica, 'a2')).toBe(false)
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(asked()).toEqual(['/sync/v2/head.json', '/sync/v2/e1/tail/12.ndjson', '/sync/v2/e1/bodies/12-….json'])
  expect((await textsOn(databaseName)).filter((text) => text.includes('假的'))).toEqual([])
})

test('what is no edit is no answer of the feed', async () => {
  const { feed, network, replica } = await filled()
  feed.put(whole(2, '更正过'))
  network.fault = (path) =>
    isTail(path) && !path.includes('?')
      ? json(feed.file(path)?.replace('"edit":[{"from":0', '"edit":[{"from":-1'))
      : undefined
  expect(await replica.sync()).toBe('updated')
  expect(network.requests.filter(isTail)).toHaveLength(2)
  expect(await hasText(replica, 'a2')).toBe(true)
})

test('whoever wants titles only gets no text made, but of what they keep', async () => {
  const { feed, replica, databaseName } = await filled()
  replica.keep(new Set(['a3']))
  replica.wish({ depth: 'titles', pause: 'auto' })
  // Until it fills, the texts are still here.
  feed.put(whole(2, '更正过'))
  feed.put(whole(3, '更正过'))
  await replica.sync()
  const made = (await textsOn(databaseName)).filter((text) => text.includes('更正过'))
  expect(made).toEqual([expect.stringContaining('第 3 篇')])
})

test('a first filling takes the texts of the open segment in one file, whichever changes brought edits', async () => {
  const { feed, open, network } = setUp()
  Object.assign(feed, { stepSize: 2, segmentSize: 100 })
  for (let n = 1; n <= 20; n++) feed.put(whole(n))
  feed.takeList()
  for (let n = 1; n <= 12; n++) feed.put(whole(n, '更正过'))
  const replica = open()
  await replica.sync()
  expect(network.requests.filter((path) => path.includes('/steps/'))).toHaveLength(6)
  network.requests.length = 0
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(network.requests).toEqual(['/sync/v2/e1/open-bundles/32.ndjson'])
})
