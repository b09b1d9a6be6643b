import { expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { groupCommit } from '#server/db/group-commit.ts'
import { onEachDatabase } from '../support/databases.ts'

onEachDatabase('group commit', (store) => {
  it('puts what comes together into one transaction, and answers each once another process can read it', async () => {
    const [database, other] = [await store.open(), await store.open()] as const
    const { put, groups } = inGroups(database)
    const names = Array.from({ length: 200 }, (_, n) => `name-${n}`)
    const answers = names.map(async (name) => {
      expect(await put(name)).toBe(name.toUpperCase())
      expect(await readAll(other)).toContain(name)
    })
    await Promise.all(answers)
    expect(groups.map(({ length }) => length)).toEqual([64, 64, 64, 8])
    expect(groups.flat()).toEqual(names)
  })

  it('takes in the next group what comes while one is under way, and at once what comes alone', async () => {
    const late: Promise<string>[] = []
    const { put, groups } = inGroups(await store.open(), (group) => {
      if (group.includes('first')) late.push(put('second'), put('third'))
    })
    await put('alone')
    await put('first')
    await Promise.all(late)
    expect(groups).toEqual([['alone'], ['first'], ['second', 'third']])
  })

  it('lets one that the database refuses cost the others nothing', async () => {
    const database = await store.open()
    const { put } = inGroups(database)
    await put('taken')
    const outcomes = await Promise.allSettled(['one', 'taken', 'two'].map(put))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await readAll(database)).toEqual(expect.arrayContaining(['one', 'taken', 'two']))
    expect(await put('three')).toBe('THREE')
  })

  it('tells all of a group when the database cannot serve now, keeps nothing of it, and does not ask again', async () => {
    const database = await store.open()
    let asked = 0
    const put = groupCommit(database, async (trx, group: readonly string[]) => {
      asked++
      await trx.insertInto('meta').values(group.map(row)).execute()
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' })
    })
    const outcomes = await Promise.allSettled(['one', 'two'].map(put))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked).toBe(1)
    expect(await readAll(database)).not.toContain('one')
  })
})

const row = (name: string) => ({ name, value: '' })

/** Stores names, and tells which came together. */
function inGroups(database: Database, onGroup: (group: readonly string[]) => void = () => undefined) {
  const groups: (readonly string[])[] = []
  const put = groupCommit(database, async (trx, group: readonly string[]) => {
    groups.push(group)
    onGroup(group)
    await trx.insertInto('meta').values(group.map(row)).execute()
    return (name) => name.toUpperCase()
  })
  return { put, groups }
}

async function readAll({ db }: Database): Promise<string[]> {
  const rows = await db.selectFrom('meta').select('name').execute()
  return rows.map(({ name }) => name)
}
