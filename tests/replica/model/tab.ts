import { Dexie } from 'dexie'
import * as v from 'valibot'
import { type ListHead, ListHeadSchema } from '#domain/feed-v2.ts'
import { openReplica, type Replica } from '#replica/replica.ts'
import { Life, never } from '../../support/life.ts'
import { TabStorage } from '../../support/tab-storage.ts'

/**
 * One tab of the phone: a storage and a network that end with it. Without an IndexedDB the copy lives in its memory. One tab is
 * at work at a time, for Dexie takes the factory that is set when it makes a database.
 */
export class Tab {
  readonly life = new Life()
  readonly storage: TabStorage | undefined
  /** The network as it is now. */
  network: (url: string) => Promise<Response> = () => Promise.reject(new TypeError('Failed to fetch'))
  /** The last head it was given. */
  head: ListHead | undefined
  private readonly replica: Replica

  constructor(databaseName: string, real: IDBFactory | undefined) {
    this.storage = real && new TabStorage(real, this.life)
    this.replica = openReplica({
      databaseName,
      now: () => 1_753_700_000_000,
      fetch: (url) => this.fetch(url),
    })
  }

  /** @returns undefined when the tab has died over it */
  async use<T>(run: (replica: Replica) => Promise<T>): Promise<T | undefined> {
    if (this.storage !== undefined) Dexie.dependencies.indexedDB = this.storage.factory
    const death = new Promise<undefined>((resolve) => this.life.whenDead(() => resolve(undefined)))
    return Promise.race([run(this.replica), death])
  }

  private async fetch(url: string): Promise<Response> {
    if (!this.life.step()) return never()
    const answer = await this.network(url).catch((error: unknown) => error)
    if (!this.life.step()) return never()
    if (!(answer instanceof Response)) throw answer
    if (url.includes('/head.json')) this.head = await headIn(answer.clone())
    return answer
  }
}

async function headIn(answer: Response): Promise<ListHead | undefined> {
  const value: unknown = await answer.json().catch(() => undefined)
  const head = v.safeParse(ListHeadSchema, value)
  return head.success ? head.output : undefined
}
