import { ask, askText } from '../lib/answer.mjs'
import { articlePath } from '../lib/luodi.mjs'
import { bareDocument } from './in-page/bare-document.mjs'
import { answers } from './page-answers.mjs'
import { pageFromRecord } from './limit-from-record.mjs'
import { PHONE, startBrowser } from './phone.mjs'
import { temporaryFolder } from '../../tests/support/server.ts'

/**
 * The limit: the article as one HTML file with inlined CSS and nothing else. It has the markup and the used rules of our
 * own page, when our server sends that already rendered; else it is made from the record.
 * @param {object} article a record of the feed
 * @param {string} url of our server
 * @returns {Promise<{ from: string, answers: import('../lib/answer.mjs').Answer[] }>}
 */
export async function limitPage(article, url) {
  const path = articlePath(article)
  const rendered = (await askText(url, path)).includes(`${article.title}</h1>`)
  if (!rendered) return { from: 'the record', answers: page(path, pageFromRecord(article)) }

  const { html, files } = await strip(url, path)
  const pictures = await Promise.all(files.map((file) => ask(url, new URL(file).pathname)))
  return { from: 'our rendered page', answers: [...page(path, html), ...pictures] }
}

const page = (path, html) => answers([path], 'text/html; charset=utf-8', Buffer.from(html))

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
