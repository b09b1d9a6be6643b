import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from 'playwright'
import { CHROMIUM_FLAGS } from './chromium.ts'

const FLAGS = [
  ...CHROMIUM_FLAGS,
  '--headless',
  '--remote-debugging-port=0',
  '--no-default-browser-check',
  '--hide-crash-restore-bubble',
  '--disable-breakpad',
  '--lang=zh-CN',
  '--window-size=360,780',
]
const ADDRESS = /^DevTools listening on (ws:\S+)$/

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) killGroup(child)
})

/** Chromium in a group of processes of its own, which can be ended all at once as when a battery is taken out. */
export interface KillableBrowser {
  readonly page: Page
  /** SIGKILL to all its processes. Resolves when they are gone. */
  kill(): Promise<void>
}

/** Starts Chromium on a profile, also on one that was left by a kill. @param profile folder */
export async function startKillableBrowser(profile: string): Promise<KillableBrowser> {
  const program = process.env['CHROMIUM_PATH'] ?? chromium.executablePath()
  const child = spawn(program, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.add(child)
  const ended = once(child, 'exit').then(() => void running.delete(child))
  const browser = await connect(child.stderr)
  const [context] = browser.contexts()
  const page = context!.pages()[0] ?? (await context!.newPage())
  return {
    page,
    async kill() {
      killGroup(child)
      await ended
      await browser.close()
    },
  }
}

async function connect(stderr: NodeJS.ReadableStream): Promise<Browser> {
  const said: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    const address = ADDRESS.exec(line)?.[1]
    if (address !== undefined) {
      stderr.resume()
      return chromium.connectOverCDP(address)
    }
    said.push(line)
  }
  throw new Error(`Chromium did not start:\n${said.join('\n')}`)
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // All of them are gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
