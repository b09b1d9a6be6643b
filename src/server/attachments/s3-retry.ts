import { setTimeout as sleep } from 'node:timers/promises'
import { S3ServiceError } from 's3mini'

const TRIES = 5
/** Longest wait before the second try, in ms; twice as long before each one after. */
const FIRST_WAIT_MS = 100

/**
 * Asks an S3 service again where it says to: 5xx, 429. What is asked must do no harm twice. No answer at all is for whoever waits.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html on InternalError and SlowDown
 */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      if (attempt === TRIES || !isPassing(error)) throw error
      await sleep(Math.random() * FIRST_WAIT_MS * 2 ** (attempt - 1))
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof S3ServiceError && (error.status >= 500 || error.status === 429)
}
