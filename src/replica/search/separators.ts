/** Marks that part words as a blank does. A comma of Latin script may stand in a number, as in `1,000`. */
const MARKS = /[，、；。！？､｡]|[,;](?=\D|$)/g

/** A text that was typed to be searched for, with blanks where its words part. */
export const withBlanks = (text: string): string => text.replace(MARKS, ' ')

/** What stands together wherever a writer sets blanks and marks: Chinese, a number, letters of another script. */
const RUNS = /\p{Script=Han}+|\p{N}+(?:[.,]\d\p{N}*)*|(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu

/**
 * The same text with a blank wherever its writer may have set one, or a mark, and a reader leaves it out: 7 号厂房 of 7号厂房.
 * @returns undefined where it parts no further than the text already does
 */
export function partedFurther(text: string): string | undefined {
  const parted = text.match(RUNS)?.join(' ') ?? ''
  const already = withBlanks(text).trim().replace(/\s+/g, ' ')
  return parted === '' || parted === already ? undefined : parted
}
