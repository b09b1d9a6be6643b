import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

interface LocalPostgres {
  url: string
  version: string
  stop: () => Promise<void>
}

type Account = { uid: number; gid: number } | Record<string, never>

const READY_WITHIN_MS = 30_000
const CONNECTIONS = 'max_connections=300'
/** It lives for one run: nothing of it needs to survive a crash. */
const FOR_TESTS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/**
 * Starts a PostgreSQL server of its own, or says why it cannot.
 * @param options `durable`: a commit is on the disk before it is acknowledged, as PostgreSQL has it by itself
 */
export async function startLocalPostgres({ durable = false } = {}): Promise<LocalPostgres | { missing: string }> {
  const bin = binaries()
  if (bin === undefined) return { missing: 'no PostgreSQL binaries on this machine' }
  const folder = await mkdtemp(join(tmpdir(), 'luodi-postgres-'))
  try {
    return await start(bin, folder, durable ? [CONNECTIONS] : [...FOR_TESTS, CONNECTIONS])
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n')
    return { missing: `PostgreSQL did not start: ${why}` }
  }
}

function binaries(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter)
  const packaged = ['/usr/lib/postgresql', '/usr/local/opt', '/opt/homebrew/opt']
    .filter((parent) => existsSync(parent))
    .flatMap((parent) => readdirSync(parent).map((version) => join(parent, version, 'bin')))
  return [...onPath, ...packaged].find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  )
}

async function start(bin: string, folder: string, chosen: readonly string[]): Promise<LocalPostgres> {
  const account = await unprivileged()
  if ('uid' in account) await chown(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  // The folder the tests run in may be one that only root can enter.
  const place = { cwd: folder, ...account }
  const initdb = ['-D', data, '-U', 'luodi', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await run(join(bin, 'initdb'), initdb, place)
  const port = await freePort()
  const settings = [...chosen, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`]
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawn(join(bin, 'postgres'), args, { ...place, stdio: 'ignore' })
  const kill = () => void server.kill('SIGQUIT')
  process.once('exit', kill)
  const url = `postgres://luodi@127.0.0.1:${port}/postgres`
  const stop = async () => {
    process.off('exit', kill)
    await end(server)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { url, version: await ready(server, url), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((which) => run('id', [which, name]))).catch(() => undefined)
    const [uid, gid] = ids?.map(({ stdout }) => Number(stdout)) ?? []
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error('there is no account to run it under')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** @returns the version, once it answers */
async function ready(server: ChildProcess, url: string): Promise<string> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode}`)
    const client = new pg.Client(url)
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      return `PostgreSQL ${rows[0]?.server_version ?? ''}`.trim()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** SIGQUIT is an immediate shutdown: the folder is removed anyway. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGQUIT')
  await once(server, 'exit')
}
