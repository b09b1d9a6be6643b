import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium.ts'
import { temporaryFolder } from '../../tests/support/server.ts'

const LISTENING = /^DevTools listening on (ws:\S+)$/
const running = new Set()
process.once('exit', () => {
  for (const child of running) killGroup(child)
})

/** A browser on storage of its own, that can be killed as a phone kills it, and started again on the same storage. */
export class Phone {
  /** What the person was last shown of each message, by number. */
  told = new Map()
  pages = []
  #folder = temporaryFolder()
  #child
  #context
  #sessions = new Map()
  #listeners = new Set()

  /**
   * @param {string} origin
   * @param {{ seed: number, syncTag?: string }} options `syncTag`: of the Background Sync that wakes the worker
   */
  constructor(origin, { seed, syncTag }) {
    this.origin = origin
    this.seed = seed
    this.syncTag = syncTag
  }

  /** Starts the browser with one page open. */
  async open() {
    const flags = [...CHROMIUM_FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.#folder}`]
    // A group of its own: the program is a script on some systems, and has many processes on all.
    this.#child = spawn(process.env.CHROMIUM_PATH, flags, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
    running.add(this.#child)
    const browser = await chromium.connectOverCDP(await addressOf(this.#child))
    this.#context = browser.contexts()[0]
    await this.#context.exposeBinding('told', (_source, nr, state) => this.#hear(nr, state))
    return this.openPage()
  }

  /** Opens one more page of the app. */
  async openPage() {
    const page = await this.#context.newPage()
    await page.goto(`${this.origin}/?seed=${this.seed}`)
    await page.waitForFunction('globalThis.benchReady === true')
    this.pages.push(page)
    return page
  }

  /** Closes a page: what it alone knew is gone. */
  async closePage(page) {
    await page.close()
    this.pages = this.pages.filter((each) => each !== page)
    this.#sessions.delete(page)
    this.#forget()
  }

  setOffline(offline) {
    return this.#context.setOffline(offline)
  }

  /** Waits until the person is shown something of a message. */
  hears(nr, wanted = () => true) {
    return new Promise((resolve) => {
      const listen = () => {
        if (!this.told.has(nr) || !wanted(this.told.get(nr))) return
        this.#listeners.delete(listen)
        resolve()
      }
      this.#listeners.add(listen)
      listen()
    })
  }

  /** Ends all of the browser's processes at once. */
  async kill() {
    const child = this.#child
    const ended = once(child, 'exit')
    killGroup(child)
    await ended
    await groupIsGone(child.pid)
    this.pages = []
    this.#sessions.clear()
    this.#forget()
  }

  /** A network is found: pages hear `online`, the worker gets its Background Sync. */
  async wake({ worker }) {
    for (const page of this.pages) await page.evaluate(() => globalThis.dispatchEvent(new Event('online')))
    if (!worker || this.syncTag === undefined || this.pages.length === 0) return
    const { devtools, registrationId } = await this.#workerOf(this.pages[0])
    const { origin, syncTag: tag } = this
    await devtools.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag, lastChance: false })
  }

  async #workerOf(page) {
    const known = this.#sessions.get(page)
    if (known !== undefined) return known
    const devtools = await this.#context.newCDPSession(page)
    const registered = new Promise((resolve) => {
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0] !== undefined) resolve(registrations[0].registrationId)
      })
    })
    await devtools.send('ServiceWorker.enable')
    const session = { devtools, registrationId: await registered }
    this.#sessions.set(page, session)
    return session
  }

  #hear(nr, state) {
    this.told.set(nr, state)
    for (const listen of [...this.#listeners]) listen()
  }

  /** What a page that is gone said of a refusal is no longer before the person. A phone that keeps it says it again. */
  #forget() {
    for (const [nr, state] of this.told) if (state === 'refused') this.told.set(nr, 'gone')
  }
}

async function addressOf(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const address = LISTENING.exec(line)?.[1]
    if (address === undefined) continue
    child.stderr.resume()
    return address
  }
  throw new Error('The browser did not start')
}

function killGroup(child) {
  running.delete(child)
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
}

/** A process that has not ended yet may still hold the locks of the storage, which no phone would start a browser beside. */
async function groupIsGone(pid) {
  for (;;) {
    try {
      process.kill(-pid, 0)
    } catch (error) {
      if (error.code === 'ESRCH') return
      throw error
    }
    await sleep(20)
  }
}
