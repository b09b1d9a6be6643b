import type { Live } from '#domain/live.ts'
import type { Activity, Observed, SyncProblem } from './activity.ts'
import { type ContentReader, isBehind } from './store.ts'

/** The copy as a whole, and what is being done about it. */
export interface ReplicaState {
  /** Whether the lists are a complete state of the feed; false before the first filling. */
  ready: boolean
  epoch?: string
  version: number
  /** Milliseconds since 1970 of the last contact that found the copy complete: 数据截至. */
  syncedAt?: number
  /** What is not listed may be newer than the list: it comes with what is still to be brought. */
  isBehind?: true
  syncing: boolean
  /**
   * What stood in the way of the last sync. `storage`: the copy cannot be kept, or lives in memory for this session only;
   * `superseded`: the same, as a tab of a newer release has taken the copy over, and this one should be loaded anew.
   */
  problem?: SyncProblem
  /** The browser dropped the copy since it was filled last; it is being fetched again, or has been. */
  wasDropped?: true
}

/** The state now and every later one. */
export function liveState(store: ContentReader, activity: Observed<Activity>): Live<ReplicaState> {
  return {
    subscribe(listener, fail) {
      let copy: Omit<ReplicaState, 'syncing'> | undefined
      const tell = () => copy && listener({ ...copy, ...activity.get() })
      const stopListening = activity.listen(tell)
      const stopWatching = store
        .watch((current) => current.summary())
        .subscribe(({ cursor, syncedAt, lasting }) => {
          copy = {
            ready: cursor !== undefined,
            version: cursor?.version ?? 0,
            ...(cursor === undefined ? {} : { epoch: cursor.epoch }),
            ...(cursor !== undefined && isBehind(cursor) ? { isBehind: true as const } : {}),
            ...(syncedAt === undefined ? {} : { syncedAt }),
            ...(lasting ? {} : { problem: 'storage' as const }),
          }
          tell()
        }, fail)
      return () => {
        stopListening()
        stopWatching()
      }
    },
  }
}
