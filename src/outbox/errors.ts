import { Dexie } from 'dexie'
import type { FieldError } from '#domain/problem.ts'

/**
 * The phone could not keep it: nothing was stored, and the form must keep everything.
 * `full`: free some space (content may go, requests never). `unavailable`: the browser gives no storage here.
 */
export class StorageFailedError extends Error {
  override readonly name = 'StorageFailedError'
  readonly reason: 'full' | 'unavailable'

  constructor(reason: 'full' | 'unavailable', cause: unknown) {
    super(
      reason === 'full'
        ? 'The phone has no room left: free some space and submit again. The form still holds everything.'
        : 'This browser did not store it: copy the text, or open the page in another browser.',
      { cause },
    )
    this.reason = reason
  }
}

/** A request that breaks the schema of its own form: show the fields, nothing was stored. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError'
  readonly errors: FieldError[]

  constructor(errors: FieldError[]) {
    super(`Correct these fields and submit again: ${errors.map((error) => error.pointer).join(', ')}`)
    this.errors = errors
  }
}

/**
 * A file cannot go with a request. `type`: neither a photograph nor a PDF, whatever it is called. `name`: it holds an ID-card
 * number, or nothing that can be read.
 */
export class AttachmentError extends Error {
  override readonly name = 'AttachmentError'
  readonly reason: 'type' | 'empty' | 'name' | 'tooMany' | 'tooLarge'

  constructor(reason: AttachmentError['reason']) {
    super(`The file was not added: ${reason}`)
    this.reason = reason
  }
}

/** The request is on its way to the server or being withdrawn there; delete it from the phone when that has ended. */
export class EntryBusyError extends Error {
  override readonly name = 'EntryBusyError'

  constructor(id: string) {
    super(`Request ${id} is being sent or withdrawn: wait until that has ended, then delete it.`)
  }
}

/** Every name in an error and in what caused it: IndexedDB reports a full disk as the inner error of an abort. */
export function errorNames(error: unknown): string[] {
  const names: string[] = []
  for (let at: unknown = error; at instanceof Error && names.length < 8; at = innerOf(at)) names.push(at.name)
  return names
}

function innerOf(error: Error): unknown {
  return 'inner' in error && error.inner !== error ? error.inner : error.cause
}

/** Turns a failure of IndexedDB into `StorageFailedError`; anything else stays what it is. */
export function asStorageFailure(error: unknown): unknown {
  if (!(error instanceof DOMException) && !(error instanceof Dexie.DexieError)) return error
  return new StorageFailedError(errorNames(error).includes('QuotaExceededError') ? 'full' : 'unavailable', error)
}
