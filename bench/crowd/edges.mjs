import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.mjs'

const EXAMPLE = new URL('../../docs/nginx-cache.conf', import.meta.url)

/** What nginx calls itself; undefined where it is not installed. */
export function nginxVersion() {
  const { error, stderr } = spawnSync('nginx', ['-v'], { encoding: 'utf8' })
  return error === undefined ? (/nginx\/(\S+)/.exec(stderr)?.[1] ?? '') : undefined
}

/**
 * Starts an nginx with a cache of its own, on the example of docs/ with three values set.
 * @param folder a new one, for its cache and files
 * @param origin port that it asks
 * @param [port] that it listens on
 * @param [more] what else its server has, as nginx writes it
 */
export async function startEdge(folder, origin, port = undefined, more = '') {
  const own = port ?? (await freePort())
  const cache = join(folder, 'cache')
  mkdirSync(cache, { recursive: true })
  const site = set(
    readFileSync(EXAMPLE, 'utf8'),
    ['/var/cache/nginx/luodi', cache],
    ['127.0.0.1:3000', `127.0.0.1:${origin}`],
    ['listen 8080;', `listen 127.0.0.1:${own}; ${more}`],
  )
  return startNginx(folder, own, site)
}

/**
 * Starts an nginx.
 * @param folder for its files
 * @param port that it listens on
 * @param site what it serves, as it is written in nginx's `http { }`
 */
export async function startNginx(folder, port, site) {
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, site))
  const nginx = spawn('nginx', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
  const url = `http://127.0.0.1:${port}`
  while (
    !(await fetch(`${url}/healthz`).then(
      () => true,
      () => false,
    ))
  ) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended with ${nginx.exitCode}: see above.`)
    await sleep(50)
  }
  return {
    url,
    async stop() {
      nginx.kill('SIGQUIT')
      await once(nginx, 'exit')
    },
  }
}

function configuration(folder, site) {
  return `
    ${process.getuid() === 0 ? 'user root;' : ''}
    worker_processes 1; daemon off; pid ${join(folder, 'pid')};
    events { worker_connections 1024; }
    http {
      access_log off;
      client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      ${site}
    }`
}

function set(text, ...changes) {
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`docs/nginx-cache.conf holds no ${from}.`)
    return changed.replace(from, to)
  }, text)
}
