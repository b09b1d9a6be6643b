import type { Transaction } from 'kysely'
import { isDatabaseUnavailable } from './availability.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

/** Most that share one transaction: a group is short even for whoever waits behind it. */
const MOST = 64

interface Waiting<T, R> {
  one: T
  resolve: (result: R) => void
  reject: (error: unknown) => void
}

/**
 * Commits in groups (DeWitt et al. 1984): whatever comes while one transaction is under way shares the next, and so its one
 * wait for the disk. Each is answered after the commit that it is part of; one that comes alone waits for nobody.
 *
 * What the database refuses is tried again one by one, so that a bad one costs the others nothing. A database that cannot
 * serve now is not asked again: all of the group hear of it.
 * @param work what a transaction does with a group; gives the result of each
 * @returns puts one into a group, and waits for its result
 */
export function groupCommit<T, R>(
  { db }: Pick<Database, 'db'>,
  work: (trx: Transaction<Schema>, group: readonly T[]) => Promise<(one: T) => R>,
): (one: T) => Promise<R> {
  const queue: Waiting<T, R>[] = []
  let isScheduled = false

  const settle = async (group: readonly Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await db.transaction().execute(async (trx) => {
        const resultOf = await work(
          trx,
          group.map(({ one }) => one),
        )
        return group.map(({ one, resolve }) => ({ resolve, result: resultOf(one) }))
      })
      for (const { resolve, result } of results) resolve(result)
    } catch (error) {
      if (group.length === 1 || isDatabaseUnavailable(error)) for (const { reject } of group) reject(error)
      else for (const waiting of group) await settle([waiting])
    }
  }

  /** In the next turn of the event loop: by then all requests that have come with this one are in the queue. */
  const schedule = (): void => {
    if (isScheduled || queue.length === 0) return
    isScheduled = true
    setImmediate(() => {
      void settle(queue.splice(0, MOST)).then(() => {
        isScheduled = false
        schedule()
      })
    })
  }

  return (one) =>
    new Promise((resolve, reject) => {
      queue.push({ one, resolve, reject })
      schedule()
    })
}
