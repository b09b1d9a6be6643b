import type { Page } from 'playwright'

/** As on a full phone, no row can be put into tables of that name. @returns what gives them room again */
export async function fillTable(page: Page, table: string): Promise<() => Promise<void>> {
  const full = await page.evaluateHandle((table) => {
    // Called on the store that it was taken from, below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { put } = IDBObjectStore.prototype
    const full = new Set([table])
    IDBObjectStore.prototype.put = function (...given) {
      if (full.has(this.name)) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, given)
    }
    return full
  }, table)
  return () => full.evaluate((tables) => tables.clear())
}
