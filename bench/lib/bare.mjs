import { fileURLToPath } from 'node:url'
import { startChildServer } from './child-server.mjs'

const PROGRAM = fileURLToPath(new URL('bare-server.mjs', import.meta.url))

/**
 * Starts a bare Node server that holds these answers.
 * @param {import('./answer.mjs').Answer[]} answers
 */
export const startBare = (answers) => startChildServer(PROGRAM, { serialization: 'advanced', execArgv: [] }, answers)
