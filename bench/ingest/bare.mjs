import { fileURLToPath } from 'node:url'
import { startChildServer } from '../lib/child-server.mjs'

const PROGRAM = fileURLToPath(new URL('bare-ingest.mjs', import.meta.url))

/** Starts the limit. @param env its settings */
export const startBareIngest = (env) =>
  startChildServer(PROGRAM, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env } })
