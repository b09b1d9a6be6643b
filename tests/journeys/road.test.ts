import { expect, fillSettlement, frozenOnPhone, goToContact, storedInquiries, submit, test } from './phone.ts'

test('the whole road: first visit, no signal, read, request, browser closed, signal back, receipt', async ({
  phone,
  network,
  server,
}) => {
  let page = await phone.visit()
  network.cut()
  await phone.setOffline(true)
  await page.reload()
  await expect(page.getByText('当前离线')).toBeVisible()

  await test.step('an article, a policy and a park never opened before are there', async () => {
    await page.getByRole('link', { name: /外冈镇聚智谋局/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('外冈镇聚智谋局汽车产业高质量发展路径')
    await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('一、')
    await page.getByRole('link', { name: '政策', exact: true }).click()
    await page.getByRole('link', { name: /促进招商引资高质量发展的若干措施/ }).click()
    await expect(page.getByText(/未标注/).first()).toBeVisible()
    await page.getByRole('link', { name: '园区', exact: true }).click()
    await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('马陆丰登工业园')
  })

  await test.step('a request about the park is kept on the phone', async () => {
    await page.getByRole('link', { name: '企业入驻' }).click()
    await expect(page.getByText('马陆丰登工业园')).toBeVisible()
    await fillSettlement(page)
    await submit(page)
    await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
    expect(storedInquiries(server)).toEqual([])
  })
  const frozen = await frozenOnPhone(page)
  const address = page.url()

  await test.step('it is still there after the browser was closed, still without a signal', async () => {
    await phone.close()
    page = await phone.open({ offline: true })
    await page.goto(address)
    await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
    await page.goto('/me/inquiries')
    await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
    expect(await frozenOnPhone(page)).toEqual(frozen)
    expect(storedInquiries(server)).toEqual([])
  })

  await test.step('with the signal it arrives by itself, once, with the bytes that were frozen', async () => {
    await page.goto(address)
    network.heal()
    await phone.setOffline(false)
    await expect(page.getByText('已送达').first()).toBeVisible()
    const stored = storedInquiries(server)
    expect(stored).toHaveLength(1)
    const [inquiry] = stored
    expect({ [inquiry!.submission_id]: inquiry!.body }).toEqual(frozen)
    const { receiptNo } = JSON.parse(inquiry!.receipt) as { receiptNo: string }
    expect(receiptNo).toMatch(/^LD-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
    await expect(page.getByText(receiptNo)).toBeVisible()
  })
})

test('a page opened from a link works offline at an address not visited before', async ({ phone }) => {
  const page = await phone.visit()
  const park = await page
    .getByRole('link', { name: /安亭镇园区|马陆丰登|汽车产业创新园/ })
    .first()
    .getAttribute('href')
  await phone.setOffline(true)
  await page.goto(park!)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goto('/no-such-page')
  await expect(page.getByText('没有这个页面')).toBeVisible()
})

test('a draft outlives a reload and the browser', async ({ phone }) => {
  let page = await phone.visit('/settle')
  await page.getByLabel('企业名称').fill('没写完的公司')
  await expect(page.getByText(/已自动保存/)).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('企业名称')).toHaveValue('没写完的公司')
  await phone.close()
  page = await phone.open({ offline: true })
  await page.goto('/settle')
  await expect(page.getByLabel('企业名称')).toHaveValue('没写完的公司')
})

test('where several ways to be reached are filled in, it is said that one of them is sent', async ({ phone }) => {
  const page = await phone.visit()
  await goToContact(page)
  await page.getByLabel('手机').fill('13800138000')
  const note = page.getByText('只发送当前选中的这一种联系方式。')
  await expect(note).toHaveCount(0)
  await page.getByRole('button', { name: '微信号' }).click()
  await expect(note).toBeVisible()
})

test('a form with mistakes names each field in words and sends nothing', async ({ phone, server }) => {
  const page = await phone.visit('/settle')
  await page.getByLabel('企业名称').fill('  ')
  await page.getByLabel('统一社会信用代码').fill('91350200IOSVZ')
  await page.getByLabel('姓名').fill('123')
  await page.getByLabel('手机').fill('12345')
  await page.getByLabel('需求面积').fill('很多')
  await submit(page)
  await expect(page.getByText('请填写此项')).toBeVisible()
  await expect(page.getByText(/统一社会信用代码为 18 位/)).toBeVisible()
  await expect(page.getByText('姓名中至少要有一个文字')).toBeVisible()
  await expect(page.getByText(/请填写手机号（11 位）/)).toBeVisible()
  await expect(page.getByText('请填写数字')).toBeVisible()
  await expect(page.getByText('请先阅读告知并勾选')).toBeVisible()
  await expect(page.getByLabel('企业名称')).toBeFocused()
  expect(storedInquiries(server)).toEqual([])

  await page.getByLabel('统一社会信用代码').fill('91350203M0001QAY9B')
  await expect(page.getByText(/最后一位校验码对不上/)).toBeVisible()

  const missed = page.getByText('还有内容需要补充，已为您标出')
  await expect(missed).toBeVisible()
  await page.getByLabel('需求面积').fill('')
  await fillSettlement(page)
  await page.getByLabel('统一社会信用代码').fill('')
  await expect(page.locator('[aria-invalid="true"]')).toHaveCount(0)
  await expect(missed).toHaveCount(0)
})
