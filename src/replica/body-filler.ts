import type { ContentWish } from '#domain/content-wish.ts'
import type { ListHead } from '#domain/feed-v2.ts'
import { type Observed, observed } from './activity.ts'
import { AskedBodies, askForBodies } from './ask-for-bodies.ts'
import { BodyIndex, newerFirst, type Wanted, wantedOf } from './body-index.ts'
import { type BodyFile, singleBody } from './body-source.ts'
import { BodyWriter } from './body-writer.ts'
import { type BringingState, distinctFiles, type Progress, shareOf, type Sizes } from './bringing.ts'
import { exclusively } from './exclusive.ts'
import type { FeedClient } from './feed-client.ts'
import { FeedFailure } from './feed-failure.ts'
import { FileFiller } from './file-filler.ts'
import { FillRoom } from './fill-room.ts'
import { isRoomLeft } from './has-room.ts'
import { breathe, idle } from './idle.ts'
import { makeRoom } from './room.ts'
import { StorageFailure } from './storage-failure.ts'
import type { Body, ContentStore } from './store.ts'
import { Tidier } from './tidier.ts'
import { Wishes } from './wishes.ts'

/** Files that come at a time. Of the six connections that a browser opens to a host without HTTP/2, two are left to what a person waits for. */
const LANES = 4
/** Files of a lane that are stored while the next comes: those of all lanes that wait go together, which takes a third of the time. */
const STORING = 2
/** To add up how far it is takes time on a slow phone: as often, ms, as a person sees it move. */
const TELL_MS = 250

interface Parts {
  store: ContentStore
  feed: FeedClient
  /** Names the lock between tabs. */
  name: string
  patienceMs: number
}

/** Brings bodies and files to the phone, some files of the feed at a time, in moments with nothing else to do. */
export class BodyFiller {
  readonly wishes = new Wishes()
  readonly files = new FileFiller()
  readonly index: BodyIndex
  readonly progress: Observed<Progress> = observed<Progress>({
    state: 'bringing',
    texts: { here: shareOf([]), wanted: shareOf([]) },
    files: { here: shareOf([]), wanted: shareOf([]) },
    opened: 0,
    isTidy: true,
  })
  /** The feed's head at the last contact: without it nothing can be asked for. */
  head: ListHead | undefined
  readonly #room: FillRoom
  readonly #writer: BodyWriter
  readonly #tidier: Tidier
  #running: Promise<void> | undefined
  #again = false
  #opened = 0
  #toldAt = 0

  constructor(private readonly parts: Parts) {
    this.index = new BodyIndex(parts.store)
    this.#room = new FillRoom(parts.store, this.index, this.wishes)
    this.#writer = new BodyWriter(parts.store, (first) => this.#room.refused(first))
    this.#tidier = new Tidier(parts.store, this.index, this.wishes)
  }

