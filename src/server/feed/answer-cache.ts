import { type Encoded, encode } from './encodings.ts'

/**
 * Keeps the newest answers compressed. Only a saving: what is evicted, or asked of another process, is made again from the
 * database with the same bytes.
 */
export class AnswerCache {
  private readonly answers = new Map<string, Promise<Encoded | undefined>>()

  /** @param capacity how many answers are kept */
  constructor(private readonly capacity: number) {}

  /**
   * @param path address of something that never changes
   * @param read gives its text, or undefined when nothing is there (yet): that is not kept
   */
  async get(path: string, read: () => Promise<string | undefined>): Promise<Encoded | undefined> {
    const kept = this.answers.get(path)
    this.answers.delete(path)
    const answer = kept ?? make(read)
    this.answers.set(path, answer)
    try {
      const encoded = await answer
      if (encoded === undefined) this.forget(path, answer)
      return encoded
    } catch (error) {
      this.forget(path, answer)
      throw error
    } finally {
      this.evict()
    }
  }

  private forget(path: string, answer: Promise<Encoded | undefined>): void {
    if (this.answers.get(path) === answer) this.answers.delete(path)
  }

  private evict(): void {
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= this.capacity) return
      this.answers.delete(oldest)
    }
  }
}

async function make(read: () => Promise<string | undefined>): Promise<Encoded | undefined> {
  const text = await read()
  return text === undefined ? undefined : encode(text)
}
