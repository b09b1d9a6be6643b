import { expect, it } from 'vitest'
import { type ListChange, openBundleUrl, openStepUrl, stepUrl } from '#domain/feed-v2.ts'
import type { Database } from '#server/db/database.ts'
import { startEpoch } from '#server/feed/epoch.ts'
import { publishRecords, withdrawRecords } from '#server/feed/review.ts'
import { storePage } from '#server/feed/store.ts'
import { onEachDatabase } from '../support/databases.ts'
import { anApp } from './an-app.ts'
import { edited, readLines, readListHead, readRun, readWholeRecords } from './list-feed-reader.ts'
import { article, NOW, page } from './samples.ts'

/** An article with a long text, whose first paragraph is this one. */
function long(id: string, first: string, title?: string) {
  const paragraphs = [
    first,
    ...Array.from({ length: 9 }, (_, n) => `${id} 的第 ${n} 段：标准厂房，可以分割出租，随时看房。`),
  ]
  return { ...article(id, title), body: paragraphs.map((text) => ({ type: 'paragraph' as const, text: [{ text }] })) }
}

const put = (database: Database, ...records: ReturnType<typeof long>[]) => storePage(database, page(records), NOW)
const withdraw = (database: Database, id: string) => withdrawRecords(database, [id], NOW)
/** What came in since it was withdrawn waits for an officer's word. */
async function publishAgain(database: Database, record: ReturnType<typeof long>) {
  await put(database, record)
  await publishRecords(database, [record.id], NOW)
}
const digestOf = (change: ListChange | undefined) => (change?.op === 'put' ? change.body.sha256 : undefined)

/** Reads runs of the epoch that the server is in. */
async function reading(database: Database) {
  const { ask } = anApp(database)
  const { epoch } = await readListHead(ask)
  return {
    epoch,
    ask,
    step: (n: number) => readRun(ask, stepUrl(epoch, n)),
    openStep: (head: number) => readRun(ask, openStepUrl(epoch, head)),
  }
}

