import type { ContentReader } from './store.ts'

/** Tells each time there was a copy and there is none any more, as when another tab has cleared it. @returns a function that ends it */
export function onCopyGone(store: ContentReader, tell: () => void): () => void {
  let hadCopy = false
  return store
    .watch((current) => current.cursor())
    .subscribe(
      (cursor) => {
        const isGone = hadCopy && cursor === undefined
        hadCopy = cursor !== undefined
        if (isGone) tell()
      },
      // Of a store that gives no answer, the next sync tells.
      () => undefined,
    )
}
