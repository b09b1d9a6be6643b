import { Dexie } from 'dexie'
import * as v from 'valibot'
import { digestOf } from '#domain/copy-digest.ts'
import { ContentRecordSchema } from '#domain/record/record.ts'
import type { Progress } from '#replica/bringing.ts'
import type { SyncOutcome } from '#replica/activity.ts'
import type { Replica } from '#replica/replica.ts'
import { canonical, listed, putOf } from '../model-feed.ts'
import { until } from '../phone.ts'
import { Cdn } from './cdn.ts'
import { heldBy } from './held.ts'
import type { Origin } from './origin.ts'
import type { Statistics } from './statistics.ts'
import { isOfStorage, type Step } from './steps.ts'
import { Tab } from './tab.ts'
import { troubled } from './trouble.ts'

type Sync = Extract<Step, { do: 'sync' }>

let phones = 0

/** A phone with two tabs, the edges before it and the feed behind them. */
export class PhoneModel {
  readonly cdn: Cdn
  private readonly tabs: [Tab | undefined, Tab | undefined] = [undefined, undefined]
  private readonly factory = Dexie.dependencies.indexedDB as IDBFactory | undefined
  private readonly databaseName = `history-${Date.now().toString(36)}-${++phones}`

  constructor(
    private readonly origin: Origin,
    private readonly statistics: Statistics,
  ) {
    this.cdn = new Cdn(origin)
  }

  /**
   * Syncs a tab and brings texts through trouble; what is on the phone must then be, record by record, a state that the feed was
   * once in, and so must each text that has come.
   */
  async sync(step: Sync): Promise<void> {
    if (step.trouble === 'dropped') await this.dropDatabase()
    const tab = this.tab(step.tab)
    const meanwhile = this.connect(tab, step)
    this.harm(tab, step)
    const other = step.together && !isOfStorage(step.trouble) ? await this.otherTab(step.tab) : undefined
    // Each has made its database by now, with a storage of its own.
    if (other !== undefined) await tab.use((replica) => replica.copyDigest())
    const others = other?.use(bring)
    const brought = await tab.use(bring)
    await others
    this.statistics.synced(brought?.outcome)
    tab.life.calm()
    tab.storage?.calm()
    await meanwhile()
    const isWhole = await this.check(this.tab(step.tab))
    if (other !== undefined) await this.check(other)
    else if (brought !== undefined) {
      if (brought.progress.state === 'done' && !isWhole) throw new Error('all texts were said to be here, and are not')
      if (brought.outcome === 'current' || brought.outcome === 'updated') await this.checkComplete(tab)
    }
  }

  /** With nothing wrong any more, every tab comes to what is published. */
  async settle(): Promise<void> {
    this.cdn.clock += 1000
    const wanted = await this.origin.digest()
    for (const number of [0, 1]) {
      const tab = this.tab(number)
      tab.network = (url) => this.cdn.fetch(number, url)
      const brought = await tab.use(bring)
      const copy = await tab.use((replica) => replica.copyDigest())
      if (brought?.outcome !== 'current' && brought?.outcome !== 'updated')
        throw new Error(`tab ${number} ended ${brought?.outcome}`)
      if (JSON.stringify(copy) !== JSON.stringify(wanted))
        throw new Error(`tab ${number} holds ${JSON.stringify(copy)}, the feed ${JSON.stringify(wanted)}`)
      const { state, texts } = brought.progress
      if (state !== 'done' || texts.here.count !== texts.wanted.count)
        throw new Error(`tab ${number} has ${texts.here.count} texts of ${texts.wanted.count}: ${state}`)
      if (!(await this.check(tab))) throw new Error(`tab ${number} lacks texts`)
    }
  }

  async end(): Promise<void> {
    for (const tab of this.tabs) tab?.life.die()
    await this.dropDatabase()
    Object.assign(Dexie.dependencies, { indexedDB: this.factory })
  }

  private async otherTab(number: number): Promise<Tab> {
    const other = this.tab(1 - number)
    other.network = (url) => this.cdn.fetch(1 - number, url)
    await other.use((replica) => replica.copyDigest())
    return other
  }

