import type { Context } from 'hono'
import type { Published, PublishedContent } from '../feed/published.ts'
import { AnswerCache } from '../http/answer-cache.ts'
import { type Page, pageOf } from './page.ts'

/** The sitemap's files and the feed, under as many names of the site as an operator may have. */
const CACHED_TEXTS = 16

/** Texts about the whole content, for search engines and feed readers: made once for each version of it. */
export function machineTexts(published: PublishedContent, origin: (c: Context) => string) {
  const cache = new AnswerCache<Page>(CACHED_TEXTS)
  return {
    /**
     * @param make gives the text, or undefined where there is none at this path; `changedAt` is an RFC 3339 instant
     * @returns undefined where there is none
     */
    async get(
      c: Context,
      make: (content: Published, changedAt: string) => string | undefined | Promise<string | undefined>,
    ): Promise<Page | undefined> {
      const content = await published.current()
      const { epoch, version, changedAt } = content.version
      return cache.get([epoch, version, origin(c), c.req.path].join(' '), async () => {
        const text = await make(content, new Date(changedAt).toISOString())
        return text === undefined ? undefined : pageOf(text, changedAt)
      })
    },
  }
}
