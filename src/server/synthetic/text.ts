import type { Block, Span } from '#domain/body.ts'
import { plain } from '#domain/body-text.ts'
import { type Dice, oneOf } from './dice.ts'
import { PLACES } from './vocabulary.ts'
import { phrase } from './words.ts'

/** Characters of a body: 1,500 on average. */
const LENGTH = { least: 1200, spread: 600 }

const spans = (text: string): Span[] => [{ text }]

/** A sentence of about 35 characters, now and then with a place or a figure. */
export function sentence(dice: Dice): string {
  const clauses = [phrase(dice, 3 + dice(5)), phrase(dice, 3 + dice(5))]
  if (dice(6) === 0) clauses.push(`位于${oneOf(dice, PLACES)}`)
  if (dice(6) === 0) clauses.push(`总额 ${(1 + dice(900)) / 10} 亿元`)
  return `${clauses.join('，')}。`
}

function paragraph(dice: Dice): Block {
  return { type: 'paragraph', text: spans(Array.from({ length: 3 + dice(4) }, () => sentence(dice)).join('')) }
}

function otherBlock(dice: Dice): Block {
  switch (dice(4)) {
    case 0: {
      const items = Array.from({ length: 3 + dice(3) }, () => spans(phrase(dice, 5)))
      return { type: 'list', ordered: dice(2) === 0, items }
    }
    case 1: {
      const row = () => [spans(phrase(dice, 2)), spans(String(1 + dice(5000)))]
      return { type: 'table', header: [spans('类别'), spans('数量')], rows: [row(), row(), row()] }
    }
    case 2:
      return { type: 'quote', text: spans(sentence(dice)) }
    default:
      return paragraph(dice)
  }
}

/** Headings, paragraphs, lists, tables and quotes of about 1,500 characters. */
export function body(dice: Dice): Block[] {
  const wanted = LENGTH.least + dice(LENGTH.spread)
  const blocks: Block[] = [paragraph(dice)]
  for (let length = lengthOf(blocks); length < wanted; length = lengthOf(blocks)) {
    if (blocks.length % 4 === 1) blocks.push({ type: 'heading', level: 2, text: spans(phrase(dice, 3)) })
    blocks.push(dice(3) === 0 ? otherBlock(dice) : paragraph(dice))
  }
  return blocks
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + ('text' in block ? plain(block.text).length : 60), 0)
}