  private tab(number: number): Tab {
    const place = number === 0 ? 0 : 1
    const open = this.tabs[place]
    if (open?.life.alive === true) return open
    return (this.tabs[place] = new Tab(this.databaseName, this.factory))
  }

  /** @returns waits for what happens at the feed meanwhile */
  private connect(tab: Tab, { tab: number, trouble, after, edges, meanwhile }: Sync): () => Promise<void> {
    let answers = 0
    let happening: Promise<void> | undefined
    tab.network = async (url) => {
      if (meanwhile !== undefined && answers >= meanwhile.answers) happening ??= this.origin.perform(meanwhile.step)
      const edge = edges === 0 ? number : (edges >> answers) + answers
      const good = () => this.cdn.fetch(edge, url, trouble === 'stuckEdge')
      answers += 1
      if (trouble === 'none' || isOfStorage(trouble) || answers <= after) return good()
      return troubled(trouble, url, { good, mixedUp: () => this.cdn.mixUp(edge, url) })
    }
    return async () => happening
  }

  private harm({ life, storage }: Tab, { trouble, after }: Sync): void {
    if (trouble === 'crash')
      life.plan(after, () => {
        this.statistics.crashes += 1
        life.die()
      })
    if (storage === undefined) return
    if (trouble === 'killed') life.plan(after, () => storage.kill())
    if (trouble === 'commitLost') storage.commitLost = true
    if (trouble === 'refused') storage.refusals = 1 + (after % 3)
    if (trouble === 'full') storage.quota = { left: after, when: 'atOnce' }
    if (trouble === 'fullAtCommit') storage.quota = { left: after, when: 'atCommit' }
  }

  /** @returns whether every record that is shown has its text */
  private async check(tab: Tab): Promise<boolean> {
    const copy = await tab.use((replica) => replica.copyDigest())
    const held = await tab.use(heldBy)
    const state = copy === undefined ? [] : this.origin.stateAt(copy.epoch, copy.version)
    if (state === undefined) throw new Error(`the feed was never at ${copy?.epoch}:${copy?.version}`)
    const digest = digestOf(state.map(putOf))
    if (copy !== undefined && copy.digest !== digest)
      throw new Error(`a copy that is not ${copy.epoch}:${copy.version}`)
    const readable = state.map(({ record }) => record).filter((one) => v.safeParse(ContentRecordSchema, one).success)
    const { items = [], records } = held ?? {}
    const lists = canonical(items.map(({ files: _files, titleOnly: _titleOnly, ...short }) => short))
    if (lists !== listed(readable)) throw new Error(`the lists are not those of ${copy?.epoch}:${copy?.version}`)
    const known = new Map(readable.map((record) => [record['id'], record]))
    for (const [id, record] of records ?? [])
      if (canonical([record]) !== canonical([known.get(id)])) throw new Error(`${id} is not as it was published`)
    this.statistics.checks += 1
    this.statistics.texts += records?.size ?? 0
    return records?.size === items.length
  }

  /** A sync that says it is done has come to the head that it was given. */
  private async checkComplete(tab: Tab): Promise<void> {
    const copy = await tab.use((replica) => replica.copyDigest())
    const { head } = tab
    if (head !== undefined && (copy?.epoch !== head.epoch || copy.version < head.head))
      throw new Error(`done at ${copy?.epoch}:${copy?.version}, and the head is ${head.epoch}:${head.head}`)
  }

  /** As the browser does when it wants its room back. */
  private dropDatabase(): Promise<void> {
    const { factory } = this
    if (factory === undefined) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const request = factory.deleteDatabase(this.databaseName)
      request.onsuccess = () => resolve()
      request.onerror = () => reject(request.error ?? new Error('could not drop the database'))
    })
  }
}

/** What a tab does at every occasion: lists first, then texts. */
async function bring(replica: Replica): Promise<{ outcome: SyncOutcome; progress: Progress }> {
  const outcome = await replica.sync()
  await replica.fill()
  return { outcome, progress: await until(replica.progress()) }
}
