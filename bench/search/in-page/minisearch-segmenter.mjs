import { openMiniSearch } from './minisearch.mjs'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** MiniSearch over the words that the browser's segmenter sees. */
export const openEngine = () =>
  openMiniSearch((text) =>
    Array.from(segmenter.segment(text))
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment }) => segment),
  )
