import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { answers } from './page-answers.mjs'

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/**
 * Every file of a built site as it should be sent: compressed beforehand, hashed files kept for ever, pages without
 * `.html` and `index` too.
 */
export function folderAnswers(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name)
      const path = `/${relative(folder, file).split(sep).join('/')}`
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      const paths = new Set([path, path.replace(/(^|\/)index\.html$/, '$1'), path.replace(/\.html$/, '')])
      return answers([...paths], type, readFileSync(file), path.startsWith('/assets/'))
    })
}
