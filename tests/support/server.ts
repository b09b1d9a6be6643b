import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The folder of package.json. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SETTINGS = ['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'CONTENT', 'LOG_LEVEL', 'TRUST_PROXY', 'INIT_CWD']
const BUCKET_SETTING = /^ATTACHMENTS_/
const ADDRESS = /^落地 Luodi: (http:\/\/\S+)$/

const children = new Set<ChildProcess>()
const folders: string[] = []
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export type Settings = Readonly<Record<string, string>>

/** A server of the built bundle in a process of its own, as people run it. */
export interface RunningServer {
  readonly url: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** Asks it to stop and waits for it. @returns its exit code */
  stop(): Promise<number | null>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on the same address and data, after `stop` or `kill`. */
  restart(): Promise<void>
}

/** Builds the server's bundle when its sources changed since it was built. */
export async function ensureServerBundle(): Promise<void> {
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', 'server', '--if-changed'], { cwd: ROOT })
}

/**
 * Starts a server and waits until it answers.
 * @param options `dataDir` a new folder unless given; `port` a free one unless given; `env` further settings
 */
export async function startServer(
  options: { dataDir?: string; port?: number; env?: Settings } = {},
): Promise<RunningServer> {
  const dataDir = options.dataDir ?? temporaryFolder()
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...options.env }
  let { child, url } = await launch({ ...settings, PORT: String(options.port ?? 0) })

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    await once(child, 'exit')
    return child.exitCode
  }
  return {
    get url() {
      return url
    },
    get process() {
      return child
    },
    dataDir,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    restart: async () => {
      ;({ child, url } = await launch({ ...settings, PORT: new URL(url).port }))
    },
  }
}

/** A new folder under the system's temporary one, gone when this process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'luodi-'))
  folders.push(folder)
  return folder
}

async function launch(settings: Settings): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, bundle('main'), { cwd: ROOT, env: environment(settings) })
  children.add(child)
  child.once('exit', () => children.delete(child))
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  for await (const line of createInterface({ input: child.stdout })) {
    const url = ADDRESS.exec(line)?.[1]
    if (url === undefined) continue
    child.stdout.resume()
    return { child, url }
  }
  throw new Error(`The server did not start:\n${errors}`)
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/**
 * Runs one of the bundle's programs to its end.
 * @param program `main`, `content` or `inquiries`
 * @param place `cwd` is where the person stands; `root` another copy of the package
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  settings: Settings,
  { cwd = ROOT, root = ROOT }: { cwd?: string; root?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...bundle(program, root), ...args], { cwd, env: environment(settings) })
  children.add(child)
  child.once('exit', () => children.delete(child))
  const ended: Ended = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text))
  await once(child, 'close')
  return { ...ended, code: child.exitCode }
}

function bundle(program: string, root = ROOT): string[] {
  return ['--enable-source-maps', join(root, 'dist', 'server', `${program}.js`)]
}

/** The environment without settings that somebody's shell may hold. */
function environment(settings: Settings): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !SETTINGS.includes(name) && !BUCKET_SETTING.test(name),
  )
  return { ...Object.fromEntries(inherited), ...settings }
}
