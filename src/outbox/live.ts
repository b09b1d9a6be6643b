import { liveQuery } from 'dexie'
import type { Live } from '#domain/live.ts'
import type { MineDatabase } from './database.ts'
import { asStorageFailure } from './errors.ts'

/** Failures in a row, without a value between them, after which the listener is told. */
const TRIES = 3

/**
 * A query that is asked again whenever its rows change, in this tab, another or the worker. It survives a connection that
 * is killed or makes way for an upgrade: Dexie's own query falls silent then.
 */
export function live<T>(database: MineDatabase, query: () => Promise<T>): Live<T> {
  return {
    subscribe(listener, fail) {
      let failures = 0
      let subscription = ask()

      function ask() {
        return liveQuery(query).subscribe({
          next(value) {
            failures = 0
            listener(value)
          },
          error(error: unknown) {
            failures += 1
            if (failures < TRIES && !database.isEnded) database.reconnect()
            else fail(asStorageFailure(error))
          },
        })
      }

      function askAgain() {
        if (database.isEnded) return
        subscription.unsubscribe()
        subscription = ask()
      }

      database.on('close', askAgain)
      return () => {
        database.on('close').unsubscribe(askAgain)
        subscription.unsubscribe()
      }
    },
  }
}
