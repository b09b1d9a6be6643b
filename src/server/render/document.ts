import { createHash } from 'node:crypto'
import type { PageData } from '#domain/rendering.ts'
import type { Asset } from '../http/assets.ts'
import { StartupError } from '../startup-error.ts'

/** The built page is not as this server needs it. */
class PageTemplateError extends StartupError {}

const SHELL = '/index.html'
const STYLE_LINK = /<link rel="stylesheet"[^>]* href="(\/assets\/[^"]+\.css)">/
const HEAD = /<!--page-head-->[\s\S]*?<!--\/page-head-->/
const ENTRY = /<script type="module"[^>]* src="(\/assets\/[^"]+\.js)"><\/script>/
const PRELOAD = /\s*<link rel="modulepreload"[^>]* href="(\/assets\/[^"]+\.js)">/g
const ROOT = '<div id="app"></div>'

/**
 * Loads the scripts once the page has been painted: fetched and evaluated sooner, they would take line and processor from what
 * there is to read. A hidden page is not painted and loads them at once. The first of them is the entry.
 */
const BOOT = `(d=>{const s=d.currentScript.dataset.scripts.split(' '),go=()=>{for(const h of s){const l=d.createElement('link');l.rel='modulepreload';l.href=h;d.head.append(l)}import(s[0])};d.hidden?go():requestAnimationFrame(()=>setTimeout(go))})(document)`

/** What is put into the built page to make a document of it. */
interface DocumentParts {
  /** Elements of the head that differ from page to page. */
  head: string
  /** What stands in `#app`. */
  html: string
  data: PageData
  /** Paths of the scripts that this page needs besides those that all need. */
  scripts: readonly string[]
}

/** Makes documents of the built page. */
export interface DocumentTemplate {
  write(parts: DocumentParts): string
  /** `sha256-…` of what stands in each document, for the Content-Security-Policy: the style sheet, and the script that loads others. */
  hashes: { style: string; script: string }
}

/**
 * Takes the built page apart. Its one style sheet goes into the document: a link would cost the first paint a round trip.
 * @param assets the built page by path
 * @returns undefined where no page was built
 * @throws PageTemplateError when the built page lacks a place to put something
 */
export function documentTemplate(assets: ReadonlyMap<string, Asset>): DocumentTemplate | undefined {
  const shell = assets.get(SHELL)
  if (shell === undefined) return undefined
  const template = text(shell)
  const [link, path = ''] = STYLE_LINK.exec(template) ?? []
  const sheet = assets.get(path)
  const [head] = HEAD.exec(template) ?? []
  const [, entry] = ENTRY.exec(template) ?? []
  if (
    link === undefined ||
    sheet === undefined ||
    head === undefined ||
    entry === undefined ||
    !template.includes(ROOT)
  ) {
    throw new PageTemplateError('dist/web/index.html is not a page of this release: run npm run build.')
  }
  const css = text(sheet).trim()
  const scripts = [entry, ...[...template.matchAll(PRELOAD)].map(([, script = '']) => script)]
  const bare = template
    .replace(link, () => `<style>${css}</style>`)
    .replace(ENTRY, '')
    .replace(PRELOAD, '')
  return {
    hashes: { style: hashOf(css), script: hashOf(BOOT) },
    write: (parts) => {
      const all = [...new Set([...scripts, ...parts.scripts])].join(' ')
      return bare
        .replace(head, () => parts.head)
        .replace(
          ROOT,
          () =>
            `<div id="app">${parts.html}</div>${dataBlock(parts.data)}<script data-scripts="${all}">${BOOT}</script>`,
        )
    },
  }
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** A data block, which a `script-src` does not concern; `<` is escaped, so that no text can end it. */
function dataBlock(data: PageData): string {
  return `<script type="application/json" id="page-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
}

function text({ bytes }: Asset): string {
  return Buffer.from(bytes).toString('utf8')
}
