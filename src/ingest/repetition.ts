import { bodyText } from '#domain/body-text.ts'
import type { Block } from '#domain/body.ts'
import { comparisonKey } from './fold.ts'

/** From how many characters on a single paragraph is not said twice on purpose: anywhere, and right behind itself. */
const LONG_ALONE = 80
const LONG_ADJACENT = 20
/**
 * From how many characters on a run of several blocks is a copy. Shorter ones (负责部门, 联系电话) may belong to each
 * section.
 */
const LONG_RUN = 60
/** The same for a run with a heading below the first level; one of the first level stands in a text only once. */
const LONG_SECTION = 30
/**
 * Earlier places that a block is compared with. Text that says the same short thing more often gains nothing from
 * more.
 */
const MAX_PLACES = 12

/**
 * Removes runs of blocks that stood before, as on pages whose body is there twice or in part: a heading with what
 * follows it, several paragraphs, a long paragraph, a heading right behind itself. Short blocks that may be meant (特此通知) stay. Applying it again
 * changes nothing.
 */
export function withoutRepetition(body: readonly Block[]): Block[] {
  let before: Block[]
  let after = [...body]
  do {
    before = after
    after = withoutRuns(before)
  } while (after.length < before.length)
  return after
}

interface Kept {
  block: Block
  key: string
  /** Letters and digits in it. */
  size: number
}

function withoutRuns(body: readonly Block[]): Block[] {
  const blocks = body.map((block) => ({ block, key: keyOf(block), size: comparisonKey(bodyText([block])).length }))
  const kept: Kept[] = []
  const places = new Map<string, number[]>()
  for (let at = 0; at < blocks.length;) {
    const run = longestRun(blocks, at, kept, places)
    if (run > 0) {
      at += run
      continue
    }
    const block = blocks[at] as Kept
    if (block.block.type === 'heading' && kept.at(-1)?.key === block.key) {
      at += 1
      continue
    }
    const known = places.get(block.key) ?? []
    if (known.length < MAX_PLACES) places.set(block.key, [...known, kept.length])
    else places.set(block.key, [...known.slice(0, -1), kept.length])
    kept.push(block)
    at += 1
  }
  return kept.map(({ block }) => block)
}

/** A block's kind and text; a heading's number may be written either way. */
function keyOf(block: Block): string {
  return block.type === 'image'
    ? `image ${block.image.src}`
    : `${block.type} ${comparisonKey(bodyText([block])) || bodyText([block])}`
}

/** How many blocks from `at` on are a copy of what was kept before; 0 where none are. */
function longestRun(
  blocks: readonly Kept[],
  at: number,
  kept: readonly Kept[],
  places: ReadonlyMap<string, number[]>,
): number {
  let longest = 0
  for (const place of places.get(blocks[at]?.key ?? '') ?? []) {
    let length = 0
    while (place + length < kept.length && blocks[at + length]?.key === kept[place + length]?.key) length += 1
    // A heading whose text differs this time belongs to that text.
    while (at + length < blocks.length && blocks[at + length - 1]?.block.type === 'heading') length -= 1
    if (length > longest && isCopy(blocks.slice(at, at + length), place + length === kept.length)) longest = length
  }
  return longest
}

function isCopy(run: readonly Kept[], adjacent: boolean): boolean {
  const size = run.reduce((sum, block) => sum + block.size, 0)
  if (run.length === 1) return run[0]?.block.type !== 'heading' && size >= (adjacent ? LONG_ADJACENT : LONG_ALONE)
  return (
    size >= LONG_RUN || run.some(({ block }) => block.type === 'heading' && (block.level === 2 || size >= LONG_SECTION))
  )
}
