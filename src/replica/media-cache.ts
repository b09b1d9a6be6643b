import type { FileRef } from '#domain/feed-v2.ts'
import { type Share, shareOf } from './bringing.ts'
import { tellMediaChanged } from './media-changes.ts'
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
  return typed(async () => {
    await (await caches.open(MEDIA_CACHE)).put(path, file)
    tellMediaChanged()
  })
}

/** Drops what was only shown. @returns how much that was @throws StorageFailure */
export async function dropShown(): Promise<Share> {
  if (!('caches' in globalThis)) return shareOf([])
  return typed(async () => {
    if (!(await caches.has(SHOWN_CACHE))) return shareOf([])
    const files = await (await caches.open(SHOWN_CACHE)).matchAll()
    await caches.delete(SHOWN_CACHE)
    return shareOf(files.map((file) => ({ bytes: lengthOf(file) })))
  })
}

/**
 * Drops the copy's files, but these, until enough bytes are free: they can be fetched again.
 * @param order in which they go; what is not in it goes first
 * @returns how much has gone
 * @throws StorageFailure
 */
export async function dropMediaBut(
  kept: ReadonlySet<string>,
  order: readonly FileRef[] = [],
  enough = Infinity,
): Promise<Share> {
  const gone = shareOf([])
  if (!('caches' in globalThis)) return gone
  return typed(async () => {
    if (!(await caches.has(MEDIA_CACHE))) return gone
    const cache = await caches.open(MEDIA_CACHE)
    const addresses = new Set([...kept].map(addressOf))
    const places = new Map(order.map(({ path }, place) => [addressOf(path), place]))
    const placeOf = ({ url }: Request) => places.get(addressOf(url)) ?? -1
    const entries = (await cache.keys()).filter(({ url }) => !addresses.has(addressOf(url)))
    for (const entry of entries.sort((a, b) => placeOf(a) - placeOf(b))) {
      if (gone.bytes >= enough) break
      gone.bytes += order[placeOf(entry)]?.bytes ?? lengthOf(await cache.match(entry))
      gone.count += Number(await cache.delete(entry))
    }
    if (gone.count > 0) tellMediaChanged()
    return gone
  })
}

/** As it travelled, bytes; 0 where that is not said. */
function lengthOf(file: Response | undefined): number {
  return Number(file?.headers.get('Content-Length') ?? 0)
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
