import { killBrowsers } from '../support/browser-kills.ts'
import { anySeed, diceOf } from '../support/dice.ts'
import { expect, test } from './phone.ts'

const ROUNDS = 20

test('the browser is killed at any moment after a request was kept, 20 times: none is lost, none arrives twice', async ({
  network,
  server,
}) => {
  test.setTimeout(300_000)
  const seed = anySeed()
  console.log(`SEED=${seed}`)
  const { kills, ...counts } = await killBrowsers(ROUNDS, diceOf(seed), { network, server })
  console.log(kills.map(({ after, moment }) => `${after} ms: ${moment}`).join('; '))
  expect(counts).toEqual({ submitted: ROUNDS, stored: ROUNDS, lost: 0, twice: 0, acknowledged: ROUNDS })
})
