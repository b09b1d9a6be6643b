import type { Attachment, Span } from '#domain/body.ts'
import { clean, fold } from './fold.ts'
import { attachmentOf } from './links.ts'
import type { Part, Role, TextLine } from './lines.ts'

/** Marks and link in force where a run of text stands. */
export interface Inline {
  strong: boolean
  emphasis: boolean
  href?: string
  /** The link's `title`: the whole text, where the page shortens what it shows. */
  linkTitle?: string
}

interface Run {
  text: string
  inline: Inline
  part: number
}

/** Collects runs of inline text until the line ends. */
export class LineBuilder {
  private runs: Run[] = []
  private part = 0

  /** Says that an element begins or ends here. */
  boundary(): void {
    this.part += 1
  }

  add(text: string, inline: Inline): void {
    if (text !== '') this.runs.push({ text, inline, part: this.part })
  }

  /** Ends the line. @returns undefined when nothing can be seen on it */
  take(role: Role): TextLine | undefined {
    const runs = tidy(this.runs)
    this.runs = []
    const text = runs.map((run) => run.text).join('')
    if (text === '') return undefined
    return {
      type: 'text',
      text,
      folded: fold(text),
      spans: spansOf(runs),
      parts: partsOf(runs),
      role,
      files: filesOf(runs),
    }
  }
}

/** One space between words whatever the elements, none at either end. */
function tidy(runs: Run[]): Run[] {
  const tidied: Run[] = []
  let afterSpace = true
  for (const run of runs) {
    const whole = clean(run.text)
    const text: string = afterSpace ? whole.replace(/^ /, '') : whole
    if (text === '') continue
    afterSpace = text.endsWith(' ')
    tidied.push({ ...run, text })
  }
  for (let last = tidied.at(-1); last; last = tidied.at(-1)) {
    last.text = last.text.replace(/ $/, '')
    if (last.text !== '') break
    tidied.pop()
  }
  return tidied
}

function spansOf(runs: Run[]): Span[] {
  const spans: Span[] = []
  for (const { text, inline } of runs) {
    const marks = [...(inline.strong ? ['strong' as const] : []), ...(inline.emphasis ? ['emphasis' as const] : [])]
    const span: Span = {
      text,
      ...(marks.length > 0 && { marks }),
      ...(inline.href !== undefined && { href: inline.href }),
    }
    const last = spans.at(-1)
    if (last && last.href === span.href && last.marks?.join() === span.marks?.join()) last.text += text
    else spans.push(span)
  }
  return spans
}

function partsOf(runs: Run[]): Part[] {
  const parts = new Map<number, Part>()
  for (const { text, inline, part } of runs) {
    const known = parts.get(part)
    const full = wholeOf(text, inline.linkTitle)
    if (known) known.text += full
    else parts.set(part, { text: full, ...(inline.href !== undefined && { href: inline.href }) })
  }
  return [...parts.values()].map((part) => ({ ...part, text: part.text.trim() })).filter(({ text }) => text !== '')
}

/** `嘉定区打造内河航运…` with the link's title in full behind it. */
function wholeOf(text: string, linkTitle: string | undefined): string {
  const shown = /^(.{4,}?)(?:…+|\.{3,})$/.exec(text.trim())?.[1]
  const whole = clean(linkTitle ?? '').trim()
  return shown !== undefined && whole.startsWith(shown) ? whole : text
}

function filesOf(runs: Run[]): Attachment[] {
  return runs.flatMap(({ text, inline: { href } }, index) => {
    if (href === undefined || runs[index - 1]?.inline.href === href) return []
    let end = index
    while (runs[end + 1]?.inline.href === href) end += 1
    const title = runs
      .slice(index, end + 1)
      .map((run) => run.text)
      .join('')
    const behind = runs
      .slice(end + 1, end + 3)
      .map((run) => run.text)
      .join('')
    return attachmentOf(href, title || text, behind) ?? []
  })
}
