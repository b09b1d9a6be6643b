/** Room on this phone, in bytes, for everything of this site. A field is absent where the platform does not tell. */
export interface StorageInfo {
  used?: number
  quota?: number
  /** Whether the browser has promised not to drop it by itself. */
  persisted?: boolean
}

/** What the platform tells about storage now. Never fails: what it refuses to tell is absent. */
export async function storageInfo(): Promise<StorageInfo> {
  const storage = storageManager()
  const [estimate, persisted] = await Promise.all([
    orAbsent(() => storage?.estimate?.()),
    orAbsent(() => storage?.persisted?.()),
  ])
  return {
    ...(estimate?.usage === undefined ? {} : { used: estimate.usage }),
    ...(estimate?.quota === undefined || isMadeUp(estimate) ? {} : { quota: estimate.quota }),
    ...(persisted === undefined ? {} : { persisted }),
  }
}

/**
 * Chromium hides the true limit, so that sites cannot know the phone by it, and always says some whole GiB (10 at most) more than is
 * used.
 */
function isMadeUp({ usage = 0, quota = 0 }: StorageEstimate): boolean {
  return (quota - usage) % 2 ** 30 === 0
}

/**
 * Asks the browser to keep what is stored. Some ask the person, so call it after an act that shows they want it kept.
 * @returns whether it is kept from now on; undefined where the platform cannot be asked
 */
export function askToPersist(): Promise<boolean | undefined> {
  return orAbsent(() => storageManager()?.persist?.())
}

/** `persist` is missing in workers, all of it without TLS. */
type PartialStorage = { [K in 'estimate' | 'persisted']?: StorageManager[K] } & { persist?: () => Promise<boolean> }

function storageManager(): PartialStorage | undefined {
  return (globalThis.navigator as { storage?: PartialStorage } | undefined)?.storage
}

async function orAbsent<T>(ask: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await ask()
  } catch {
    return undefined
  }
}
