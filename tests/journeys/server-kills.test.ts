import type { Page } from '@playwright/test'
import { anySeed, type Dice, diceOf } from '../support/dice.ts'
import type { Fault, Passed } from '../support/network.ts'
import type { RunningServer } from '../support/server.ts'
import { entriesOnPhone, expect, fillContact, goToContact, storedInquiries, submit, test } from './phone.ts'

const INQUIRY = /^\/api\/inquiries\//
const ROUNDS = 6
const REQUESTS = 3
/** ms from the half of the body to the kill; to take a request in takes the server less. */
const LATEST_KILL = 25

/** One request during which the server is killed: while it takes it in, or when it has just answered. */
function faultWith(kill: () => void, dice: Dice): Fault {
  const faults: Fault[] = [
    { kind: 'halfway', then: () => void setTimeout(kill, dice(LATEST_KILL)) },
    { kind: 'halfway', then: () => void setTimeout(kill, dice(LATEST_KILL)) },
    {
      kind: 'rewrite',
      body(text) {
        kill()
        return text
      },
    },
    {
      kind: 'rewrite',
      body() {
        kill()
        throw new Error('The answer is lost with the server')
      },
    },
  ]
  return faults[dice(faults.length)]!
}

/** Receipt numbers by id, as the server keeps them. */
function receiptsAt(server: RunningServer): Map<string, string> {
  const number = (json: string) => (JSON.parse(json) as { receiptNo: string }).receiptNo
  return new Map(storedInquiries(server).map(({ submission_id, receipt }) => [submission_id, number(receipt)]))
}

/** What the phone calls delivered is at the server, under the receipt that the phone shows. */
async function expectAcknowledgedAreStored(page: Page, server: RunningServer): Promise<void> {
  const receipts = receiptsAt(server)
  for (const { id, state, receipt } of await entriesOnPhone(page)) {
    if (state === 'delivered') expect(receipts.get(id)).toBe(receipt!.receiptNo)
  }
}

for (const { name, seed } of [
  { name: 'the same moments every time', seed: () => 1 },
  { name: 'other moments every time', seed: anySeed },
]) {
  test(`the server is killed while requests arrive, ${ROUNDS} times: no receipt is lost, none comes twice: ${name}`, async ({
    phone,
    network,
    server,
  }) => {
    test.slow()
    const chosen = seed()
    const dice = diceOf(chosen)
    const page = await phone.visit()
    // Nothing becomes due by time alone: the test says when to send.
    await phone.context.clock.setFixedTime(new Date())
    await page.reload()
    // Where the last request was that the server had heard of.
    const fell = { 'before it was stored': 0, 'stored, not answered': 0, answered: 0 }

    for (let round = 0; round < ROUNDS; round += 1) {
      network.fail('PUT', INQUIRY, { kind: 'refuse' })
      for (let request = 0; request < REQUESTS; request += 1) {
        await goToContact(page)
        await fillContact(page)
        await submit(page)
        await expect(page.getByText('服务器暂时没有回应，会自动再试。')).toBeVisible()
      }
      network.heal()
      let last: Passed | undefined
      const killed = new Promise<void>((resolve, reject) => {
        const kill = () => {
          last = network.passed.findLast(({ method }) => method === 'PUT')
          server.kill().then(resolve, reject)
        }
        network.fail('PUT', INQUIRY, { kind: 'delay', ms: 0 }, dice(REQUESTS))
        network.fail('PUT', INQUIRY, faultWith(kill, dice), 1)
      })
      await page.getByRole('button', { name: '立即发送' }).click()
      await killed
      await server.restart()
      const isStored = receiptsAt(server).has(last!.path.split('/').at(-1)!)
      fell[last!.status !== undefined ? 'answered' : isStored ? 'stored, not answered' : 'before it was stored'] += 1
      await expectAcknowledgedAreStored(page, server)
    }

    await page.goto('/me/inquiries')
    await expect(page.getByText('已送达')).toHaveCount(ROUNDS * REQUESTS)
    await expectAcknowledgedAreStored(page, server)
    expect(receiptsAt(server).size).toBe(ROUNDS * REQUESTS)
    expect(storedInquiries(server)).toHaveLength(ROUNDS * REQUESTS)
    console.log(`Seed ${chosen}; the kills fell: ${JSON.stringify(fell)}`)
  })
}
