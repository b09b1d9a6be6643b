import { AxeBuilder } from '@axe-core/playwright'
import { changeRequests, choose, pdf } from './files.ts'
import { fillTable } from '../support/full-table.ts'
import {
  expect,
  fillContact,
  fillSettlement,
  findRelease,
  Phone,
  stopsOnPhone,
  storedInquiries,
  submit,
  test,
} from './phone.ts'

test('without a service worker, content, form and queue still do their job', async ({
  worklessPhone: phone,
  server,
}) => {
  const page = await phone.visit()
  // Pages are loaded while idle, so that the person can go on when the signal is gone.
  await expect
    .poll(() =>
      page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('ContactPage'))),
    )
    .toBe(true)
  await phone.setOffline(true)
  await page.getByRole('link', { name: '政策', exact: true }).click()
  await page
    .getByRole('link', { name: /若干措施/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('若干措施')
  await page.getByRole('link', { name: '联系我们' }).click()
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
  await phone.setOffline(false)
  await expect(page.getByText('已送达').first()).toBeVisible()
  expect(storedInquiries(server)).toHaveLength(1)
})

test('a new version is offered, and what is being typed survives the change', async ({ phone, network }) => {
  const page = await phone.visit('/settle')
  await page.getByLabel('企业名称').fill('正在填写的公司')
  network.fail('GET', /^\/sw\.js/, { kind: 'rewrite', body: (text) => `${text}\n// another release\n` })
  await findRelease(page)
  await expect(page.getByLabel('企业名称')).toHaveValue('正在填写的公司')

  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await loaded
  await expect(page.getByLabel('企业名称')).toHaveValue('正在填写的公司')
  await expect(page.getByText('有新版本')).toHaveCount(0)
})

test('a tab that was not asked is not reloaded when another one changes over', async ({ phone, network }) => {
  const typing = await phone.visit('/settle')
  const other = await phone.context.newPage()
  await other.goto('/')
  await typing.getByLabel('企业名称').fill('别动我')
  await typing.evaluate(() => ((window as { untouched?: boolean }).untouched = true))
  network.fail('GET', /^\/sw\.js/, { kind: 'rewrite', body: (text) => `${text}\n// another release\n` })
  await findRelease(other)
  const loaded = other.waitForEvent('load')
  await other.getByRole('button', { name: '更新', exact: true }).click()
  await loaded
  await expect(typing.getByText('有新版本')).toBeVisible()
  expect(await typing.evaluate(() => (window as { untouched?: boolean }).untouched)).toBe(true)
})

test('a picture that never comes does not hold a new version back', async ({ phone, network }) => {
  const page = await phone.visit()
  network.fail('GET', /^\/media\/silent/, { kind: 'silence' })
  await page.evaluate(() => void fetch('/media/silent.png').catch(() => undefined))
  await expect.poll(() => network.passed.some(({ path }) => path === '/media/silent.png')).toBe(true)
  network.fail('GET', /^\/sw\.js/, { kind: 'rewrite', body: (text) => `${text}\n// another release\n` })
  await findRelease(page)
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await loaded
  await expect(page.getByText('有新版本')).toHaveCount(0)
})

