/** How Chinese documents number their sections, outermost first (GB/T 9704-2012, 7.3.3: 一、（一）1.（1）). */
const LEVELS: readonly (readonly [RegExp, 2 | 3 | 4])[] = [
  [/^(?:第[一二三四五六七八九十百]{1,4}[章节部分]{1,2}(?:[\s、:：]|$)|[一二三四五六七八九十]{1,3}[、.．])/, 2],
  [/^[（(][一二三四五六七八九十]{1,3}[)）]/, 3],
  [/^(?:\d{1,2}(?:[、．]|\.(?!\d))|[（(]\d{1,2}[)）])/, 4],
]
/** A longer one is a numbered paragraph. */
const MAX_HEADING = 50

/**
 * The level of a numbered heading, or undefined: a paragraph may be numbered too, and then goes on after its first
 * sentence.
 */
export function numberedHeading(text: string): 2 | 3 | 4 | undefined {
  if (text.length > MAX_HEADING || /[。!?！？;；,，:：]$/.test(text) || /[。;；]./.test(text)) return undefined
  return LEVELS.find(([form]) => form.test(text) && text.replace(form, '').trim() !== '')?.[1]
}

/** The number that opens a line `1. …` or `（1）…`, with what follows it. */
export function numberedItem(text: string): { number: number; rest: string } | undefined {
  const [, bare, bracketed, rest] = /^(?:(\d{1,2})(?:[、．]|\.(?!\d))|[（(](\d{1,2})[)）])\s*(.+)$/s.exec(text) ?? []
  return rest === undefined ? undefined : { number: Number(bare ?? bracketed), rest }
}
