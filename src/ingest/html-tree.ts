import type { Element, Nodes, Root } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { PageRefused } from './refusal.ts'

/** Deepest nesting that is read; real pages stay below fifty. */
const MAX_DEPTH = 400
/**
 * The parser opens formatting elements that were left open again in every block that follows. This many elements more
 * than the page has tags are let pass; real pages come nowhere near.
 */
const MAX_REOPENED = 100_000
const TAG = /<(?:(\/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)|[a-z][a-z0-9]*)(?=[\s/>])/gi

/** Never shown to a reader of the page, or nothing that a record can hold. */
const DROPPED = new Set(
  (
    'script style template noscript noembed noframes iframe frame frameset object embed applet param svg math canvas ' +
    'audio video source track map area input button select option optgroup datalist textarea progress meter output dialog head ' +
    'meta link base title nav footer rt rp'
  ).split(' '),
)
const HIDING = new RegExp(
  'display:none|visibility:(hidden|collapse)|opacity:0?(\\.0+)?(;|$)|font-size:0(px|em|pt|%)?(;|!|$)|' +
    '(^|;)(left|top|text-indent):-\\d{3,}',
)

export function parseHtml(source: string): Root {
  let open = 0
  let reopened = 0
  for (const [, closing] of source.matchAll(TAG)) {
    if (closing === undefined) reopened += open
    else open = Math.max(0, open + (closing ? -1 : 1))
    if (reopened > MAX_REOPENED || open > MAX_DEPTH) throw tangled()
  }
  try {
    const root = unified().use(rehypeParse).parse(source)
    if (depthExceeds(root, MAX_DEPTH)) throw tangled()
    return root
  } catch (error) {
    // The parser is recursive; a page nested deep enough exhausts the stack.
    if (error instanceof RangeError) throw tangled()
    throw error
  }
}

function tangled(): PageRefused {
  return new PageRefused('markup', `嵌套不超过 ${MAX_DEPTH} 层的网页`, '嵌套过深或标签大量未闭合的网页')
}

function depthExceeds(root: Root, limit: number): boolean {
  let level: Nodes[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    level = level.flatMap((node) => ('children' in node ? node.children : []))
  }
  return false
}

/** Whether an element's content is left out: code, embedded things, controls, and what the page hides. */
export function isDropped(element: Element): boolean {
  const { hidden, style, ariaHidden } = element.properties
  if (DROPPED.has(element.tagName) || (hidden !== undefined && hidden !== null && hidden !== false)) return true
  if (ariaHidden === 'true') return true
  const rules =
    typeof style === 'string'
      ? style
          .replace(/\/\*.*?\*\//gs, '')
          .replace(/\s/g, '')
          .toLowerCase()
      : ''
  return HIDING.test(rules)
}

/** All text below a node. */
export function textContent(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textContent).join('') : ''
}

/** The first element of that name below a node, in document order. */
export function findElement(node: Nodes, matches: (element: Element) => boolean): Element | undefined {
  if (node.type === 'element' && matches(node)) return node
  if (!('children' in node)) return undefined
  for (const child of node.children) {
    const found = findElement(child, matches)
    if (found) return found
  }
  return undefined
}

/** A property as text, however the parser holds it. */
export function attribute(element: Element, name: string): string | undefined {
  const value = element.properties[name]
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join(' ') : typeof value === 'number' ? String(value) : undefined
}
