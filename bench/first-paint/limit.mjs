import { ask, askText } from '../lib/answer.mjs'
import { articlePath } from '../lib/luodi.mjs'
import { bareDocument } from './in-page/bare-document.mjs'
import { answers } from './page-answers.mjs'
import { PHONE, startBrowser } from './phone.mjs'
import { temporaryFolder } from '../../tests/support/server.ts'

/**
 * The limit: the article as one HTML file with inlined CSS and nothing else. It has the markup and the used rules of our
 * own page.
 * @param {object} article a record of the feed
 * @param {string} url of our server
 * @returns {Promise<import('../lib/answer.mjs').Answer[]>}
 * @throws {Error} when our server does not send the article rendered
 */
export async function limitPage(article, url) {
  const path = articlePath(article)
  if (!(await askText(url, path)).includes(`${article.title}</h1>`)) throw new Error(`${path} came without its article`)

  const { html, files } = await strip(url, path)
  const page = answers([path], 'text/html; charset=utf-8', Buffer.from(html))
  const pictures = await Promise.all(files.map((file) => ask(url, new URL(file).pathname)))
  return [...page, ...pictures]
}

/** Opens the page as the server sent it, without running its scripts, and takes away what a bare file would not have. */
async function strip(url, path) {
  const browser = await startBrowser(temporaryFolder(), { ...PHONE, serviceWorkers: 'block' })
  try {
    const [tab] = browser.pages()
    await tab.route('**/*', (route) => (route.request().resourceType() === 'script' ? route.abort() : route.continue()))
    await tab.goto(new URL(path, url).href)
    return await tab.evaluate(bareDocument)
  } finally {
    await browser.close()
  }
}
