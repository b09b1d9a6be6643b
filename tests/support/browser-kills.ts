import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright'
import type { Dice } from './dice.ts'
import { fillContact, submit } from './fill-form.ts'
import { type KillableBrowser, startKillableBrowser } from './killable-browser.ts'
import type { Fault, Network } from './network.ts'
import { entriesOnPhone } from './phone-rows.ts'
import { type RunningServer, temporaryFolder } from './server.ts'
import { storedInquiries } from './stored-inquiries.ts'

const INQUIRY = /^\/api\/inquiries\//
const TOLD = /^(已存本机 · 未发送|发送中|已送达)$/
/** The latest kill after the person was told, in ms: within it a request is sent, answered and written down. */
const LATEST_KILL = 400
/** How long the delivery of all that waits may take in the end, in ms. */
const LONGEST_DELIVERY = 60_000
/** The slowest way to the server, in ms. */
const SLOWEST = 600

/** Where a request was, as seen from the network, when the browser was killed. */
export type Moment = 'not sent yet' | 'on its way' | 'answer lost' | 'answered'

export interface Kill {
  /** ms from the words on the screen to the kill */
  after: number
  moment: Moment
}

export interface KillsReport {
  kills: Kill[]
  /** Submissions that the person was told of. */
  submitted: number
  /** Inquiries that the server holds in the end. */
  stored: number
  /** Submissions of which the server holds nothing. */
  lost: number
  /** Submissions of which the server holds more than one. */
  twice: number
  /** Requests that the phone calls delivered in the end, under the receipt that the server holds. */
  acknowledged: number
}

/**
 * Submits one request after another, kills the browser at a random moment after the screen said that it is kept (or sent, or
 * delivered), and opens it again on the same profile, which delivers what waits. One phone, one server for all rounds.
 * @param told hears of each round
 */
export async function killBrowsers(
  rounds: number,
  dice: Dice,
  { network, server }: { network: Network; server: RunningServer },
  told: (round: number) => void = () => undefined,
): Promise<KillsReport> {
  const profile = temporaryFolder()
  const names: string[] = []
  const kills: Kill[] = []
  for (let round = 0; round < rounds; round += 1) {
    const browser = await startKillableBrowser(profile)
    network.heal()
    const name = `李样张${round}`
    kills.push(await oneRound(browser, network, name, dice))
    names.push(name)
    told(round)
  }
  network.heal()
  const last = await startKillableBrowser(profile)
  const acknowledged = await deliverAll(last.page, network.url, server)
  await last.kill()

  const stored = storedInquiries(server).map(({ body }) => (JSON.parse(body) as { name: string }).name)
  const times = names.map((name) => stored.filter((other) => other === name).length)
  return {
    kills,
    submitted: names.length,
    stored: stored.length,
    lost: times.filter((count) => count === 0).length,
    twice: times.filter((count) => count > 1).length,
    acknowledged,
  }
}

async function oneRound(browser: KillableBrowser, network: Network, name: string, dice: Dice): Promise<Kill> {
  const { page } = browser
  await page.goto(`${network.url}/contact`)
  await fillContact(page, name)
  const weather: (Fault | undefined)[] = [
    undefined,
    { kind: 'delay', ms: dice(SLOWEST) },
    { kind: 'refuse' },
    { kind: 'loseAnswer' },
  ]
  const fault = weather[dice(weather.length)]
  if (fault !== undefined) network.fail('PUT', INQUIRY, fault)
  await submit(page)
  await page.getByRole('heading', { level: 2, name: TOLD }).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  const after = dice(LATEST_KILL)
  await setTimeout(after)
  const moment = momentOf(network, id, fault)
  await browser.kill()
  return { after, moment }
}

function momentOf(network: Network, id: string, fault: Fault | undefined): Moment {
  const puts = network.passed.filter(({ method, path }) => method === 'PUT' && path.endsWith(id))
  if (puts.length === 0 || fault?.kind === 'refuse') return 'not sent yet'
  if (puts.some(({ status }) => status !== undefined)) return 'answered'
  return fault?.kind === 'loseAnswer' ? 'answer lost' : 'on its way'
}

/** Opens the list until all of it is delivered. @returns how many are, under the receipts that the server holds */
async function deliverAll(page: Page, url: string, server: RunningServer): Promise<number> {
  await page.goto(`${url}/me/inquiries`)
  await page.getByRole('list').getByText('已送达').first().waitFor()
  // The words of a row that changes are gone for a moment: what the phone holds says when nothing waits any more.
  const isOver = async () => (await entriesOnPhone(page)).every(({ state }) => state === 'delivered')
  for (const end = performance.now() + LONGEST_DELIVERY; !(await isOver()) && performance.now() < end;)
    await setTimeout(200)
  const receipts = new Map(storedInquiries(server).map((row) => [row.submission_id, row.receipt]))
  const entries = await entriesOnPhone(page)
  return entries.filter(({ id, state, receipt }) => {
    return state === 'delivered' && (receipts.get(id) ?? '').includes(receipt!.receiptNo)
  }).length
}
