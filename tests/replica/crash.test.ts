import { expect, test } from 'vitest'
import { canonical, type ModelFeed } from './model-feed.ts'
import { contentOf, setUp, stateOf } from './phone.ts'
import { article } from './records.ts'

/** Syncs in a worker that is killed when it announces its n-th write. */
function syncAndDie(databaseName: string, feed: ModelFeed, atWrite: number): Promise<void> {
  const worker = new Worker(new URL('./crash-worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    let writes = 0
    worker.onmessage = ({ data }) => {
      if (data === 'write' && ++writes < atWrite) return
      worker.terminate()
      resolve()
    }
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage({
      databaseName,
      files: { '/sync/v2/head.json': feed.headJson(), ...Object.fromEntries(feed.files) },
    })
  })
}

test('killed between any two writes, the phone shows a whole state and catches up', async () => {
  for (const atWrite of [1, 2, 4, 9, 13, 17, 22]) {
    const { feed, databaseName, open } = setUp()
    for (let n = 0; n < 6; n++) feed.put(article(`a${n}`, `第${n}篇`))
    await open().sync()
    feed.newEpoch('e2')
    for (let n = 0; n < 9; n++) feed.put(article(`a${n}`, `第${n}篇，改`))
    await syncAndDie(databaseName, feed, atWrite)
    const replica = open()
    const { epoch, version } = await stateOf(replica)
    const state = feed.stateAt(epoch ?? '', version) ?? []
    expect(await contentOf(replica)).toBe(canonical(state.map(({ record }) => record)))
    expect(['current', 'updated']).toContain(await replica.sync())
    expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  }
})
