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

/** Bits of a window that are surely of what follows. */
export const WINDOW = 17

/**
 * At least 17 bits from anywhere in bytes on, as the highest of 24; after the last there are zeros. Three bytes, because a number of 32
 * bits is an object to a browser that has not compiled what reads it yet; and nothing after the last, because such a browser would drop
 * what it has compiled.
 * @param at in bits, less than 8 beyond the last: farther on, what comes is of no meaning
 */
export function windowAt(bytes: Uint8Array, at: number): number {
  const last = bytes.length - 3
  const first = at >>> 3 < last ? at >>> 3 : last
  const shift = at - 8 * first
  const three = (bytes[first]! << 16) | (bytes[first + 1]! << 8) | bytes[first + 2]!
  return (three & (0xffffff >>> shift)) << shift
}

/** A number of up to 25 bits anywhere in bytes. @param at in bits */
export function bitsAt(bytes: Uint8Array, at: number, width: number): number {
  if (width > WINDOW) {
    return (bitsAt(bytes, at, width - WINDOW) << WINDOW) | bitsAt(bytes, at + width - WINDOW, WINDOW)
  }
  return windowAt(bytes, at) >>> (24 - width)
}

/** How many zeros stand before the next bit that is set, 24 at most. @param at in bits */
export function zerosAt(bytes: Uint8Array, at: number): number {
  const zeros = Math.clz32(windowAt(bytes, at)) - 8
  return zeros < WINDOW ? zeros : Math.min(24, WINDOW + Math.clz32(windowAt(bytes, at + WINDOW)) - 8)
}
