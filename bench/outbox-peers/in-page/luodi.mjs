import './seeded.mjs'
import { consentToCurrent } from '../../../src/domain/inquiry/notice.ts'
import { openMine } from '../../../src/outbox/mine.ts'
import { messageOf, numberIn, tell, withWorker } from './message.mjs'

/** What a page of ours writes for each state. */
const SHOWN = { unsent: 'waiting', sending: 'waiting', delivered: 'delivered', refused: 'refused' }
const { outbox, drafts } = openMine()
const shown = new Map()

function show(entries) {
  for (const { values, state } of entries) {
    const nr = numberIn(values.message)
    if (shown.get(nr) !== SHOWN[state]) tell(nr, SHOWN[state])
    shown.set(nr, SHOWN[state])
  }
}

const keyOf = (nr) => `contact:${nr}`

async function submitDraft(nr) {
  const consent = consentToCurrent(['答复咨询'], new Date().toISOString())
  const fields = messageOf(nr)
  await outbox.submit({ type: 'contact', fields, consent, draftKey: keyOf(nr), shown: fields })
  if (!shown.has(nr)) tell(nr, 'waiting')
}

globalThis.bench = {
  type: (nr) => drafts.save(keyOf(nr), messageOf(nr)),
  see: (nr) => drafts.load(keyOf(nr)),
  submitDraft,
  async submit(nr) {
    await drafts.save(keyOf(nr), messageOf(nr))
    await submitDraft(nr)
  },
  async kept() {
    const entries = await new Promise((resolve, reject) => {
      const end = outbox.entries().subscribe((value) => {
        queueMicrotask(() => end())
        resolve(value)
      }, reject)
    })
    const numbers = (wanted) =>
      entries.filter(({ state }) => SHOWN[state] === wanted).map(({ values }) => numberIn(values.message))
    return { waiting: numbers('waiting'), toCorrect: numbers('refused') }
  },
}

await withWorker()
outbox.entries().subscribe(show, reportError)
outbox.start()
globalThis.benchReady = true
