import { choose, chooseLarge, filesOnPhone, heic, pdf, photo } from './files.ts'
import { expect, fillSettlement, storedInquiries, submit, test } from './phone.ts'

const PARTS = /^\/api\/inquiries\/[^/]+\/parts\//

test('a photograph is made smaller and loses the place it was taken at, and outlives a closed browser', async ({
  phone,
}) => {
  let page = await phone.visit('/settle')
  const camera = await photo(page, 'IMG_0001.JPG')
  expect(camera.buffer.includes('JIADING-GPS-SECRET')).toBe(true)
  await choose(page, [camera, pdf('营业执照.pdf')])
  await expect(page.getByText(/已附 2 \/ 10 个，共 .* \/ 50 MB/)).toBeVisible()
  const [kept] = (await filesOnPhone(page)).filter(({ type }) => type === 'image/jpeg')
  expect(kept!.name).toBe('IMG_0001.jpg')
  expect(kept!.bytes).toBeLessThan(camera.buffer.length)
  expect(kept!.text).not.toContain('Exif')
  expect(kept!.text).not.toContain('JIADING-GPS-SECRET')
  await expect
    .poll(() => page.locator('.file img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(2560)

  await phone.close()
  page = await phone.open({ offline: true })
  await page.goto('/settle')
  await expect(page.getByText('IMG_0001.jpg')).toBeVisible()
  await expect(page.getByText('营业执照.pdf')).toBeVisible()
  await page.getByRole('button', { name: '移除 营业执照.pdf' }).click()
  await expect(page.getByText(/已附 1 \/ 10 个/)).toBeVisible()
  await page.reload()
  await expect(page.getByText('IMG_0001.jpg')).toBeVisible()
  await expect(page.getByText('营业执照.pdf')).toHaveCount(0)
})

test('an original goes along only where the person says so', async ({ phone }) => {
  const page = await phone.visit('/settle')
  const tick = page.getByLabel('保留原图（可能含拍摄地点）')
  await expect(tick).not.toBeChecked()
  await choose(page, heic('IMG_7.HEIC'))
  await expect(page.getByText(/这张照片无法在本机缩小.*IMG_7\.HEIC/)).toBeVisible()
  expect(await filesOnPhone(page)).toEqual([])
  await fillSettlement(page)
  await submit(page)
  await expect(page.getByText('请先决定是否附上这张照片')).toBeVisible()
  await page.getByRole('button', { name: '取消', exact: true }).click()
  await expect(page.getByText(/这张照片无法在本机缩小/)).toHaveCount(0)
  expect(await filesOnPhone(page)).toEqual([])

  await choose(page, heic('IMG_7.HEIC'))
  await page.getByRole('button', { name: '原样附上' }).click()
  await expect(page.getByText('IMG_7.HEIC')).toBeVisible()
  await tick.check()
  await choose(page, await photo(page, 'ORIGINAL.JPG', { width: 800, height: 600 }))
  await expect(page.getByText('ORIGINAL.JPG')).toBeVisible()
  const kept = await filesOnPhone(page)
  expect(kept.find(({ name }) => name === 'ORIGINAL.JPG')!.text).toContain('JIADING-GPS-SECRET')
})

test('what cannot be attached is said at the field, and the rest is', async ({ phone }) => {
  const page = await phone.visit('/settle')
  const empty = { name: '空.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) }
  const program = { name: '图.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ\x90\0 no picture at all') }
  await choose(page, [pdf('好.pdf'), empty, program])
  await expect(page.getByText('没有附上“空.pdf”：文件是空的，请另选')).toBeVisible()
  await expect(page.getByText('没有附上“图.jpg”：附件只能是照片或 PDF')).toBeVisible()
  await expect(page.getByText(/已附 1 \/ 10 个/)).toBeVisible()
  await chooseLarge(page, '很大.pdf', 45 * 2 ** 20)
  await expect(page.getByText(/已附 2 \/ 10 个/)).toBeVisible()
  await chooseLarge(page, '再大.pdf', 6 * 2 ** 20)
  await expect(page.getByText('没有附上“再大.pdf”：附件合计最多 50 MB')).toBeVisible()
  await expect(page.getByText(/已附 2 \/ 10 个/)).toBeVisible()
  await choose(
    page,
    Array.from({ length: 9 }, (_none, index) => pdf(`${index}.pdf`)),
  )
  await expect(page.getByText('没有附上“8.pdf”：附件最多 10 个')).toBeVisible()
  await expect(page.getByText(/已附 10 \/ 10 个/)).toBeVisible()
  await expect(page.getByRole('button', { name: '拍照' })).toBeDisabled()
})

test('the form is registered while files wait: not delivered, with its receipt, why it waits and what is missing', async ({
  phone,
  network,
  server,
}) => {
  const page = await phone.visit('/settle')
  network.fail('PUT', PARTS, { kind: 'refuse' })
  await fillSettlement(page)
  await choose(page, [pdf('营业执照.pdf'), pdf('厂房.pdf')])
  await expect(page.getByText(/已附 2 \/ 10 个/)).toBeVisible()
  await phone.setOffline(true)
  await submit(page)
  await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
  await expect(page.getByText('营业执照.pdf')).toBeVisible()
  await expect(page.getByText(/等待发送/)).toHaveCount(2)
  await phone.setOffline(false)

  await expect(page.getByText('表单已登记')).toBeVisible()
  await expect(page.getByRole('heading', { name: '发送中' })).toBeVisible()
  await expect(page.getByText('附件 0/2 已送达')).toBeVisible()
  await expect(page.getByText('服务器暂时没有回应，会自动再试。')).toBeVisible()
  const { receiptNo } = JSON.parse(storedInquiries(server)[0]!.receipt) as { receiptNo: string }
  await expect(page.getByText(receiptNo)).toBeVisible()
  await expect(page.getByRole('heading', { name: '已送达' })).toHaveCount(0)
  await page.getByRole('button', { name: '从本机删除' }).click()
  await expect(page.getByText('还有 2 个附件没有送到')).toBeVisible()
  await page.getByRole('button', { name: '取消' }).click()
  await page.goto('/me/inquiries')
  await expect(page.getByText('还有 2 个附件未送达')).toBeVisible()

  await page.goto('/me/storage')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出未发送' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^落地-未发送-\d{4}-\d\d-\d\d\.json$/)
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const exported = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    requests: Record<string, { attachments: { name: string; base64: string }[] }>
  }
  const [request] = Object.values(exported.requests)
  expect(request!.attachments.map(({ name }) => name)).toEqual(['营业执照.pdf', '厂房.pdf'])
  expect(Buffer.from(request!.attachments[0]!.base64, 'base64')).toEqual(pdf('营业执照.pdf').buffer)
  await expect(page.getByText(/可交给招商专员登记，编号不变/)).toBeVisible()
})

test('a refused request is corrected with its files', async ({ phone, network }) => {
  const page = await phone.visit('/settle')
  network.fail('PUT', /^\/api\/inquiries\/[^/]+$/, {
    kind: 'answer',
    status: 422,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({
      type: 'urn:luodi:problem:inquiry-invalid',
      title: 'Unprocessable Content',
      status: 422,
      errors: [{ pointer: '/contact/phone', code: 'phone.format', message: '这个号码已停机，请换一个' }],
    }),
  })
  await fillSettlement(page)
  await choose(page, pdf('营业执照.pdf'))
  await expect(page.getByText('营业执照.pdf')).toBeVisible()
  await submit(page)
  await page.getByRole('link', { name: '去修改' }).click()
  await expect(page.getByText(/已附 1 \/ 10 个/)).toBeVisible()
  await expect(page.getByText('营业执照.pdf')).toBeVisible()
  // Taken off, it stays off: only the first look at the correction brings files.
  await page.getByRole('button', { name: '移除 营业执照.pdf' }).click()
  await expect(page.getByText('营业执照.pdf')).toHaveCount(0)
  await page.reload()
  await expect(page.getByLabel('企业名称')).toHaveValue('样张精密机械有限公司')
  await expect(page.getByText('营业执照.pdf')).toHaveCount(0)
})

test('a form that is deleted while its photographs are still being added does not come back with them', async ({
  phone,
}) => {
  const page = await phone.visit()
  const photos = [await photo(page, 'FIRST.JPG'), await photo(page, 'SECOND.JPG', { hue: 200 })]
  // The second photograph of all takes as long as it likes.
  await page.evaluate(() => {
    const original = createImageBitmap
    const held = new Promise<void>((resolve) => addEventListener('photo-may-come', () => resolve(), { once: true }))
    let asked = 0
    window.createImageBitmap = async (...given: [ImageBitmapSource, ImageBitmapOptions?]) => {
      asked += 1
      if (asked === 2) await held
      return original(...given)
    }
  })
  await page.getByRole('link', { name: '企业入驻' }).click()
  await choose(page, photos)
  await expect(page.getByText('FIRST.jpg')).toBeVisible()
  await page.getByRole('link', { name: '我的', exact: true }).click()
  await page.getByRole('link', { name: '我的提交' }).click()
  await page.getByRole('button', { name: '删除这份草稿' }).click()
  await page.getByRole('button', { name: '删除这份草稿' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await page.evaluate(() => dispatchEvent(new Event('photo-may-come')))

  // What is chosen at another form since comes after it.
  await page.getByRole('link', { name: '园区', exact: true }).click()
  await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
  await page.getByRole('link', { name: '企业入驻' }).click()
  await choose(page, await photo(page, 'OTHER.JPG', { hue: 90 }))
  await expect(page.getByText('OTHER.jpg')).toBeVisible()
  expect((await filesOnPhone(page)).map(({ name }) => name)).toEqual(['OTHER.jpg'])
})

test('a file that is attached again, after another tab has deleted the draft, brings the text along', async ({
  phone,
}) => {
  const first = await phone.visit('/settle')
  await first.getByLabel('企业名称').fill('写到一半的公司')
  await expect(first.getByText('已自动保存')).toBeVisible()
  const second = await phone.context.newPage()
  await second.goto('/me/inquiries')
  await second.getByRole('button', { name: '删除这份草稿' }).click()
  await second.getByRole('button', { name: '删除这份草稿' }).click()
  const notice = first.getByText('这张表的草稿已在另一个页面删除。')
  await expect(notice).toContainText('附件（如有）要重新附上')
  await choose(first, pdf('营业执照.pdf'))
  await expect(notice).toContainText('已另存为新的一份')
  await first.reload()
  await expect(first.getByText('营业执照.pdf')).toBeVisible()
  await expect(first.getByLabel('企业名称')).toHaveValue('写到一半的公司')
})
