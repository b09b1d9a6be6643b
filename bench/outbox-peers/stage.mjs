import { setTimeout as sleep } from 'node:timers/promises'
import { openNetwork } from '../../tests/support/network.ts'
import { numberIn } from './in-page/message.mjs'
import { Phone } from './phone.mjs'
import { openSite } from '../lib/site.mjs'

const METHODS = ['PUT', 'POST']
const API = /^\/api\//
/** How long everything may take to come to rest, ms. */
const REST_MS = 45_000
const LOOK_MS = 400
/** Looks without anything waiting, one after the other, that count as rest: a sender may hold one in its hands. */
const CALM_LOOKS = 3

const numberOf = ({ body }) => numberIn(body.toString('utf8'))

/** One contestant with a server, a network and a phone of its own, all new. */
export class Stage {
  static async open({ start, scripts, syncTag }, seed) {
    const backend = await start()
    const site = await openSite(scripts, () => backend.url)
    const network = await openNetwork(() => site.url)
    const phone = new Phone(network.url, { seed, syncTag })
    await phone.open()
    return Object.assign(new Stage(), { backend, site, network, phone })
  }

  /** Presses 提交 for each number, one after the other, and waits until the person is shown something. */
  async submit(numbers, page = this.phone.pages[0]) {
    for (const nr of numbers) {
      await page.evaluate((each) => void globalThis.bench.submit(each), nr)
      await this.phone.hears(nr)
    }
  }

  /** Lets a fault befall messages until `heal`. */
  fault(fault, when = () => true) {
    for (const method of METHODS) this.network.fail(method, API, fault, Infinity, when)
  }

  /** Lets a fault befall each message once, at its next attempt. */
  faultOnce(fault) {
    const met = new Set()
    this.fault(fault, (entry) => !met.has(numberOf(entry)) && met.add(numberOf(entry)) !== undefined)
  }

  /** Picks the requests about one message. */
  isAbout(nr) {
    return (entry) => numberOf(entry) === nr
  }

  /** Resolves when a request about a message has come into the network. */
  async attempted(nr) {
    while (!this.network.passed.some(this.isAbout(nr))) await sleep(20)
  }

  /**
   * Holds the next attempt of one message on its way.
   * @returns `arrived` when it is held; `release` lets it go on, `lose` breaks its connection
   */
  hold(nr) {
    let isMet = false
    let end = {}
    const until = new Promise((release, lose) => (end = { release, lose: () => lose(new Error('lost')) }))
    let arrive
    const arrived = new Promise((resolve) => (arrive = resolve))
    until.catch(() => undefined)
    this.fault({ kind: 'hold', until }, (entry) => {
      if (numberOf(entry) !== nr || isMet) return false
      isMet = true
      arrive()
      return true
    })
    return { arrived, ...end }
  }

  /** The network is fine now, and found by pages and worker; waits until nothing waits any more, or for 45 s. */
  async settle() {
    const end = Date.now() + REST_MS
    for (let look = 0, calm = 0; calm < CALM_LOOKS && Date.now() < end; look += 1) {
      await this.phone.wake({ worker: look % 3 === 0 })
      await sleep(LOOK_MS)
      calm = (await this.kept()).waiting.length === 0 ? calm + 1 : 0
    }
  }

  /** What lies on the phone. */
  kept() {
    return this.phone.pages[0].evaluate(() => globalThis.bench.kept())
  }

  async close() {
    await this.phone.kill()
    await this.network.close()
    await this.site.close()
    await this.backend.stop()
  }
}
