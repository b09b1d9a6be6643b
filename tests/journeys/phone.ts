import { type BrowserContext, chromium, expect, type Page, test as base } from '@playwright/test'
import Libsql from 'libsql'
import { join } from 'node:path'
import { CHROMIUM_FLAGS } from '../support/chromium.ts'
import { type Network, openNetwork } from '../support/network.ts'
import { type RunningServer, startServer, temporaryFolder } from '../support/server.ts'

/** A phone with a browser that can be closed and opened again on the same storage. */
export class Phone {
  #context: BrowserContext | undefined
  readonly #folder = temporaryFolder()

  constructor(
    readonly origin: string,
    private readonly options: {
      serviceWorkers?: 'allow' | 'block'
      colorScheme?: 'light' | 'dark'
      javaScriptEnabled?: boolean
    } = {},
  ) {}

  get context(): BrowserContext {
    if (this.#context === undefined) throw new Error('The browser is closed')
    return this.#context
  }

  /** Opens the browser. */
  async open({ offline = false } = {}): Promise<Page> {
    const executablePath = process.env['CHROMIUM_PATH']
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: CHROMIUM_FLAGS,
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      locale: 'zh-CN',
      baseURL: this.origin,
      offline,
      ...this.options,
    })
    return this.context.pages()[0] ?? this.context.newPage()
  }

  /** Opens the app for the first time, waits until it has its content and can be opened offline, and goes to a page. */
  async visit(path = '/'): Promise<Page> {
    const page = await this.open()
    await page.goto('/')
    await expect(page.getByText('可离线').filter({ visible: true }).first()).toBeVisible()
    if (this.options.serviceWorkers !== 'block') {
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready
        if (navigator.serviceWorker.controller !== null) return
        await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
      })
    }
    if (path !== '/') await page.goto(path)
    return page
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = undefined
  }
}

/**
 * Has the browser look for a new release until it has found one: a look of its own that began before the release would answer
 * for the one asked for here.
 */
export async function findRelease(page: Page): Promise<void> {
  const isFound = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      await registration.update()
      return (registration.installing ?? registration.waiting) !== null
    })
  await expect.poll(isFound).toBe(true)
  await expect(page.getByText('有新版本')).toBeVisible()
}

interface StoredInquiry {
  submission_id: string
  digest: string
  body: string
  receipt: string
}

/** The inquiries in the server's own file. */
export function storedInquiries(server: RunningServer): StoredInquiry[] {
  const database = new Libsql(join(server.dataDir, 'luodi.db'), { readonly: true })
  try {
    const rows = database
      .prepare(
        `select inquiry.submission_id, inquiry.digest, inquiry.body, receipt.json as receipt
         from inquiry join receipt on receipt.submission_id = inquiry.submission_id`,
      )
      .all() as { submission_id: string; digest: string; body: Buffer; receipt: string }[]
    return rows.map((row) => ({ ...row, body: Buffer.from(row.body).toString('utf8') }))
  } finally {
    database.close()
  }
}

/** The frozen bytes of each request on the phone, by id, read from its IndexedDB beside the app. */
export function frozenOnPhone(page: Page): Promise<Record<string, string>> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        open.onerror = () => reject(open.error ?? new Error('luodi-mine did not open'))
        open.onsuccess = () => {
          const rows = open.result.transaction('entries').objectStore('entries').getAll()
          rows.onsuccess = () => {
            open.result.close()
            const entries = rows.result as { id: string; body: Uint8Array }[]
            resolve(Object.fromEntries(entries.map(({ id, body }) => [id, new TextDecoder().decode(body)])))
          }
        }
      }),
  )
}

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

/** Presses 提交. */
export function submit(page: Page): Promise<void> {
  return page.getByRole('button', { name: '提交', exact: true }).click()
}

/** A test with a server, a network before it, and phones. */
export const test = base.extend<{ server: RunningServer; network: Network; phone: Phone; worklessPhone: Phone }>({
  // Playwright asks for the destructured first argument even where nothing is taken from it.
  // eslint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startServer()
    await use(server)
    await server.stop()
  },
  network: async ({ server }, use) => {
    const network = await openNetwork(() => server.url)
    await use(network)
    await network.close()
  },
  phone: async ({ network }, use) => {
    const phone = new Phone(network.url)
    await use(phone)
    await phone.close()
  },
  /** A phone whose browser has no service workers, like some in-app browsers. */
  worklessPhone: async ({ network }, use) => {
    const phone = new Phone(network.url, { serviceWorkers: 'block' })
    await use(phone)
    await phone.close()
  },
})

export { expect }
