import { readFileSync } from 'node:fs'

/**
 * What a server of a contestant serves: the content, and from when it is told on, a day's changes.
 * @param {string} file where the bench wrote both
 * @param {() => unknown} publish makes the changes; its end is told to the bench
 */
export function content(file, publish) {
  process.on('message', async () => {
    await publish()
    process.send('published')
  })
  process.once('disconnect', () => process.exit())
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Listens on a free port of loopback, and tells the bench which. */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}
