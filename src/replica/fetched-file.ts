import { keepFile, keptFiles } from './media-cache.ts'
import { tellMediaChanged } from './media-changes.ts'
import { StorageFailure } from './storage-failure.ts'

/** `here`: on the phone now. `gone`: the server has no such file. `missed`: it could not be had now. `full`: no room to store it. */
export type Fetched = 'here' | 'gone' | 'missed' | 'full'

/** The worker answers before it has stored what it answers with: looked for again after these waits, ms. */
const STORED_AFTER_MS = [0, 50, 200]

/**
 * Sees to it that a fetched file is in the copy. The worker stores what passes through it, and says nothing where it could not: then
 * it is stored from here, which tells why.
 * @param response undefined where there was none
 * @throws StorageFailure of the Cache API, but for a full phone
 */
export async function keepFetched(path: string, response: Response | undefined): Promise<Fetched> {
  if (response?.status === 404 || response?.status === 410) return 'gone'
  if (response?.status !== 200) return 'missed'
  const body = await response.blob().catch(() => undefined)
  if (body === undefined) return 'missed'
  if (await isStored(path)) {
    tellMediaChanged()
    return 'here'
  }
  if (!isItself(path, response)) return 'missed'
  try {
    await keepFile(path, new Response(body, response))
    return 'here'
  } catch (error) {
    if (error instanceof StorageFailure && error.reason === 'full') return 'full'
    throw error
  }
}

async function isStored(path: string): Promise<boolean> {
  for (const wait of STORED_AFTER_MS) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    if ((await keptFiles([path])).has(path)) return true
  }
  return false
}

/** Neither a sign-in page nor, with no network, the same picture in another size. */
function isItself(path: string, { url, headers }: Response): boolean {
  return url === new URL(path, location.origin).href && headers.get('Content-Type')?.startsWith('text/html') !== true
}
