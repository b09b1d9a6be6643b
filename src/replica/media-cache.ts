/** Pictures and attachments of the content that the worker keeps. Their addresses name their content and never change it. */
export const MEDIA_CACHE = 'luodi-media'

/** Drops all of them: they can be fetched again. */
export async function dropKeptMedia(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(MEDIA_CACHE)
}
