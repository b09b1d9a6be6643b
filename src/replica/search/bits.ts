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

  /** Elias' gamma code of a number from 1 on. */
  writeGamma(value: number): void {
    const width = 31 - Math.clz32(value)
    this.writeRice(width, 0)
    this.write(value - (1 << width), width)
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

/** A number of up to 24 bits anywhere in bytes. @param at in bits */
export function bitsAt(bytes: Uint8Array, at: number, width: number): number {
  if (width === 0) return 0
  const first = at >>> 3
  const four = (bytes[first]! << 24) | (bytes[first + 1]! << 16) | (bytes[first + 2]! << 8) | bytes[first + 3]!
  return (four << (at & 7)) >>> (32 - width)
}

/** Reads what a `BitWriter` wrote. */
export class BitReader {
  /** Bits from the beginning of the bytes. */
  at: number
  #bytes: Uint8Array

  constructor(bytes: Uint8Array, atByte: number) {
    this.#bytes = bytes
    this.at = atByte * 8
  }

  /** @param width 0–24 bits */
  read(width: number): number {
    const value = bitsAt(this.#bytes, this.at, width)
    this.at += width
    return value
  }

  readRice(k: number): number {
    let ones = 0
    for (;;) {
      const more = Math.clz32(~(bitsAt(this.#bytes, this.at, 24) << 8))
      // All of the 24 bits may be ones; then it goes on.
      const run = Math.min(more, 24)
      ones += run
      this.at += run
      if (run < 24) break
    }
    this.at += 1
    return (ones << k) | this.read(k)
  }

  readGamma(): number {
    const width = this.readRice(0)
    return (1 << width) + this.read(width)
  }
}
