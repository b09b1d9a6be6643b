import { exclusively } from '../exclusive.ts'
import { forgetFull, fullAt, noteFull } from '../full-note.ts'
import { noteRefused } from '../has-room.ts'
import { settled } from '../settled.ts'
import { contentSource } from './content-source.ts'
import { NoRoom, SearchDesk } from './desk.ts'
import type { Asked, Told } from './messages.ts'
import { SearchIndex } from './search-index.ts'

/* The search's own thread: it reads the copy of the content by itself, so that no page is ever held up. */

/** How long another tab may build before this one does too, ms. */
const PATIENCE_MS = 120_000

let desk: SearchDesk | undefined
let running = false
let again = false
let lockName = ''

const tell = (message: Told) => postMessage(message)

/** Calls during a run ask for one more: something may have come that it has passed already. */
async function keepUp(): Promise<void> {
  again = true
  if (running || desk === undefined) return
  running = true
  try {
    const current = desk
    while (again) {
      again = false
      await exclusively(lockName, PATIENCE_MS, () => build(current))
    }
  } catch (error) {
    // No room, or no database: the next change of the content is another try, and searches do without.
    tell({ type: 'progress', progress: { state: 'unable' } })
    // Anything else is a fault of ours, and is told where such are looked for.
    if (!(error instanceof DOMException || error instanceof NoRoom)) throw error
  } finally {
    running = false
  }
}

/** Goes on where the browser refused more while it rewrote its files. */
async function build(current: SearchDesk): Promise<void> {
  const keepUp = () => current.keepUp((progress) => tell({ type: 'progress', progress }))
  try {
    await keepUp()
  } catch (error) {
    if (!isFull(error)) throw error
    await settled()
    await keepUp().catch(async (again: unknown) => {
      if (!isFull(again)) throw again
      await noteRefused()
      const at = fullAt()
      if (at !== undefined) tell({ type: 'full', at })
      throw again
    })
  }
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError'

/** What fails in a rehearsal fails, and is told, in a search of a person, or where the index is kept up. */
const rehearse = () => void desk?.rehearse().catch(() => undefined)

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  if (data.type === 'expect') return rehearse()
  if (data.type === 'open') {
    desk = new SearchDesk(contentSource(data.content), new SearchIndex(data.search), () => void keepUp())
    lockName = `${data.search}-build`
  }
  if (data.type !== 'search') {
    if (data.fullAt === undefined) forgetFull()
    else noteFull(data.fullAt)
    void keepUp()
    return
  }
  const { nr, query, most } = data
  void Promise.resolve(desk?.search(query, most)).then(
    (answer) => tell({ type: 'answer', nr, answer }),
    (error: unknown) => tell({ type: 'failed', nr, message: String(error) }),
  )
})
