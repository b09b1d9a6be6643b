import { digestOf } from '#domain/copy-digest.ts'
import { json } from '../network.ts'
import { ModelFeed, putOf } from '../model-feed.ts'
import type { Origin } from './origin.ts'
import type { FeedStep, History, Write } from './steps.ts'
import { idOf, recordOf } from './written.ts'

const HEAD_CACHING = 'public, max-age=30, stale-while-revalidate=300'
const FOREVER = 'public, max-age=31536000, immutable'

/** The model feed as an origin. Its writers take turns: one of them is always the first. */
export function modelOrigin({ stepSize, segmentSize }: Pick<History, 'stepSize' | 'segmentSize'>): Origin {
  const feed = new ModelFeed()
  Object.assign(feed, { stepSize, segmentSize })
  let epochs = 1
  let backup: number | undefined

  function put(write: Write): void {
    if (write.do === 'put') feed.put(recordOf(write))
    else if (feed.state().has(idOf(write.id))) feed.withdraw(idOf(write.id))
  }

  function perform(step: FeedStep): void {
    switch (step.do) {
      case 'publish':
        return step.writers.flat().forEach(put)
      case 'list':
        return void feed.takeList()
      case 'compact':
        return feed.compact()
      case 'newEpoch':
        backup = undefined
        return feed.newEpoch(`e${(epochs += 1)}`)
      case 'backUp':
        backup = feed.head
        return
      case 'restore':
        if (backup === undefined) return
        feed.newEpoch(`e${(epochs += 1)}`, backup)
        backup = undefined
    }
  }

  return {
    perform: (step) => Promise.resolve(perform(step)),
    answer(path) {
      const answer = json(feed.file(path))
      if (answer.ok) answer.headers.set('Cache-Control', path.endsWith('/head.json') ? HEAD_CACHING : FOREVER)
      return Promise.resolve(answer)
    },
    digest() {
      const state = feed.stateAt(feed.epoch, feed.head) ?? []
      return Promise.resolve({ epoch: feed.epoch, version: feed.head, digest: digestOf(state.map(putOf)) })
    },
    stateAt: (epoch, version) => feed.stateAt(epoch, version),
  }
}
