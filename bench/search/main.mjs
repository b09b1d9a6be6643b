import { parseArgs } from 'node:util'
import { browserVersion, conditions, versionOf } from '../lib/machine.mjs'
import { documentOf, textOf } from './in-page/documents.mjs'
import { measure, SLOWER, STARTS } from './measure.mjs'
import { makeQueries } from './queries.mjs'
import { report } from './report.mjs'
import { fold, truthOf } from './truth.mjs'

const { values } = parseArgs({ options: { n: { type: 'string', default: '10000' } } })
const count = Number(values.n)
const CONTESTANTS = [
  ['luodi', 'Luodi, rehearsed'],
  ['luodi-worker', 'Luodi, in its worker (not slowed)'],
  ['scan', 'plain `includes`, in memory'],
  ['minisearch-segmenter', 'MiniSearch, `Intl.Segmenter`'],
  ['minisearch-bigrams', 'MiniSearch, bigrams'],
  ['flexsearch', 'FlexSearch, CJK, its IndexedDB'],
  ['luodi', 'Luodi, asked before it has rehearsed', { rests: false }],
]
const say = (text) => console.error(text)

const documents = []
let characters = 0
for (let n = 0; n < count; n += 1) {
  const document = documentOf(n)
  characters += textOf(document).length
  documents.push({ id: document.id, folded: fold(textOf(document)) })
}
const queries = makeQueries(documents.slice(0, 500).map(({ folded }) => folded))
const truths = queries.map((query) => truthOf(documents, query))
const task = { count, queries, truths, textBytes: characters * 2 }
say(`${count} records, ${queries.length} queries`)

const rows = []
for (const [name, title, how] of CONTESTANTS) {
  const measured = await measure(name, task, how)
  say(`${title}: ${JSON.stringify({ ...measured, times: undefined })}`)
  rows.push({ title, measured })
}

console.log(`## Search on the phone

${conditions([browserVersion(process.env.CHROMIUM_PATH), versionOf('minisearch'), versionOf('flexsearch')])}
${count} invented records of ${Math.round(characters / count)} characters (${(task.textBytes / 1e6).toFixed(1)} MB as strings are kept), ${queries.length} queries, once
each after each of ${STARTS} starts, from one character to a phrase, as they are typed too. The page's thread is slowed ${SLOWER}× from the start on; filling is not, nor is the
browser's own thread that reads the disk. Each contestant starts in a new browser on what it stored; the first answer includes loading its
code. Truth: plain substring, Latin words from their beginning; counts: how many of the counts shown were exact.

${report(rows, task)}
`)
process.exit()
