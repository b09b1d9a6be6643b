import type { Locator, Page } from 'playwright'

/** Fills 企业入驻 with what is required and something of each kind. */
export async function fillSettlement(page: Page, company = '样张精密机械有限公司'): Promise<void> {
  await page.getByLabel('企业名称').fill(company)
  await page.getByLabel('统一社会信用代码').fill('91350200ma2yj1xr9g')
  await page.getByLabel('姓名').fill('阿不都·热合曼')
  await page.getByLabel('手机').fill('+86 138 0013 8000')
  await page.getByLabel('所属行业').selectOption('C36')
  await page.getByLabel('投资方式').selectOption('厂房租赁')
  await page.getByLabel('需求面积').fill('2,000')
  await page.getByLabel('投资额').fill('3000')
  await page.getByLabel('留言').fill('想看看外冈镇的厂房。')
  await page.getByLabel('我已阅读并同意').check()
}

/** Fills 联系我们. */
export async function fillContact(page: Page, name = '李样张'): Promise<void> {
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel('手机').fill('13800138000')
  await page.getByLabel('留言').fill('请问园区还有空置厂房吗？')
  await page.getByLabel('我已阅读并同意').check()
}

/** Goes to 联系我们 from any page that is open, without loading one anew. */
export async function goToContact(page: Page): Promise<void> {
  await page.getByRole('link', { name: '首页', exact: true }).click()
  await page.getByRole('link', { name: '联系我们', exact: true }).click()
}

/** 提交, which cannot be pressed while a request is being stored. */
export function submitButton(page: Page): Locator {
  return page.getByRole('button', { name: '提交', exact: true })
}

/** Presses 提交. */
export function submit(page: Page): Promise<void> {
  return submitButton(page).click()
}