/** The database, and how often something is read through it. */
function counting(database: Database) {
  const counted = { reads: 0 }
  const db = database.db.withPlugin({
    transformQuery({ node }) {
      if (node.kind === 'SelectQueryNode') counted.reads += 1
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  return { database: { ...database, db }, counted }
}

onEachDatabase('what a run sends of bodies', (store) => {
  it('is whole where texts are too long to be compared', async () => {
    const database = await store.open()
    const [longest, longer] = [98_000, 102_000].map((length) => '长'.repeat(length))
    await put(database, long('r1', `${longest}旧`), long('r2', `${longer}旧`))
    await put(database, long('r1', `${longest}新`), long('r2', `${longer}新`))
    const { bodies, edits } = await (await reading(database)).openStep(4)
    expect(edits).toHaveLength(1)
    expect([...bodies.values()].filter((body) => body.includes('新'))).toHaveLength(1)
  })

  it('is an edit of what the record was before, in whichever run; a new one whole, and nothing of one that stayed', async () => {
    const database = await store.open()
    await put(database, ...Array.from({ length: 10 }, (_, n) => long(`r${n}`, `旧 ${n}`)))
    await put(database, long('r1', '更正'), long('r2', '旧 2', '另一个标题'), long('new', '新来的'))
    const { step, openStep } = await reading(database)
    const first = await step(0)
    expect([first.header.bodies, first.header.edits]).toEqual([10, 0])
    const { changes, bodies, edits } = await openStep(13)
    expect(changes.map(({ id }) => id)).toEqual(['r1', 'r2', 'new'])
    expect([...bodies.keys()]).toEqual([digestOf(changes[2])])
    expect(edits.map(({ sha256: digest }) => digest)).toEqual([digestOf(changes[0])])
    expect(edits[0]?.of).toBe(digestOf(first.changes[1]))
    expect(edited(first.bodies, edits[0]!)).toContain('更正')
    expect(JSON.stringify(edits[0]).length).toBeLessThan(300)
  })

  it('is the whole where hardly anything has stayed', async () => {
    const database = await store.open()
    await put(database, long('a', '旧'))
    const text = [{ text: '全部重写：这里原来的内容已经过时，请以新的公告为准，原来的厂房也不再出租。'.repeat(3) }]
    await put(database, { ...long('a', ''), body: [{ type: 'paragraph' as const, text }] })
    const { changes, bodies, edits } = await (await reading(database)).openStep(2)
    expect([edits.length, bodies.has(digestOf(changes[1]) ?? '')]).toEqual([0, true])
  })

  it('follows a record that changes several times in a run, and is withdrawn in between', async () => {
    const database = await store.open()
    for (const first of ['一', '二', '三']) await put(database, long('a', first))
    await withdraw(database, 'a')
    await publishAgain(database, long('a', '四'))
    await put(database, long('a', '五'))
    const { changes, bodies, edits } = await (await reading(database)).openStep(6)
    const [one, two, three, , four, five] = changes.map(digestOf)
    expect([...bodies.keys()]).toEqual([one, four])
    expect(edits.map(({ of, sha256: digest }) => [of, digest])).toEqual([
      [one, two],
      [two, three],
      [four, five],
    ])
  })

  it('is the whole of one that was withdrawn in an earlier run: phones have dropped what it was', async () => {
    const database = await store.open()
    await put(database, ...Array.from({ length: 9 }, (_, n) => long(`r${n}`, `旧 ${n}`)))
    await withdraw(database, 'r1')
    await publishAgain(database, long('r1', '更正'))
    await put(database, long('r2', '更正'))
    const { changes, bodies, edits } = await (await reading(database)).openStep(12)
    expect([...bodies.keys()]).toEqual([digestOf(changes[0])])
    expect(edits.map(({ sha256: digest }) => digest)).toEqual([digestOf(changes[1])])
  })

  it('is the same for ever, whatever becomes of the record later, and leads to every record', async () => {
    const database = await store.open()
    await put(database, ...Array.from({ length: 10 }, (_, n) => long(`r${n}`, `旧 ${n}`)))
    for (let n = 0; n < 15; n++) await put(database, long(`r${n % 4}`, `更正 ${n}`))
    const { ask, epoch } = await reading(database)
    const paths = [stepUrl(epoch, 1), openStepUrl(epoch, 17), openStepUrl(epoch, 25)]
    const before = await Promise.all(paths.map((path) => readLines(ask, path)))
    for (let n = 0; n < 15; n++) await put(database, long(`r${n % 4}`, `又改 ${n}`))
    await withdraw(database, 'r1')
    const other = anApp(await store.open()).ask
    expect(await Promise.all(paths.map((path) => readLines(other, path)))).toEqual(before)
    const records = await readWholeRecords(other)
    expect(records.size).toBe(9)
    expect(JSON.stringify(records.get('r2'))).toContain('又改 14')
  })

  it('begins anew with an epoch', async () => {
    const database = await store.open()
    await put(database, long('a', '旧'), long('b', '旧'))
    await put(database, long('a', '更正'))
    await startEpoch(database, NOW)
    const { header } = await (await reading(database)).openStep(2)
    expect([header.bodies, header.edits]).toEqual([2, 0])
  })

  it('is found in two reads, however many records changed', async () => {
    const { database, counted } = counting(await store.open())
    await put(database, ...Array.from({ length: 10 }, (_, n) => long(`r${n}`, `旧 ${n}`)))
    await put(database, ...Array.from({ length: 10 }, (_, n) => long(`r${n}`, `更正 ${n}`)))
    const { epoch, ask } = await reading(database)
    // What every answer reads to know the epoch it is in.
    counted.reads = 0
    await ask(stepUrl('another', 0))
    const known = 2 * counted.reads
    counted.reads = 0
    expect((await readRun(ask, stepUrl(epoch, 1))).edits).toHaveLength(10)
    expect(counted.reads - known).toBe(2)
  })
})

onEachDatabase('the open bundle', (store) => {
  it('holds every body after the last closed segment, whole', async () => {
    const database = await store.open()
    for (let n = 0; n < 100; n += 10)
      await put(database, ...Array.from({ length: 10 }, (_, k) => long(`r${n + k}`, `旧 ${n + k}`)))
    await put(database, long('r3', '更正'), long('new', '新来的'))
    await withdraw(database, 'r4')
    await put(database, ...Array.from({ length: 10 }, (_, n) => long(`s${n}`, '还有')), long('r3', '又改'))
    const { ask, epoch } = await reading(database)
    const { header, changes, bodies, edits } = await readRun(ask, openBundleUrl(epoch, 114), false)
    expect(header).toEqual({ epoch, from: 101, to: 114, bodies: 13, edits: 0 })
    expect([changes, edits]).toEqual([[], []])
    const firsts = [...bodies.values()].map((body) => /更正|新来的|还有|又改/.exec(body)?.[0])
    expect(firsts).toEqual(['更正', '新来的', ...Array<string>(10).fill('还有'), '又改'])
    expect((await readRun(ask, openBundleUrl(epoch, 102), false)).bodies.size).toBe(2)
  })
})
