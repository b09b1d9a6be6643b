import { bytesOf } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { PieceSize } from './piece-size.ts'

/** The bytes of the file that is being sent: read from the disk once, not for each of its pieces. */
export class FileBytes {
  /** How much of it goes at once on this line. */
  readonly piece = new PieceSize()
  private held: { sha256: string; data: Uint8Array<ArrayBuffer> } | undefined

  /** Within a transaction that spans `attachmentBytes`. @returns undefined when they are not there, or cannot be read */
  async read(database: MineDatabase, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (this.held?.sha256 === sha256) return this.held.data
    const data = await bytesOf(database, sha256)
    this.held = data && { sha256, data }
    return data
  }

  /** Lets go of them. */
  drop(): void {
    this.held = undefined
  }
}
