import type { Page } from '@playwright/test'
import {
  draftOnPhone,
  entriesOnPhone,
  expect,
  fillContact,
  storedInquiries,
  submit,
  submitButton,
  test,
} from './phone.ts'

const TOLD = /^(已存本机 · 未发送|发送中|已送达)$/
const told = (page: Page) => page.getByRole('heading', { level: 2, name: TOLD })

interface Watched {
  /** [mode, durability as asked for, durability as given] of each transaction on the person's database */
  durabilities: [IDBTransactionMode | undefined, IDBTransactionDurability | undefined, IDBTransactionDurability][]
  /** Commits of requests that the app has not been told of yet. */
  held: (() => void)[]
  holding: boolean
}

/** Looks over the app's shoulder: how its transactions are opened, and holds back the news that one with a request is complete. */
function watchCommits(): void {
  const watched: Watched = { durabilities: [], held: [], holding: false }
  Object.assign(window, { watched })
  const database = IDBDatabase.prototype
  const open = Object.getOwnPropertyDescriptor(database, 'transaction')?.value as IDBDatabase['transaction']
  database.transaction = function (this: IDBDatabase, ...all: Parameters<IDBDatabase['transaction']>) {
    const transaction = open.apply(this, all)
    if (this.name === 'luodi-mine') watched.durabilities.push([all[1], all[2]?.durability, transaction.durability])
    return transaction
  }
  const complete = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete')!
  Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
    ...complete,
    set(this: IDBTransaction, listener: (event: Event) => unknown) {
      const isRequest = () => this.mode === 'readwrite' && this.objectStoreNames.contains('entries')
      complete.set!.call(this, (event: Event) => {
        if (watched.holding && isRequest()) watched.held.push(() => listener.call(this, event))
        else listener.call(this, event)
      })
    },
  })
}
const watchedIn = (page: Page) => page.evaluateHandle(() => (window as unknown as { watched: Watched }).watched)

test('nothing is called kept before its transaction is complete, and every one that writes is strict', async ({
  phone,
  network,
}) => {
  await phone.visit()
  await phone.context.addInitScript(watchCommits)
  const [page] = phone.context.pages()
  await page!.goto('/contact')
  await fillContact(page!)
  // A draft that is still being saved would be held back as well, and what is submitted waits for it.
  await expect.poll(() => draftOnPhone(page!, 'contact')).toHaveProperty('/message', '请问园区还有空置厂房吗？')
  const watched = await watchedIn(page!)
  await watched.evaluate((all) => (all.holding = true))
  await submit(page!)
  await expect.poll(() => watched.evaluate(({ held }) => held.length)).toBe(1)

  // Committed, and the app does not know it: whoever pulls the plug now was not told anything.
  expect(await entriesOnPhone(page!)).toHaveLength(1)
  await expect(told(page!)).toHaveCount(0)
  await expect(page!.getByLabel('留言')).toHaveValue('请问园区还有空置厂房吗？')
  expect(network.passed.filter(({ method }) => method === 'PUT')).toEqual([])

  await watched.evaluate((all) => {
    all.holding = false
    for (const tell of all.held) tell()
  })
  await expect(told(page!)).toBeVisible()
  await expect(page!.getByText('已送达').first()).toBeVisible()
  const writing = await watched.evaluate(({ durabilities }) => durabilities.filter(([mode]) => mode === 'readwrite'))
  expect(writing.length).toBeGreaterThan(3)
  expect(new Set(writing.map(([, ...durability]) => durability.join()))).toEqual(new Set(['strict,strict']))
})

test('a phone that is full says so; the form keeps its text, and submits it when there is room', async ({
  phone,
  network,
  server,
}) => {
  await phone.visit()
  await phone.close()
  // A new browser: the one before remembers for a while how much room there was.
  const page = await phone.open()
  const devtools = await phone.context.newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: phone.origin, quotaSize: 1 })
  await page.goto('/contact')
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('没能存到本机，内容还在这一页。请清理出空间后再试，或先复制内容。')).toBeVisible()
  await expect(told(page)).toHaveCount(0)
  await expect(page.getByLabel('姓名')).toHaveValue('李样张')
  await expect(page.getByLabel('留言')).toHaveValue('请问园区还有空置厂房吗？')
  expect(await entriesOnPhone(page)).toEqual([])
  expect(network.passed.filter(({ method }) => method === 'PUT')).toEqual([])

  // The note also comes from the draft that could not be saved: the press is over when there can be another one.
  await expect(submitButton(page)).toBeEnabled()
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: phone.origin })
  await submit(page)
  await expect(page.getByText('已送达').first()).toBeVisible()
  expect(storedInquiries(server)).toHaveLength(1)
})
