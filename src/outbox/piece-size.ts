import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'

/** No piece is made smaller than this, in bytes, unless the file ends: it gets through at 5 kbit/s within the time limit. */
const SMALLEST_PIECE = 16 * 1024

/**
 * How many bytes of a file to send at once. One that got no answer may have been cut off by the time limit, with all that went
 * over a slow line of it lost where a proxy keeps bodies back until they are whole: the next is half as long. Each one that
 * arrives makes the next a little longer, as TCP does.
 */
export class PieceSize {
  bytes = PART_CHUNK_BYTES

  noAnswer(): void {
    this.bytes = Math.max(SMALLEST_PIECE, Math.floor(this.bytes / 2))
  }

  arrived(): void {
    this.bytes = Math.min(PART_CHUNK_BYTES, this.bytes + SMALLEST_PIECE)
  }
}
