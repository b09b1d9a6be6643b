import type { Server } from 'node:http'
import type { Logger } from 'pino'

/** How long requests in flight may take once a stop was asked for, in milliseconds. */
const PATIENCE_MS = 10_000
/** How often connections that have become idle are closed meanwhile, in milliseconds. */
const SWEEP_MS = 50
/** A terminal's Ctrl-C reaches this process twice when npm started it: from the terminal and from npm. */
const ECHO_MS = 500

/**
 * Stops the process when it is asked to (SIGTERM, SIGINT): takes no new connection, finishes the requests in flight, closes what
 * is open and leaves with 0. A second signal leaves at once. An error nobody caught is logged and ends the process with 1:
 * what it left behind cannot be known, while a fresh start is safe at any moment.
 * @param close what to close once no request is running any more
 */
export function stopOnSignal(server: Server, log: Logger, close: () => Promise<void>): void {
  let stoppingSince: number | undefined
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > ECHO_MS) process.exit(1)
      return
    }
    stoppingSince = performance.now()
    log.info({ signal }, 'stopping')
    drain(server)
      .then(close)
      .then(() => {
        log.info('stopped')
        process.exit(0)
      })
      .catch((error: unknown) => die(log, error))
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  process.on('uncaughtException', (error) => die(log, error))
  process.on('unhandledRejection', (reason) => die(log, reason))
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
    const limit = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(limit)
      resolve()
    })
  })
}

function die(log: Logger, error: unknown): never {
  log.fatal({ err: error }, 'stopped by an error nobody caught')
  process.exit(1)
}
