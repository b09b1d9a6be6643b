import type { PageData } from '#domain/rendering.ts'

/** Id of the data block that comes with a rendered page. */
const PAGE_DATA_ID = 'page-data'

/**
 * What came with this page. It is part of the document that names this very code, so that it is trusted as the code is.
 * @returns undefined in the shell, which the service worker answers with
 */
export function broughtPageData(): PageData | undefined {
  const text = document.getElementById(PAGE_DATA_ID)?.textContent
  return text === undefined ? undefined : (JSON.parse(text) as PageData)
}
