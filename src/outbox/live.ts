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
        // Errors come out as values: Dexie's own query says nothing of a reading that was aborted, or of a database that was closed
        // while it was being opened, which nobody is told of.
        const answers = liveQuery(() =>
          query().then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          ),
        )
        return answers.subscribe((answer) => {
          if ('error' in answer) failed(answer.error)
          else {
            failures = 0
            listener(answer.value)
          }
        }, failed)
      }

      function failed(error: unknown) {
        failures += 1
        if (database.isEnded) return
        if (failures < TRIES) database.reconnect()
        else fail(asStorageFailure(error))
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
