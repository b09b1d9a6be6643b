/** How many characters of each question: as people begin, and go on, to type. */
const LENGTHS = [4, 1, 2, 3, 6, 2, 4, 9]
/** As many as it takes for the browser to have compiled what it needs: with half of them, later questions still wait for it. */
const QUESTIONS = 32

/**
 * Questions that nobody waits for, so that the browser has compiled what answers before somebody does wait.
 * @param text of a document: what is asked for is found
 */
export function questionsOf(text: string): string[] {
  const piece = (n: number) => {
    const from = Math.floor((n * text.length) / QUESTIONS)
    return text.slice(from, from + LENGTHS[n % LENGTHS.length]!)
  }
  // Some of two words.
  return Array.from({ length: QUESTIONS }, (_, n) => (n % 5 === 4 ? `${piece(n)} ${piece(0)}` : piece(n)))
}

/**
 * Asks them one by one.
 * @param isOver whether somebody is asking: then there is nothing left to rehearse
 */
export async function rehearse(
  text: string,
  ask: (question: string) => Promise<unknown>,
  isOver: () => boolean,
): Promise<void> {
  for (const question of questionsOf(text)) {
    if (isOver()) return
    await ask(question)
  }
}
