/** Writes numbers bit by bit, the highest bit first. */
export class BitWriter {
  #bytes = new Uint8Array(1024)
  #length = 0
  #pending = 0
  #count = 0

  /** @param width 0–24 bits */
  write(value: number, width: number): void {
    this.#pending = (this.#pending << width) | value
    this.#count += width
    while (this.#count >= 8) {
      this.#count -= 8
      this.#put((this.#pending >>> this.#count) & 0xff)
    }
    this.#pending &= (1 << this.#count) - 1
  }

  /** What was written, filled up to a byte; the writer is empty after it. */
  take(): Uint8Array {
    if (this.#count > 0) this.#put((this.#pending << (8 - this.#count)) & 0xff)
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = this.#count = this.#pending = 0
    return taken
  }

  #put(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const bytes = new Uint8Array(this.#length * 2)
      bytes.set(this.#bytes)
      this.#bytes = bytes
    }
    this.#bytes[this.#length++] = byte
  }
}

/** At least 25 bits from anywhere in bytes on, as the highest of 32; after the last there are zeros. @param at in bits */
export function windowAt(bytes: Uint8Array, at: number): number {
  const first = at >>> 3
  const four = (bytes[first]! << 24) | (bytes[first + 1]! << 16) | (bytes[first + 2]! << 8) | bytes[first + 3]!
  return four << (at & 7)
}

/** A number of up to 25 bits anywhere in bytes. @param at in bits */
export function bitsAt(bytes: Uint8Array, at: number, width: number): number {
  return width === 0 ? 0 : windowAt(bytes, at) >>> (32 - width)
}
