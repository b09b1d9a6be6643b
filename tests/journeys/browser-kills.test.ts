import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { killBrowsers } from '../support/browser-kills.ts'
import { anySeed, diceOf } from '../support/dice.ts'
import { fillContact, submit } from '../support/fill-form.ts'
import { startKillableBrowser } from '../support/killable-browser.ts'
import { temporaryFolder } from '../support/server.ts'
import { entriesOnPhone, expect, storedInquiries, test } from './phone.ts'

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

/** Spoils the log of the databases that a profile holds for its one origin, as a write does that was cut short. */
function damageDatabases(profile: string): void {
  const folder = join(profile, 'Default/IndexedDB')
  const databases = readdirSync(folder).filter((name) => name.endsWith('.leveldb'))
  const logs = databases.flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
  for (const log of logs.filter((name) => name.endsWith('.log'))) {
    writeFileSync(log, readFileSync(log).fill(0xff, 0, 64))
  }
}

test('a request is kept and sent where the browser dropped the databases whose files were damaged as it was killed', async ({
  network,
  server,
}) => {
  const profile = temporaryFolder()
  const before = await startKillableBrowser(profile)
  await before.page.goto(`${network.url}/contact`)
  await fillContact(before.page, '李样张')
  network.fail('PUT', /^\/api\/inquiries\//, { kind: 'refuse' })
  await submit(before.page)
  await before.page.getByRole('heading', { level: 2, name: '已存本机 · 未发送' }).waitFor()
  const [kept] = await entriesOnPhone(before.page)
  await before.kill()
  damageDatabases(profile)

  network.heal()
  const after = await startKillableBrowser(profile)
  await after.page.goto(`${network.url}/me/inquiries`)
  await expect(after.page.getByRole('list').getByText('已送达')).toBeVisible()
  expect(await entriesOnPhone(after.page)).toMatchObject([{ id: kept!.id, body: kept!.body, state: 'delivered' }])
  expect(storedInquiries(server).map((row) => row.submission_id)).toEqual([kept!.id])
  await expect(after.page.getByText('浏览器清除了本机的数据')).toHaveCount(0)
  await after.kill()
})
