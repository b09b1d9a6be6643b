/** Marks that part words as a blank does. A comma of Latin script may stand in a number, as in `1,000`. */
const MARKS = /[，、；。！？､｡]|[,;](?=\D|$)/g

/** A text that was typed to be searched for, with blanks where its words part. */
export const withBlanks = (text: string): string => text.replace(MARKS, ' ')
