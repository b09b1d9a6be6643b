import * as v from 'valibot'

/** Units of the earlier text that are looked for in the later one together. What both share is found where it is twice as long. */
const BLOCK = 16

const Place = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A text told by an earlier one, part by part: what stands there from one place up to another, in UTF-16 units, then some new text. */
export const TextEditSchema = v.array(v.object({ from: Place, to: Place, text: v.string() }))
export type TextEdit = v.InferOutput<typeof TextEditSchema>

/** The later text; of another earlier one than the edit was made of, some other text. */
export function applyEdit(earlier: string, edit: TextEdit): string {
  return edit.map(({ from, to, text }) => earlier.slice(from, to) + text).join('')
}

/**
 * Tells a text by an earlier one, in time that grows with their lengths. What is shared may stand elsewhere. The same edit for the same
 * texts on every machine, and no pair of surrogates is parted.
 */
export function textEdit(earlier: string, later: string): TextEdit {
  const places = placesOfBlocks(earlier)
  const edit: TextEdit = []
  let part = { from: 0, to: 0 }
  let told = 0
  for (let at = 0; at + BLOCK <= later.length; at += 1) {
    const place = places.get(later.slice(at, at + BLOCK))
    if (place === undefined) continue
    const { from, to } = sharedAround(earlier, later, { place, at, told })
    if (from > 0) edit.push({ ...part, text: later.slice(told, from) })
    part = { from: from + place - at, to: to + place - at }
    told = to
    at = to - 1
  }
  return [...edit, { ...part, text: later.slice(told) }]
}

/** Where each block stands first. */
function placesOfBlocks(text: string): Map<string, number> {
  const places = new Map<string, number>()
  for (let place = 0; place + BLOCK <= text.length; place += BLOCK) {
    const block = text.slice(place, place + BLOCK)
    if (!places.has(block)) places.set(block, place)
  }
  return places
}

interface Shared {
  /** Of the block in the earlier text. */
  place: number
  /** Of the block in the later text. */
  at: number
  /** Up to where the later text is told. */
  told: number
}

/** How far the two texts are the same on both sides of a block: places in the later one. */
function sharedAround(earlier: string, later: string, { place, at, told }: Shared): { from: number; to: number } {
  const offset = place - at
  let from = at
  while (from > told && from + offset > 0 && later[from - 1] === earlier[from + offset - 1]) from -= 1
  let to = at + BLOCK
  while (to < later.length && later[to] === earlier[to + offset]) to += 1
  if (/^[\uDC00-\uDFFF]/.test(later.slice(from, from + 1))) from += 1
  if (/^[\uD800-\uDBFF]/.test(later.slice(to - 1, to))) to -= 1
  return { from, to }
}