test('lists keep their filter and place, and say how many there are', async ({ phone }) => {
  const page = await phone.visit('/policies')
  await page.getByRole('link', { name: /企业技术中心管理办法/ }).scrollIntoViewIfNeeded()
  const place = await page.evaluate(() => window.scrollY)
  expect(place).toBeGreaterThan(200)
  await page.getByRole('link', { name: /企业技术中心管理办法/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('企业技术中心')
  await page.goBack()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(place)

  await page.getByRole('link', { name: '规划方案', exact: true }).click()
  await expect(page).toHaveURL(/docType=/)
  const count = await page.getByText(/^共 \d+ 条/).textContent()
  await page
    .getByRole('link', { name: /行动方案/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: '政策', exact: true }).click()
  await expect(page.getByText(/^共 \d+ 条/)).toHaveText(count!)
  await expect(page.getByRole('link', { name: '规划方案', exact: true })).toHaveAttribute('aria-current', 'true')
})

test('parks are chosen by town, under its own name, and not by the district that all of them lie in', async ({
  phone,
}) => {
  const page = await phone.visit('/parks')
  const towns = page.getByRole('navigation', { name: '按街镇' }).getByRole('link')
  await expect(towns.filter({ hasText: '马陆镇' })).toHaveText('马陆镇')
  await expect(towns.filter({ hasText: '上海市嘉定区' })).toHaveCount(0)
  await towns.filter({ hasText: '马陆镇' }).click()
  await expect(page).toHaveURL(/town=310114106/)
  await expect(page.locator('main').getByRole('link', { name: /上海市嘉定区(?!马陆镇)/ })).toHaveCount(0)
  await expect(
    page
      .locator('main')
      .getByRole('link', { name: /上海市嘉定区马陆镇/ })
      .first(),
  ).toBeVisible()
})

test('back from the search leads to where it was opened', async ({ phone }) => {
  const page = await phone.visit('/parks')
  await page.getByRole('link', { name: '搜索' }).click()
  await page.getByRole('searchbox').fill('丰登')
  await expect(page.getByRole('link', { name: /马陆丰登工业园/ })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/parks$/)
})

test('back works while a page is on its way: before its scripts have come, and while its own code is late', async ({
  worklessPhone: phone,
}) => {
  const page = await phone.visit('/parks')
  for (const late of [/assets\/index-/, /ParkPage/]) {
    await page.getByRole('main').getByRole('link', { name: /嘉北/ }).click()
    await expect(page).toHaveURL(/parks\/sample-park-jiabei$/)
    let answer = () => {}
    const held = new Promise<void>((done) => (answer = done))
    await page.route(late, (route) => held.then(() => route.continue()))
    await page.addInitScript(() => {
      const listen = window.addEventListener.bind(window)
      window.addEventListener = (...given: Parameters<typeof listen>) => {
        listen(...given)
        if (given[0] === 'popstate') Object.assign(window, { hasRouter: true })
      }
    })
    await page.reload({ waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 1 })).toContainText('嘉北')
    if (late.test('ParkPage')) await page.waitForFunction(() => 'hasRouter' in window)
    await page.evaluate(() => history.back())
    await expect(page).toHaveURL(/parks$/)
    answer()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('产业园区')
    await expect(page).toHaveURL(/parks$/)
    // Nothing is left of the park's page: its foot is higher.
    await expect(page.locator('.foot')).not.toHaveClass(/acting/)
    await page.unroute(late)
  }
})

test('a way to answer is asked for under the way that is shown, and nothing typed is lost by looking at another', async ({
  phone,
}) => {
  const page = await phone.visit('/contact')
  await page.getByLabel('手机').fill('13800138000')
  await page.getByRole('button', { name: '邮箱' }).click()
  await submit(page)
  await expect(page.getByText('请至少留一种联系方式')).toBeVisible()
  await expect(page.getByLabel('邮箱')).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('button', { name: '手机' }).click()
  await expect(page.getByLabel('手机')).toHaveValue('13800138000')
  await expect(page.getByText('请至少留一种联系方式')).toHaveCount(0)
})

test('a range the wrong way round is said under the field', async ({ phone }) => {
  const page = await phone.visit('/settle')
  await page.getByLabel('需求面积').fill('2000')
  await page.getByLabel('面积上限').fill('100')
  await submit(page)
  await expect(page.getByText('上限应不小于下限')).toBeVisible()
})

test('whoever wants pictures too has them: a page with drawings says that it is whole offline only then, and is', async ({
  phone,
}) => {
  const page = await phone.visit('/listings?type=factory')
  const card = page.getByRole('link', { name: /示例·嘉北智造园 A1/ })
  await expect(card).toBeVisible()
  await page.goto('/me/storage')
  await expect(page.getByText('要存的内容都在这部手机上')).toBeVisible()
  await expect(page.getByText(/^正文 (\d+)\/\1 条/)).toBeVisible()
  await page.goto('/listings?type=factory')
  await expect(card.getByText('可离线')).toBeHidden()
  await phone.setOffline(true)
  await card.click()
  const missing = page.getByText('图片没有取到，有信号时显示。').first()
  await missing.scrollIntoViewIfNeeded()
  await expect(missing).toBeVisible()
  await phone.setOffline(false)
  const first = page.locator('article img').first()
  await expect.poll(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await expect(missing).toHaveCount(0)
  await page.goto('/me/storage')
  await page.getByRole('button', { name: /^全部含图片（/ }).click()
  await expect(page.getByText(/^图片和附件 (\d+)\/\1 个/)).toBeVisible()
  await expect(page.getByText('要存的内容都在这部手机上')).toBeVisible()
  await page.goto('/listings?type=factory')
  await expect(card.getByText('可离线')).toBeVisible()
  await phone.setOffline(true)
  await card.click()
  const picture = page.locator('article img').first()
  await expect(picture).toBeVisible()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
})

test('the focus goes into the page that was gone to, and a question asks for it', async ({ phone }) => {
  const page = await phone.visit()
  await page.getByRole('link', { name: '我的', exact: true }).click()
  await expect(page.locator('main')).toBeFocused()
  await page.goto('/me/privacy')
  await page.getByRole('button', { name: '从这部手机删除全部' }).click()
  await expect(page.getByRole('button', { name: '取消' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: '从这部手机删除全部' })).toBeFocused()
})

test('the search finds words of titles and texts on the phone, offline', async ({ phone }) => {
  const page = await phone.visit()
  await phone.setOffline(true)
  await page.getByRole('link', { name: '搜项目、政策、园区、房源' }).click()
  await page.getByRole('searchbox').fill('智能网联')
  await expect(page.getByRole('link', { name: /外冈镇聚智谋局/ })).toBeVisible()
  await page.getByRole('searchbox').fill('没有这样的词')
  await expect(page.getByText('没有找到')).toBeVisible()
})

test('bookmarks, stops and notes stay on the phone', async ({ phone }) => {
  const page = await phone.visit('/parks')
  await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
  await page.getByRole('button', { name: '收藏' }).click()
  await expect(page.getByRole('button', { name: '收藏' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: '加入考察包' }).click()
  await page.getByRole('link', { name: '已在考察包' }).click()
  await page.getByLabel('现场记录').fill('门口限高 4 米')
  await expect(page.getByText('已自动保存')).toBeVisible()
  await page.goto('/me/bookmarks')
  await expect(page.getByRole('link', { name: /马陆丰登工业园/ })).toBeVisible()
  await page.goto('/me/pack')
  await expect(page.getByLabel('现场记录')).toHaveValue('门口限高 4 米')

  // A note that is on this phone only does not go by a slip of the thumb.
  await page.getByRole('button', { name: '移出考察包' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '取消' }).click()
  await expect(page.getByLabel('现场记录')).toHaveValue('门口限高 4 米')
  await page.getByRole('button', { name: '移出考察包' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '移出考察包' }).click()
  await expect(page.getByText('考察包是空的')).toBeVisible()
})

test('a note is on the phone as soon as the app is put away, and one that could not be kept is said and kept later', async ({
  phone,
}) => {
  const page = await phone.visit('/parks')
  await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
  await page.getByRole('button', { name: '加入考察包' }).click()
  await page.getByRole('link', { name: '已在考察包' }).click()
  await expect(page.getByLabel('现场记录')).toBeVisible()
  // Nothing that waits ever comes.
  await page.evaluate(() => (globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout))
  const putAway = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  const notes = async () => (await stopsOnPhone(page)).map(({ note }) => note)
  await page.getByLabel('现场记录').fill('门口限高 4 米')
  expect(await notes()).toEqual([''])
  await putAway()
  await expect.poll(notes).toEqual(['门口限高 4 米'])

  const giveRoom = await fillTable(page, 'stops')
  await page.getByLabel('现场记录').fill('门口限高 4 米，须绕行')
  await putAway()
  await expect(page.getByText('这部手机没能存下，离开前请先复制。')).toBeVisible()
  await giveRoom()
  await putAway()
  await expect.poll(notes).toEqual(['门口限高 4 米，须绕行'])
  await expect(page.getByText('已自动保存')).toBeVisible()
})

test('no release takes over while a note cannot be kept', async ({ phone, network }) => {
  const page = await phone.visit('/parks')
  await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
  await page.getByRole('button', { name: '加入考察包' }).click()
  await page.getByRole('link', { name: '已在考察包' }).click()
  const giveRoom = await fillTable(page, 'stops')
  await page.getByLabel('现场记录').fill('门口限高 4 米')
  network.fail('GET', /^\/sw\.js/, { kind: 'rewrite', body: (text) => `${text}\n// another release\n` })
  await findRelease(page)
  const update = page.getByRole('button', { name: '更新', exact: true })
  await update.click()
  await expect(page.getByText('正在填写的内容未能存下，请先复制，再更新')).toBeVisible()
  await giveRoom()
  const loaded = page.waitForEvent('load')
  await update.click()
  await loaded
  await expect(page.getByLabel('现场记录')).toHaveValue('门口限高 4 米')
})

test('a note follows what another tab writes, and a tab that only showed it writes nothing', async ({ phone }) => {
  const page = await phone.visit('/parks')
  await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
  await page.getByRole('button', { name: '加入考察包' }).click()
  await page.getByRole('link', { name: '已在考察包' }).click()
  const second = await phone.context.newPage()
  await second.goto('/me/pack')
  await expect(second.getByLabel('现场记录')).toHaveValue('')
  await page.getByLabel('现场记录').fill('门口限高 4 米')
  await expect(page.getByText('已自动保存')).toBeVisible()
  await second.getByRole('link', { name: '我的' }).click()
  await expect(second).toHaveURL(/\/me$/)
  await second.goto('/me/pack')
  await expect(second.getByLabel('现场记录')).toHaveValue('门口限高 4 米')

  await second.getByLabel('现场记录').fill('门口限高 4 米，须绕行')
  await expect(page.getByLabel('现场记录')).toHaveValue('门口限高 4 米，须绕行')
  await page.getByLabel('现场记录').press('End')
  await page.getByLabel('现场记录').pressSequentially('北门')
  await expect(second.getByLabel('现场记录')).toHaveValue('门口限高 4 米，须绕行北门')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`screens have no accessibility faults, ${colorScheme}`, async ({ network }) => {
    test.slow()
    const phone = new Phone(network.url, { colorScheme })
    const page = await phone.visit()
    const paths = [
      '/',
      '/articles',
      '/projects',
      '/policies',
      '/parks',
      '/listings',
      '/guides',
      '/search',
      '/contact',
      '/settle',
    ]
    const mine = ['/me', '/me/inquiries', '/me/bookmarks', '/me/pack', '/me/storage', '/me/privacy', '/no-such-page']
    const lists = ['/articles', '/projects', '/policies', '/parks', '/listings', '/guides']
    const details: string[] = []
    for (const path of lists) {
      await page.goto(path)
      details.push((await page.locator('main li a').first().getAttribute('href'))!)
    }
    await page.goto('/contact')
    await fillContact(page)
    await submit(page)
    await expect(page.getByText('已送达').first()).toBeVisible()
    const delivered = new URL(page.url()).pathname
    // One whose files do not get through, for more than a day, and a form with a file of its own.
    network.fail('PUT', /\/parts\//, { kind: 'refuse' })
    await page.goto('/settle')
    await fillSettlement(page)
    await choose(page, pdf('营业执照.pdf'))
    await submit(page)
    await expect(page.getByText('表单已登记')).toBeVisible()
    const attaching = new URL(page.url()).pathname
    await changeRequests(page, { createdAt: Date.now() - 48 * 60 * 60 * 1000 })
    await page.goto('/settle')
    await choose(page, pdf('营业执照.pdf'))
    await expect(page.getByText(/已附 1/)).toBeVisible()
    for (const path of [...paths, ...mine, ...details, delivered, attaching]) {
      await page.goto(path)
      await expect(page.locator('main h1').first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html}`)).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, `${path} is wider than the screen`).toBe(0)
    }
    await phone.close()
  })
}
