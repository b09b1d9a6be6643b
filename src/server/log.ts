import { type DestinationStream, type Logger, pino } from 'pino'
import type { Env } from './env.ts'

/** Lines that wait for their reader, bytes. */
const MOST_WAITING = 4 * 1024 * 1024

/**
 * A logger of JSON lines.
 *
 * An error is logged by its class, code, message and stack only: a database driver hangs the values of the row on its errors,
 * and those are somebody's name and telephone number.
 * @param to where the lines go; standard output unless given
 */
export function createLog(level: Env['LOG_LEVEL'], to?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describe } }
  return pino(options, to ?? standardOutput())
}

/**
 * Lines are written while requests go on: waiting for each cost a tenth of what taking a request in does. pino writes what is left
 * before the process exits; SIGKILL loses at most the last of them. When nobody reads, no more are kept than MOST_WAITING.
 */
function standardOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: false, maxLength: MOST_WAITING })
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error ? error.code : undefined
  return {
    type: error.constructor.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  }
}
