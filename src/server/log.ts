import { type DestinationStream, type Logger, pino } from 'pino'
import type { Env } from './env.ts'

/**
 * A logger of JSON lines.
 *
 * An error is logged by its class, code, message and stack only: a database driver hangs the values of the row on its errors,
 * and those are somebody's name and telephone number.
 * @param to where the lines go; standard output unless given
 */
export function createLog(level: Env['LOG_LEVEL'], to?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describe } }
  // Written before the call returns: the last lines before an exit are the ones somebody will look for.
  return pino(options, to ?? pino.destination({ dest: 1, sync: true }))
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
