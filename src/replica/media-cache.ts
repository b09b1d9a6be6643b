import { asStorageFailure, StorageFailure } from './storage-failure.ts'

/** Pictures and attachments that the app fetched for the copy. Their addresses name their content and never change it. */
export const MEDIA_CACHE = 'luodi-media'

/** Those that the worker keeps because a page showed them: so many and no more, the oldest go first. */
export const SHOWN_CACHE = 'luodi-shown'

/** Those of these paths that the copy holds. None where there is no Cache API to ask. @throws StorageFailure */
export async function keptFiles(paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0 || !('caches' in globalThis)) return new Set()
  return typed(async () => {
    const cache = await caches.open(MEDIA_CACHE)
    const found = await Promise.all(paths.map((path) => cache.match(path)))
    return new Set(paths.filter((_, index) => found[index] !== undefined))
  })
}

/** @throws StorageFailure when there is no room for it, or no Cache API that works */
export function keepFile(path: string, file: Response): Promise<void> {
  return typed(async () => (await caches.open(MEDIA_CACHE)).put(path, file))
}

/** Drops what was only shown. @returns whether there was any @throws StorageFailure */
export async function dropShown(): Promise<boolean> {
  return 'caches' in globalThis && typed(() => caches.delete(SHOWN_CACHE))
}

/**
 * Drops the copy's files, but these: they can be fetched again.
 * @returns how many
 * @throws StorageFailure
 */
export async function dropMediaBut(kept: ReadonlySet<string>): Promise<number> {
  if (!('caches' in globalThis)) return 0
  return typed(async () => {
    if (!(await caches.has(MEDIA_CACHE))) return 0
    const cache = await caches.open(MEDIA_CACHE)
    const addresses = new Set([...kept].map(addressOf))
    const entries = (await cache.keys()).filter(({ url }) => !addresses.has(addressOf(url)))
    await Promise.all(entries.map((entry) => cache.delete(entry)))
    return entries.length
  })
}

/** What names a file for the cache: what is not ASCII is escaped, a place within the file left out. */
function addressOf(pathOrUrl: string): string {
  const url = new URL(pathOrUrl, location.origin)
  url.hash = ''
  return url.href
}

/** A Cache API that fails holds up nothing but files: whoever goes on without it gets undefined. */
export async function unlessFailed<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof StorageFailure) return undefined
    throw error
  }
}

async function typed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asStorageFailure(error)
  }
}
