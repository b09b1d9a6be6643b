import { createHash } from 'node:crypto'
import type { PageData } from '#domain/rendering.ts'
import type { Asset } from '../http/assets.ts'
import { StartupError } from '../startup-error.ts'

/** The built page is not as this server needs it. */
class PageTemplateError extends StartupError {}

const SHELL = '/index.html'
const STYLE_LINK = /<link rel="stylesheet"[^>]* href="(\/assets\/[^"]+\.css)">/
const HEAD = /<!--page-head-->[\s\S]*?<!--\/page-head-->/
const ROOT = '<div id="app"></div>'

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
  /** `sha256-…` of the style sheet that stands in each document, for the Content-Security-Policy. */
  styleHash: string
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
  if (link === undefined || sheet === undefined || head === undefined || !template.includes(ROOT)) {
    throw new PageTemplateError('dist/web/index.html is not a page of this release: run npm run build.')
  }
  const css = text(sheet).trim()
  const styled = template.replace(link, () => `<style>${css}</style>`)
  return {
    styleHash: `sha256-${createHash('sha256').update(css).digest('base64')}`,
    write: (parts) => fill(styled, head, parts),
  }
}

function fill(template: string, head: string, { head: own, html, data, scripts }: DocumentParts): string {
  const preloads = scripts
    .filter((script) => !template.includes(`"${script}"`))
    .map((script) => `<link rel="modulepreload" crossorigin href="${script}">`)
  return template
    .replace(head, () => own)
    .replace('</head>', () => `${preloads.join('')}</head>`)
    .replace(ROOT, () => `<div id="app">${html}</div>${dataBlock(data)}`)
}

/** A data block, which a `script-src` does not concern; `<` is escaped, so that no text can end it. */
function dataBlock(data: PageData): string {
  return `<script type="application/json" id="page-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
}

function text({ bytes }: Asset): string {
  return Buffer.from(bytes).toString('utf8')
}