  /** Goes on until all that is wanted is here or something stands in the way, which `progress` says. Calls meanwhile begin anew. */
  run(): Promise<void> {
    this.#again = true
    return (this.#running ??= this.#repeat())
  }

  /** Says at once what a change of what is wanted means; what is on its way still comes. `run` goes on. */
  wish(wish: ContentWish): void {
    this.wishes.set(wish)
    this.#tell(this.wishes.standing ?? 'bringing')
  }

  /** Brings one body at once: somebody is waiting for it. @throws FeedFailure or StorageFailure */
  async bring(id: string): Promise<void> {
    const { store, feed } = this.parts
    const { row, cursor } = await store.row(id)
    if (row === undefined || cursor === undefined || (await store.missing([row.body.sha256])).length === 0) return
    const wanted = wantedOf(row)
    const own = await askForBodies(feed, cursor.epoch, singleBody(cursor.epoch, wanted))
    if (own.length === 0) throw new FeedFailure('stale', `the body of ${id} is not the one that its list names`)
    await this.#store(own, wanted)
    this.#opened += 1
    this.#tell(this.progress.get().state)
  }

  /** What each depth comes to. */
  async sizes(): Promise<Sizes> {
    await this.index.refresh(idle)
    const files = distinctFiles(this.#rows)
    const unknown = files.filter(({ bytes }) => bytes === undefined).length
    const { listBytes: lists } = await this.parts.store.summary()
    return { lists, texts: shareOf(this.#rows.map(bodyOf)), files: shareOf(files), unknown }
  }

  /** Drops what nobody keeps, the oldest first, until about so many bytes are free. @returns whether anything has gone */
  async makeRoom(bytes: number): Promise<boolean> {
    await this.index.refresh(idle)
    const isGone = await makeRoom(this.parts.store, this.index, { kept: this.wishes, bytes })
    if (isGone) this.files.isFull = false
    await this.files.look(this.#wantedFiles())
    this.#tell(this.progress.get().state)
    return isGone
  }

  get #rows(): Wanted[] {
    return [...this.index.rows.values()]
  }

  async #repeat(): Promise<void> {
    let state: BringingState = 'done'
    try {
      while (this.#again) {
        this.#again = false
        state = await this.#pass().catch((error: unknown) => {
          if (error instanceof FeedFailure) return 'unreachable' as const
          if (error instanceof StorageFailure) return 'full' as const
          throw error
        })
        if (state === 'full') await this.#giveWay()
      }
    } finally {
      // In the same turn: whoever calls from now on, also when they are told of the end, begins anew.
      this.#running = undefined
    }
    this.#tell(state)
  }

  async #pass(): Promise<BringingState> {
    if (this.progress.get().state === 'unreachable' && this.head !== undefined) this.#tell('bringing')
    await this.index.refresh(idle)
    await this.#tidier.tidy()
    await this.#giveWay()
    await breathe()
    await this.files.look(this.#wantedFiles())
    await breathe()
    // Whether there is anything at all, only the feed can say.
    if (this.index.rows.size === 0 && this.head === undefined) return 'unreachable'
    // Whoever called meanwhile may want something else first.
    const standing = () => (this.#again ? 'bringing' : this.wishes.standing)
    const { isKept, wantsFiles, wantsText } = this.wishes
    // What the person keeps comes first: its texts, then its files beside the other texts, which wait for no file.
    const own = await this.#bringTexts(this.index.missing(isKept), standing)
    if (typeof own === 'string') return own
    await breathe()
    const others = this.index.missing((row) => wantsText(row) && !own.isMissed(row))
    const keptFiles = this.#bringFilesOf(isKept, standing, isRoomLeft)
    // It is told when it is waited for.
    keptFiles.catch(() => undefined)
    const asked = await this.#bringTexts(others, standing)
    // Contact would change nothing where there is no room.
    if (asked === 'unreachable' && !(await this.#room.hasRoom())) return 'full'
    if (typeof asked === 'string') return asked
    const keptState = await keptFiles
    const otherState = await this.#bringFilesOf(
      (row) => wantsFiles(row) && !isKept(row),
      standing,
      async () => (await this.#room.hasRoom()) && isRoomLeft(),
    )
    const state = keptState === 'done' ? otherState : keptState
    const lacking = this.index.missing(wantsText)
    if (state !== 'done' || lacking.length === 0) return state
    // What was not asked for in vain was here, and made way.
    return lacking.some((row) => own.isMissed(row) || asked.isMissed(row)) ? 'unreachable' : 'full'
  }

  /** What the phone cannot do now, the next pass tries again. */
  async #giveWay(): Promise<void> {
    const bytes = await this.#room.excess().catch(() => 0)
    if (bytes > 0) await this.makeRoom(bytes).catch(() => false)
  }

  #bringFilesOf(
    isWanted: (row: Wanted) => boolean,
    standing: () => BringingState | undefined,
    hasRoom: () => Promise<boolean>,
  ): Promise<BringingState> {
    const rows = this.#rows.filter(isWanted).sort(newerFirst)
    return this.files.bring(distinctFiles(rows), standing, hasRoom, () => this.#tellNowAndThen())
  }

  /** @returns why it stopped, or what it asked for, if that was all */
  async #bringTexts(
    missing: readonly Wanted[],
    standing: () => BringingState | undefined,
  ): Promise<BringingState | Pick<AskedBodies, 'isMissed'>> {
    const { head } = this
    const first = standing()
    if (first !== undefined) return first
    if (missing.length === 0) return { isMissed: () => false }
    // Another tab may have followed the feed into another epoch: this head knows nothing of that.
    if (head === undefined || head.epoch !== this.index.cursor?.epoch) return 'unreachable'
    await breathe()
    this.#tell('bringing')
    await breathe()
    const asked = new AskedBodies(missing, head)
    const lanes = Array.from({ length: LANES }, () => this.#bringFiles(asked, head.epoch, standing))
    // All of them have ended before another pass begins.
    const ends = await Promise.allSettled(lanes)
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    const why = ends.flatMap((end) => (end.status === 'fulfilled' && end.value !== undefined ? end.value : []))[0]
    return why ?? asked
  }

  /** @returns why it stopped, if not for having asked for all */
  async #bringFiles(
    asked: AskedBodies,
    epoch: string,
    standing: () => BringingState | undefined,
  ): Promise<BringingState | undefined> {
    const storing: Promise<void>[] = []
    try {
      for (;;) {
        await idle()
        const why = standing()
        if (why !== undefined) return why
        const file = asked.isOver ? undefined : asked.next(this.#isHere)
        if (file !== undefined) {
          this.#tellNowAndThen()
          if (!(await this.#room.for(file.rows))) return 'full'
          const { come, stored } = this.#bringFile(file, epoch)
          storing.push(this.#noted(asked, file, stored))
          await come
        } else if (storing.length === 0) return undefined
        // What a file turns out to lack is asked for alone: nobody is done before all is stored.
        if (file === undefined || storing.length > STORING) await storing.shift()
      }
    } finally {
      await Promise.all(storing)
    }
  }

  readonly #isHere = ({ body }: Wanted): boolean => this.index.here.has(body.sha256)

  /** Begins with a file: only what another tab has not brought meanwhile. @returns its coming, which never fails, and its storing */
  #bringFile(file: BodyFile, epoch: string): { come: Promise<void>; stored: Promise<void> } {
    const { store, feed, name, patienceMs } = this.parts
    let settle = () => {}
    const come = new Promise<void>((resolve) => (settle = resolve))
    const stored = exclusively(`${name}${file.path}`, patienceMs, async (hasWaited) => {
      const digests = file.rows.map(({ body }) => body.sha256)
      const missing = new Set(hasWaited ? await store.missing(digests) : digests)
      digests.filter((sha256) => !missing.has(sha256)).forEach((sha256) => this.index.here.add(sha256))
      if (missing.size === 0) return
      const rows = file.rows.filter(({ body }) => missing.has(body.sha256))
      const bodies = await askForBodies(feed, epoch, { ...file, rows })
      settle()
      await this.#store(bodies, file.rows[0])
    }).finally(settle)
    return { come, stored }
  }

  #noted(asked: AskedBodies, file: BodyFile, stored: Promise<void>): Promise<void> {
    const noted = stored.then(
      () => asked.note(file, this.#isHere),
      (error: unknown) => {
        asked.isOver = true
        throw error
      },
    )
    // It is told when it is waited for.
    noted.catch(() => undefined)
    return noted
  }

  async #store(bodies: readonly Body[], first: Wanted | undefined): Promise<void> {
    await this.#writer.put(bodies, first)
    bodies.forEach(({ sha256 }) => this.index.here.add(sha256))
  }

  #wantedFiles() {
    return distinctFiles(this.#rows.filter(this.wishes.wantsFiles))
  }

  #tellNowAndThen(): void {
    if (performance.now() - this.#toldAt >= TELL_MS) this.#tell('bringing')
  }

  #tell(state: BringingState): void {
    this.#toldAt = performance.now()
    const texts = this.#rows.filter(this.wishes.wantsText)
    const files = this.#wantedFiles()
    const hereTexts = texts.filter(this.#isHere)
    this.progress.set({
      state,
      texts: { here: shareOf(hereTexts.map(bodyOf)), wanted: shareOf(texts.map(bodyOf)) },
      files: { here: shareOf(files.filter(this.files.isHere)), wanted: shareOf(files) },
      opened: this.#opened,
      isTidy: this.#tidier.isTidy,
    })
  }
}

const bodyOf = ({ body }: Wanted) => body
