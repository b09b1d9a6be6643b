import { setTimeout as sleep } from 'node:timers/promises'
import { ANSWERS } from './answers.mjs'
import { killServerWhileItWrites, killWhileSending, killWhileSendingAgain, killWhenKept } from './kills.mjs'

/**
 * A row of the table: what happens to `numbers` on a stage, up to where the network is fine for good.
 * @typedef {{ name: string, play: (stage: import('./stage.mjs').Stage, numbers: number[], dice: () => number) =>
 *   Promise<void>, only?: string }} Row `only`: the one contestant it can happen to
 */

const once = (fault) => async (stage, numbers) => {
  stage.faultOnce(fault)
  await stage.submit(numbers)
}

/** The first attempt finds no server; the fault meets the second, when the person no longer looks at a form. */
const later = (fault) => async (stage, numbers) => {
  stage.fault({ kind: 'refuse' })
  await stage.submit(numbers)
  await Promise.all(numbers.map((nr) => stage.phone.hears(nr, (state) => state === 'waiting')))
  stage.network.heal()
  stage.faultOnce(fault)
}

async function closedOffline(stage, numbers) {
  const [page] = stage.phone.pages
  stage.fault({ kind: 'refuse' })
  await stage.phone.setOffline(true)
  await stage.submit(numbers)
  await stage.phone.closePage(page)
  await stage.phone.setOffline(false)
  stage.network.heal()
  await stage.phone.openPage()
}

async function secondTab(stage, numbers) {
  const second = await stage.phone.openPage()
  stage.fault({ kind: 'refuse' })
  await stage.submit(numbers, second)
  await stage.phone.closePage(second)
  stage.network.heal()
}

async function twoTabsOneDraft(stage, numbers) {
  const pages = [stage.phone.pages[0], await stage.phone.openPage()]
  for (const nr of numbers) {
    await pages[0].evaluate((each) => globalThis.bench.type(each), nr)
    await pages[1].evaluate((each) => globalThis.bench.see(each), nr)
    await Promise.all(pages.map((page) => page.evaluate((each) => globalThis.bench.submitDraft(each), nr)))
  }
}

async function newRelease(stage, numbers) {
  stage.fault({ kind: 'refuse' })
  await stage.submit(numbers)
  stage.site.publish()
  stage.network.heal()
  const [page] = stage.phone.pages
  await page.reload()
  await page.waitForFunction('globalThis.benchReady === true')
  await sleep(500)
}

/** @type {Row[]} */
export const ROWS = [
  { name: 'no fault', play: (stage, numbers) => stage.submit(numbers) },
  { name: 'answer lost after commit', play: once({ kind: 'loseAnswer' }) },
  { name: 'request lost before the server', play: once({ kind: 'refuse' }) },
  { name: 'a part of the body arrives', play: once({ kind: 'cutRequest', after: 60 }) },
  ...ANSWERS.map(([name, fault]) => ({ name, play: once(fault) })),
  { name: 'later: answer lost after commit', play: later({ kind: 'loseAnswer' }) },
  ...ANSWERS.map(([name, fault]) => ({ name: `later: ${name}`, play: later(fault) })),
  { name: 'server killed during the write', play: killServerWhileItWrites },
  { name: 'browser killed once told that it is kept', play: killWhenKept },
  { name: 'browser killed while sending', play: killWhileSending },
  { name: 'browser killed while sending again', play: killWhileSendingAgain },
  { name: 'two tabs submit one draft', play: twoTabsOneDraft, only: 'luodi' },
  { name: 'second tab, no network, tab closed', play: secondTab },
  { name: 'page closed offline, opened online', play: closedOffline },
  { name: 'new release before delivery', play: newRelease },
]
