import type { Block, Image, Span } from '#domain/body.ts'
import { escaped, escapedLine } from './escape.ts'

/**
 * A body as HTML that stands alone: in a feed, where the page's own components do not reach. Links are absolute. A picture
 * that lies elsewhere is only linked to, as on the page.
 * @param base address of the record's page, which links are relative to
 */
export function bodyHtml(body: readonly Block[], base: string): string {
  return body.map((block) => blockHtml(block, base)).join('\n')
}

function blockHtml(block: Block, base: string): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}>${spansHtml(block.text, base)}</h${block.level}>`
    case 'paragraph':
      return `<p>${spansHtml(block.text, base)}</p>`
    case 'quote':
      return `<blockquote><p>${spansHtml(block.text, base)}</p></blockquote>`
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul'
      return `<${name}>${block.items.map((item) => `<li>${spansHtml(item, base)}</li>`).join('')}</${name}>`
    }
    case 'table':
      return tableHtml(block, base)
    case 'image':
      return imageHtml(block.image, base)
  }
}

function tableHtml({ caption, header, rows }: Extract<Block, { type: 'table' }>, base: string): string {
  const row = (cells: readonly Span[][], name: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${name}>${spansHtml(cell, base)}</${name}>`).join('')}</tr>`
  const title = caption === undefined ? '' : `<caption>${escaped(caption)}</caption>`
  const head = header.length === 0 ? '' : `<thead>${row(header, 'th')}</thead>`
  return `<table>${title}${head}<tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
}

function imageHtml({ src, alt, caption, width, height }: Image, base: string): string {
  const address = absolute(src, base)
  const text = caption ?? alt
  if (address === undefined) return text === '' ? '' : `<p>${escaped(text)}</p>`
  if (!src.startsWith('/'))
    return `<p><a href="${escapedLine(address)}">${escaped(text === '' ? address : text)}</a></p>`
  const size = width === undefined || height === undefined ? '' : ` width="${width}" height="${height}"`
  const below = caption === undefined ? '' : `<figcaption>${escaped(caption)}</figcaption>`
  return `<figure><img src="${escapedLine(address)}" alt="${escapedLine(alt)}"${size}>${below}</figure>`
}

function spansHtml(spans: readonly Span[], base: string): string {
  return spans.map((span) => spanHtml(span, base)).join('')
}

function spanHtml({ text, marks = [], href }: Span, base: string): string {
  let html = escaped(text)
  if (marks.includes('emphasis')) html = `<em>${html}</em>`
  if (marks.includes('strong')) html = `<strong>${html}</strong>`
  const address = href === undefined ? undefined : absolute(href, base)
  return address === undefined ? html : `<a href="${escapedLine(address)}">${html}</a>`
}

/** The whole address, or undefined where there is none: a link may be written safely and lead nowhere, as `http://[`. */
function absolute(link: string, base: string): string | undefined {
  return URL.canParse(link, base) ? new URL(link, base).href : undefined
}
