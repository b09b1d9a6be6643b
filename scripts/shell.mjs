import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Programs beside the server: src/server/commands has one file of each name. */
export const COMMANDS = ['content', 'inquiries', 'move']

/** A path inside the package. */
export const inRoot = (...parts) => path.join(ROOT, ...parts)

/** A step that could not be done; its message is all that a person needs to read. */
export class StepError extends Error {}

/**
 * Runs a program to its end in the package's folder.
 * @param {string} file
 * @param {string[]} args
 * @param {{ stdio?: import('node:child_process').StdioOptions, env?: NodeJS.ProcessEnv }} [options]
 *   its output goes to standard error unless `stdio` says otherwise: standard output belongs to what the person asked for
 * @returns {Promise<number>} exit code; 128 when a signal ended it, 127 when it could not be started
 */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      stdio: options.stdio || ['ignore', 2, 2],
      env: { ...process.env, ...options.env },
    })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code === null ? 128 : code))
  })
}

/**
 * Runs a program to its end in the package's folder and keeps what it prints, to be shown if it matters.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runQuietly(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], shell: options.shell === true })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code === null ? 128 : code, output }))
  })
}

/** Runs npm, and keeps what it prints: the one that started this script when there is one, so that version and settings stay the same. */
export function npm(args) {
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.c?js$/.test(cli)) return runQuietly(process.execPath, [cli, ...args])
  // On Windows npm is a .cmd file, which only a shell may start.
  return runQuietly('npm', args, { shell: process.platform === 'win32' })
}

/** Runs the command-line program of an installed package. `bin` is its path inside node_modules. */
export function tool(bin, args, options = {}) {
  return run(process.execPath, [inRoot('node_modules', ...bin.split('/')), ...args], options)
}

/** Says on standard error how a step is going. */
export const say = (text) => console.error(text)

/** Ends the process with a step's one line; anything else is a fault of ours and keeps its stack. */
export function fail(error) {
  console.error(error instanceof StepError ? error.message : error)
  process.exit(1)
}
