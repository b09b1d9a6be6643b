/* A program: one answer with everything and one with the day's changes, packed once, as Luodi packs what it serves. */
import http from 'node:http'
import { encode } from '../../../src/server/http/encodings.ts'
import { content, listen } from './records.mjs'

const { all, day } = content(process.argv[2], () => undefined)
const answers = {
  '/all': (await encode(JSON.stringify({ put: all, withdraw: [] }))).br,
  '/day': (await encode(JSON.stringify(day))).br,
}
listen(
  http.createServer((request, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br', 'cache-control': 'no-store' })
      .end(answers[request.url])
  }),
)
