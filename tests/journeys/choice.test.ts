import { fillTable } from '../support/full-table.ts'
import { expect, preferencesOnPhone, test } from './phone.ts'

test('where the person’s own store never answers a search does not call the texts complete, and in the end they come', async ({
  phone,
}) => {
  test.slow()
  const page = await phone.open()
  await page.addInitScript(() => {
    // Called on the factory that it was taken from, below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { open } = IDBFactory.prototype
    IDBFactory.prototype.open = function (...given) {
      return given[0] === 'luodi-mine' ? (new EventTarget() as IDBOpenDBRequest) : open.apply(this, given)
    }
  })
  await page.goto('/')
  await page.getByRole('link', { name: '搜项目、政策、园区、房源' }).click()
  await page.getByRole('searchbox').fill('示例')
  await expect(page.locator('mark', { hasText: '示例' }).first()).toBeVisible()
  const mayBeMissing = page.getByText('正文可能没有取全，没取到的还查不到')
  await expect(mayBeMissing).toBeVisible()
  await expect(mayBeMissing).toHaveCount(0, { timeout: 30_000 })
  await expect(page.getByText(/正文取到/)).toHaveCount(0)
  await page.getByRole('link', { name: '项目', exact: true }).click()
  await expect(page.getByRole('main').getByText('可离线').filter({ visible: true }).first()).toBeVisible()
})

test('a choice that a full phone cannot keep is carried out, costs nothing that was fetched, and says how long it holds', async ({
  phone,
}) => {
  const page = await phone.visit('/me/storage')
  await expect(page.getByText('要存的内容都在这部手机上')).toBeVisible()
  const giveRoom = await fillTable(page, 'preferences')
  const button = (name: RegExp) => page.getByRole('button', { name })
  const notKept = page.getByText('这部手机没能存下这个选择：关闭应用前有效，之后需重新选择。')
  await button(/^全部含图片/).click()
  await expect(notKept).toBeVisible()
  await expect(button(/^全部含图片/)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText(/^正文 (\d+)\/\1 条/)).toBeVisible()
  await expect(page.getByText('没有完成')).toHaveCount(0)
  await button(/^只存标题/).click()
  await page.getByRole('button', { name: '删除，只存标题' }).click()
  await expect(button(/^只存标题/)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText(/^正文 /)).toBeHidden()
  await expect(notKept).toBeVisible()
  await giveRoom()
  await button(/^标题和正文/).click()
  await expect(notKept).toHaveCount(0)
  await expect.poll(() => preferencesOnPhone(page)).toMatchObject([{ name: 'content', depth: 'texts' }])
})

test('what a person keeps says why its pictures do not come, where to go on, and nothing once they are here', async ({
  phone,
}) => {
  const page = await phone.open()
  await page.goto('/healthz')
  await page.evaluate(() => localStorage.setItem('luodi-content-wish', JSON.stringify({ pause: 'paused' })))
  await page.goto('/parks')
  await page.getByRole('link', { name: /嘉北/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('嘉北')
  const why = page.getByText('已暂停取回：图片和附件还没有全部存到这部手机上。要继续，请到')
  const bookmark = page.getByRole('button', { name: '收藏' })
  await bookmark.click()
  await expect(why).toBeVisible()
  await bookmark.click()
  await expect(why).toHaveCount(0)
  await bookmark.click()
  await why.getByRole('link', { name: '离线与存储' }).click()
  const keptFirst = page.getByText('收藏和考察包里的内容总是先取')
  await expect(page.getByRole('button', { name: '继续取回' })).toBeVisible()
  await expect(keptFirst).toHaveCount(0)
  await page.goto('/me/bookmarks')
  const partial = page.getByRole('main').getByText('还没取全')
  await expect(partial).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: '继续取回' }).click()
  await expect(keptFirst).toBeVisible()
  await page.goto('/me/bookmarks')
  await expect(page.getByRole('main').getByText('可离线')).toBeVisible()
  await expect(partial).toHaveCount(0)
  await page.goBack()
  await page.goBack()
  await expect(page.locator('article header').getByText('可离线')).toBeVisible()
  await expect(why).toHaveCount(0)
})

test('on a slow first visit nothing is counted before it is stored, and what is being asked for is not called missed', async ({
  phone,
  network,
}) => {
  let answer = () => {}
  network.fail('GET', /^\/sync\//, { kind: 'hold', until: new Promise<void>((done) => (answer = done)) })
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect(page.getByText('没有内容', { exact: true })).toBeVisible()
  await expect(page.getByText('正在取回…')).toBeVisible()
  await expect(page.getByText(/^\s*\d+ 条\s*$/)).toHaveCount(0)
  answer()
  await expect(page.getByText(/^\s*\d+ 条\s*$/)).toHaveCount(6)
})

test('who clears the content with no network is told what that costs, and nothing is counted after', async ({
  phone,
}) => {
  const page = await phone.visit('/me/storage')
  await expect(page.getByText(/^\s*\d+ 条\s*$/)).toHaveCount(6)
  await phone.setOffline(true)
  const clear = page.getByRole('button', { name: '清除内容并重新取回' })
  await expect(page.getByText('当前离线')).toBeVisible()
  await clear.click()
  await expect(page.getByRole('alertdialog')).toContainText('连上之前没有内容可看，收藏和考察包也只剩标题')
  await clear.click()
  await expect(page.getByText('没有内容', { exact: true })).toBeVisible()
  await expect(page.getByText(/^\s*0 条\s*$/)).toHaveCount(6)
  await phone.setOffline(false)
  await expect(page.getByText(/^\s*[1-9]\d* 条\s*$/)).toHaveCount(6)
})
