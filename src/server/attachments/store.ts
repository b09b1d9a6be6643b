/** Where the bytes of attachments lie. What belongs to which file is in the database (`part_chunk`). */
export interface AttachmentStore {
  /**
   * Keeps some bytes under a name that nothing else has; they survive a crash once this returns.
   * @throws AttachmentStoreError
   */
  put(name: string, bytes: Uint8Array): Promise<void>
  /**
   * @returns undefined when there is nothing of that name
   * @throws AttachmentStoreError
   */
  read(name: string): Promise<Uint8Array | undefined>
  /**
   * Removes what is there; a name that is gone already is no error.
   * @throws AttachmentStoreError
   */
  drop(names: readonly string[]): Promise<void>
  /**
   * Everything that is kept, with the time it was put there, milliseconds since 1970 (UTC).
   * @throws AttachmentStoreError
   */
  list(): AsyncIterable<{ name: string; at: number }>
}

/** The folder or the bucket of the attachments refuses or does not answer: the same may well succeed later. */
export class AttachmentStoreError extends Error {
  override name = 'AttachmentStoreError'
}

/** Runs something on a store, and says in one way what fails. */
export async function onStore<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof AttachmentStoreError) throw cause
    throw new AttachmentStoreError(`Attachments cannot be ${what}: ${reason(cause)}`, { cause })
  }
}

/** fetch() says what is wrong in the cause of its error alone. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
