/**
 * Keeps the newest answers, ready to be sent. Only a saving: what is evicted, or asked of another process, is made again from
 * the database with the same bytes.
 */
export class AnswerCache<T> {
  private readonly answers = new Map<string, Promise<T | undefined>>()

  /** @param capacity how many answers are kept */
  constructor(private readonly capacity: number) {}

  /**
   * @param name of something that never changes
   * @param make gives it, or undefined when nothing is there (yet): that is not kept
   */
  async get(name: string, make: () => Promise<T | undefined>): Promise<T | undefined> {
    const kept = this.answers.get(name)
    this.answers.delete(name)
    const answer = kept ?? make()
    this.answers.set(name, answer)
    try {
      const made = await answer
      if (made === undefined) this.forget(name, answer)
      return made
    } catch (error) {
      this.forget(name, answer)
      throw error
    } finally {
      this.evict()
    }
  }

  private forget(name: string, answer: Promise<T | undefined>): void {
    if (this.answers.get(name) === answer) this.answers.delete(name)
  }

  private evict(): void {
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= this.capacity) return
      this.answers.delete(oldest)
    }
  }
}
