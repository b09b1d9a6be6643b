/** Chunks read last, so that a word that is being typed is not read anew with each letter. */
export class ChunkCache {
  #chunks = new Map<number, Uint8Array>()
  #bytes = 0
  #most: number

  /** @param most bytes kept */
  constructor(most: number) {
    this.#most = most
  }

  /** @param key as `chunkKey` gives it */
  get(key: number): Uint8Array | undefined {
    const chunk = this.#chunks.get(key)
    if (chunk === undefined) return undefined
    // The one used last goes last.
    this.#chunks.delete(key)
    this.#chunks.set(key, chunk)
    return chunk
  }

  put(key: number, chunk: Uint8Array): void {
    if (this.#chunks.has(key)) return
    this.#chunks.set(key, chunk)
    this.#bytes += chunk.length
    for (const [oldest, { length }] of this.#chunks) {
      if (this.#bytes <= this.#most) return
      this.#chunks.delete(oldest)
      this.#bytes -= length
    }
  }

  clear(): void {
    this.#chunks.clear()
    this.#bytes = 0
  }
}
