import type { ListHead } from '#domain/feed-v2.ts'
import type { BodyIndex } from './body-index.ts'
import type { FeedClient } from './feed-client.ts'
import { FeedFailure } from './feed-failure.ts'
import { bindWhenWorth } from './bind-changes.ts'
import { takeList } from './noted-list.ts'
import { contradicts, planFor } from './plan.ts'
import { bodiesOf } from './run-bodies.ts'
import { type ContentStore, type Cursor, FIRST_COPY, sameCursor } from './store.ts'

/** Rounds of one sync: after the first, every address is made new, so that no cache can give the same wrong answer again. */
const ROUNDS = 3

interface Means {
  feed: FeedClient
  store: ContentStore
  /** Milliseconds since 1970. */
  now: () => number
  /** Whether the text of a record is to be kept when it comes along with the changes. */
  wantsText: (record: { id: string }) => boolean
  /** Which bodies there are; told of a list that is taken. */
  index: Pick<BodyIndex, 'adopt'>
}

/**
 * Brings the copy up to the feed's head. What was applied before a failure stays: the next sync goes on from there.
 * @returns whether the copy changed, by whichever tab, and the head that it has reached
 * @throws FeedFailure or StorageFailure; the copy is then a complete earlier state of the feed
 */
export async function synchronise(means: Means): Promise<{ outcome: 'current' | 'updated'; head: ListHead }> {
  const { feed, store, now } = means
  const before = await store.cursor()
  let failure = new FeedFailure('stale', 'the copy kept changing while it was synchronised')
  for (let round = 0; round < ROUNDS; round++) {
    const asked = now()
    try {
      const cursor = await store.cursor()
      const head = await trustedHead(feed, cursor, round > 0)
      if (await follow(means, { head, cursor, fresh: round > 0 })) {
        await store.markSynced(asked, head.list.bytes)
        const outcome = sameCursor(before, await store.cursor()) ? 'current' : 'updated'
        await bindWhenWorth(store, means.index)
        return { outcome, head }
      }
    } catch (error) {
      if (!(error instanceof FeedFailure) || error.reason !== 'stale') throw error
      failure = error
    }
  }
  throw failure
}

/** A head that would take the copy back is asked for a second time past the caches: an old answer must not undo a newer copy. */
async function trustedHead(feed: FeedClient, cursor: Cursor | undefined, fresh: boolean): Promise<ListHead> {
  const head = await feed.head(fresh)
  const isFollowing = cursor !== undefined && cursor.epoch !== FIRST_COPY
  const suspicious = !fresh && isFollowing && contradicts(cursor, head)
  return suspicious ? feed.head(true) : head
}

interface Round {
  head: ListHead
  cursor: Cursor | undefined
  fresh: boolean
}

/** @returns false when another tab changed the copy meanwhile, and the round has to start over */
async function follow({ feed, store, wantsText, index }: Means, { head, cursor, fresh }: Round): Promise<boolean> {
  let position = cursor
  if (planFor(position, head).kind === 'list') {
    if (!(await takeList(store, index, feed.list(head, fresh), position))) return false
    position = await store.cursor()
  }
  const plan = planFor(position, head)
  if (plan.kind === 'list') return false
  for (const part of plan.parts) {
    const run = await feed.run(head, part, fresh)
    const bodies = await bodiesOf(run, store, wantsText)
    if (!(await store.applyRun({ ...run, bodies }))) return false
  }
  return true
}
