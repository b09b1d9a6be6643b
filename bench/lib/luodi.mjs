import { startServer } from '../../tests/support/server.ts'
import { askText } from './answer.mjs'

// What was started, and every temporary folder, goes when this process exits; a signal alone would not let it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

/** Starts the built server on new data with the starter content. It ends with this process. */
export const startLuodi = () => startServer({ env: { LOG_LEVEL: 'silent' } })

/** The feed's head, and every record, whole, as the first form of the feed has them. */
export async function readFeed(url) {
  const head = JSON.parse(await askText(url, '/sync/v2/head.json'))
  const { snapshot } = JSON.parse(await askText(url, '/sync/v1/head.json'))
  const { records } = JSON.parse(await askText(url, snapshot.url))
  return { head, records }
}

/** The article that is measured: the starter content's one about something real. */
export function measuredArticle(records) {
  const found = records.find(({ kind, sample }) => kind === 'article' && !sample)
  if (found === undefined) throw new Error('The starter content has no article about something real.')
  return found
}

/** Path of an article's page. */
export const articlePath = ({ id }) => `/articles/${id}`
