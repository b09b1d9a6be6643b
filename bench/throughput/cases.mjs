import { ask } from '../lib/answer.mjs'
import { articlePath } from '../lib/luodi.mjs'

/** A list page with many rows. */
const LIST = '/policies'

/**
 * What is asked for. `fresh` asks so that the server has to render each time.
 * @typedef {{ name: string, path: string, encoding: 'br' | 'identity', fresh?: boolean }} Case
 */

/**
 * The answers worth measuring, those left out that this server does not have.
 * @param {string} url of our server
 * @returns {Promise<(Case & { answer: import('../lib/answer.mjs').Answer })[]>} with the answer as the server gives it
 */
export async function cases(url, { article, head }) {
  const page = articlePath(article)
  /** @type {Case[]} */
  const all = [
    { name: 'article', path: page, encoding: 'br' },
    { name: 'article, not compressed', path: page, encoding: 'identity' },
    { name: 'article, rendered each time', path: page, encoding: 'br', fresh: true },
    { name: 'list', path: LIST, encoding: 'br' },
    { name: 'list, rendered each time', path: LIST, encoding: 'br', fresh: true },
    { name: 'feed: head', path: '/sync/v2/head.json', encoding: 'br' },
    { name: 'feed: list', path: head.list.url, encoding: 'br' },
    { name: 'sitemap', path: '/sitemap.xml', encoding: 'br' },
    { name: 'Atom feed', path: '/feed.xml', encoding: 'br' },
  ]
  const answered = await Promise.all(
    all.map(async (one) => ({ ...one, answer: await ask(url, one.path, one.encoding) })),
  )
  return answered.filter(({ answer }) => answer.status === 200)
}
