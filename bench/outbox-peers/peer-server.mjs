/*
 * A program: the endpoint the peers send to. It keeps every message that arrives whole, with its idempotency key when it
 * has one, committed to the disk before it answers 201. Keys are not looked at here: what an endpoint that honours them
 * would hold is counted from the same rows.
 */
import Libsql from 'libsql'
import http from 'node:http'

const [file, port] = process.argv.slice(2)
const database = new Libsql(file)
for (const pragma of ['journal_mode = wal', 'synchronous = full']) database.exec(`pragma ${pragma}`)
database.exec('create table if not exists arrival (body text not null, key text)')
const insert = database.prepare('insert into arrival (body, key) values (?, ?)')

const server = http.createServer(async (request, response) => {
  try {
    const body = Buffer.concat(await request.toArray()).toString('utf8')
    insert.run([JSON.stringify(JSON.parse(body)), request.headers['idempotency-key'] ?? null])
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"saved":true}')
  } catch {
    response.destroy()
  }
})
server.listen(Number(port), '127.0.0.1', () => process.send(server.address().port))
process.once('disconnect', () => process.exit())
