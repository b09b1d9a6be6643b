/* A program: the pull endpoint of RxDB's documentation for replication over HTTP, packed as Luodi's answers are. */
import http from 'node:http'
import { encode } from '../../../src/server/http/encodings.ts'
import { content, listen } from './records.mjs'

const { all, day } = content(process.argv[2], publish)
let version = 0
const documents = new Map()
const answers = new Map()
for (const record of all) write(record.id, record)

function write(id, record) {
  version += 1
  documents.delete(id)
  documents.set(id, { version, document: { id, text: JSON.stringify(record), _deleted: record === undefined } })
}

function publish() {
  answers.clear()
  for (const record of day.put) write(record.id, record)
  for (const id of day.withdraw) documents.set(id, { version: ++version, document: { id, text: '', _deleted: true } })
}

/** Packed once for all that ask alike, as a cache before it would keep it. */
function answerTo(url) {
  const { searchParams } = new URL(url, 'http://server')
  const [after, limit] = [Number(searchParams.get('after')), Number(searchParams.get('limit'))]
  const newer = [...documents.values()].filter((one) => one.version > after).sort((a, b) => a.version - b.version)
  const some = newer.slice(0, limit)
  const checkpoint = { version: some.at(-1)?.version ?? after }
  return encode(JSON.stringify({ documents: some.map(({ document }) => document), checkpoint }))
}

listen(
  http.createServer(async ({ url }, response) => {
    if (!answers.has(url)) answers.set(url, answerTo(url))
    const { br } = await answers.get(url)
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end(br)
  }),
)
