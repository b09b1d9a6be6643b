import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { inRoot } from './shell.mjs'

/** What each bundle is made from. A file outside this list cannot change the result. */
const SOURCES = {
  web: [
    ...['app', 'sw', 'replica', 'outbox', 'domain'].map((room) => `src/${room}`),
    ...['public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json'],
    ...['scripts/bundle.mjs', 'scripts/precompress.mjs'],
  ],
  render: [
    ...['app', 'replica', 'outbox', 'domain'].map((room) => `src/${room}`),
    ...['vite.config.ts', 'package.json', 'package-lock.json', 'scripts/bundle.mjs'],
  ],
  server: [
    ...['server', 'ingest', 'domain'].map((room) => `src/${room}`),
    ...['package.json', 'package-lock.json', 'scripts/bundle.mjs'],
  ],
}

const STAMP = '.built-from'

/** SHA-256 over names and bytes of a bundle's sources. */
export function sourcesHash(bundle) {
  const hash = crypto.createHash('sha256')
  for (const file of SOURCES[bundle].flatMap(filesUnder).sort()) {
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(inRoot(file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Whether dist/ holds this bundle as its sources are now. */
export function isBuilt(bundle) {
  const stamp = inRoot('dist', bundle, STAMP)
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sourcesHash(bundle)
}

/** Remembers inside a finished bundle what it was built from. */
export function writeStamp(folder, hash) {
  fs.writeFileSync(path.join(folder, STAMP), hash)
}

function filesUnder(name) {
  const full = inRoot(name)
  if (!fs.existsSync(full)) return []
  if (!fs.statSync(full).isDirectory()) return [name]
  return fs.readdirSync(full).flatMap((entry) => filesUnder(`${name}/${entry}`))
}
