import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryFolder } from '../../tests/support/server.ts'
import { nginxVersion, startEdge, startNginx } from '../crowd/edges.mjs'
import { freePort } from '../crowd/free-port.mjs'
import { HTML, openSite } from '../lib/site.mjs'

/**
 * A page, and under the same address the server that it asks. An nginx where there is one: it takes next to nothing of the processors that
 * browser and server share here.
 * @param {{ script: string, workers: Record<string, string> }} page the page's script, and the workers it starts
 * @param {string} origin address of its server
 * @param {{ hasCache: boolean }} how with Luodi's cache of `docs/`, or with none
 */
export async function openFront(page, origin, { hasCache }) {
  if (nginxVersion() === undefined) {
    const site = await openSite({ '/page.js': page.script, ...page.workers }, () => origin)
    return { url: site.url, forget: () => Promise.resolve(), stop: site.close }
  }
  const pages = temporaryFolder()
  writeFileSync(join(pages, 'index.html'), HTML)
  writeFileSync(join(pages, 'page.js'), page.script)
  for (const [path, script] of Object.entries(page.workers)) {
    mkdirSync(dirname(join(pages, path)), { recursive: true })
    writeFileSync(join(pages, path), script)
  }
  const own = `
    types { text/html html; text/javascript js; }
    location = / { root ${pages}; try_files /index.html =404; }
    location = /page.js { root ${pages}; }
    ${Object.keys(page.workers)
      .map((path) => `location = ${path} { root ${pages}; }`)
      .join('\n')}`
  const relay = `location / { proxy_pass ${origin}; proxy_http_version 1.1; proxy_buffering off; client_max_body_size 0; }`
  const port = await freePort()
  const start = () => {
    const folder = temporaryFolder()
    return hasCache
      ? startEdge(folder, new URL(origin).port, port, own)
      : startNginx(folder, port, `server { listen 127.0.0.1:${port}; ${own} ${relay} }`)
  }
  let nginx = await start()
  return {
    url: nginx.url,
    /** Goes on with an empty cache. */
    async forget() {
      await nginx.stop()
      nginx = await start()
    },
    stop: () => nginx.stop(),
  }
}
