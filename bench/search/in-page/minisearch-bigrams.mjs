import { openMiniSearch } from './minisearch.mjs'

/** MiniSearch over pairs of Chinese characters, and Latin words. A character alone is a term where it ends a run. */
export const openEngine = () =>
  openMiniSearch((text) =>
    [...text.matchAll(/[a-z0-9]+|[^\sa-z0-9]+/g)].flatMap(([run]) => {
      if (/^[a-z0-9]/.test(run) || run.length === 1) return [run]
      return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
    }),
  )
