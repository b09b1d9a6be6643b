/** `full`: no room left. `failed`: the phone's database refused, lost or damaged something. */
type StorageReason = 'full' | 'failed'

/** The phone could not keep or read the copy. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure'
  readonly reason: StorageReason

  constructor(cause: unknown) {
    const reason = isQuota(cause) ? 'full' : 'failed'
    const detail = cause instanceof Error ? cause.message : String(cause)
    super(
      reason === 'full'
        ? `The phone has no room left for the content; free some space and try again (${detail})`
        : `The phone's database failed; reload the page, or clear the copy and let it load again (${detail})`,
      { cause },
    )
    this.reason = reason
  }
}

/** @returns the error as a storage failure; one that is already typed stays itself */
export function asStorageFailure(error: unknown): StorageFailure {
  return error instanceof StorageFailure ? error : new StorageFailure(error)
}

/** Dexie wraps what the browser threw: in `inner` for an aborted transaction, in `failures` for a bulk write. */
function isQuota(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false
  if ('name' in error && error.name === 'QuotaExceededError') return true
  const inner = 'inner' in error ? error.inner : undefined
  const failures = 'failures' in error && Array.isArray(error.failures) ? (error.failures as unknown[]) : []
  return isQuota(inner, depth + 1) || failures.slice(0, 1).some((failure) => isQuota(failure, depth + 1))
}
