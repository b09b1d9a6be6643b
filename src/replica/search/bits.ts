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

  /** Rice's code of a number: the quotient by 2^k as ones and a zero, then k bits. */
  writeRice(value: number, k: number): void {
    let ones = value >>> k
    for (; ones >= 16; ones -= 16) this.write(0xffff, 16)
    this.write(((1 << ones) - 1) << 1, ones + 1)
    this.write(value & ((1 << k) - 1), k)
  }

  /** Bytes that are full so far. */
  get bytes(): number {
    return this.#length
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

/** Reads what a `BitWriter` wrote. */
export class BitReader {
  #bytes: Uint8Array
  #at: number
  #pending = 0
  #count = 0

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  /** @param width 0–24 bits */
  read(width: number): number {
    while (this.#count < width) {
      this.#pending = ((this.#pending << 8) | this.#bytes[this.#at++]!) >>> 0
      this.#count += 8
    }
    this.#count -= width
    const value = this.#pending >>> this.#count
    this.#pending &= (1 << this.#count) - 1
    return value
  }

  readRice(k: number): number {
    let ones = 0
    while (this.read(1) === 1) ones++
    return (ones << k) | this.read(k)
  }
}
