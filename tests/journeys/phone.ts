import { type BrowserContext, chromium, expect, type Page, test as base } from '@playwright/test'
import { fillContact, submit } from '../support/fill-form.ts'
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
    if (offline) await this.context.addInitScript(sayOffline, true)
    return this.context.pages()[0] ?? this.context.newPage()
  }

  /** Takes the network away, or gives it back. */
  async setOffline(offline: boolean): Promise<void> {
    await this.context.setOffline(offline)
    await this.context.addInitScript(sayOffline, offline)
    if (!offline) await Promise.all(this.context.pages().map((page) => page.evaluate(sayOffline, false)))
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

/** In the page: a document that was loaded with no network takes itself to be online in Chromium, where that was only said to it. */
function sayOffline(isOffline: boolean): void {
  if (isOffline) Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
  else if (Object.hasOwn(navigator, 'onLine')) {
    Reflect.deleteProperty(navigator, 'onLine')
    dispatchEvent(new Event('online'))
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

export { fillContact, fillSettlement, goToContact, submit, submitButton } from '../support/fill-form.ts'

/** Fills in and submits the form of 联系我们 that a page shows, and waits until it has arrived. */
export async function deliverContact(page: Page): Promise<void> {
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('已送达').first()).toBeVisible()
}
export { draftOnPhone, entriesOnPhone, frozenOnPhone, preferencesOnPhone, stopsOnPhone } from '../support/phone-rows.ts'
export { storedInquiries } from '../support/stored-inquiries.ts'
export { expect }
