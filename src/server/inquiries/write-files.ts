import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import type { PartType } from '#domain/inquiry/parts.ts'
import type { PartRow } from '../db/schema.ts'
import { LostPieceError, partContent } from './part-content.ts'
import type { InquiryStores } from './stores.ts'

const EXTENSIONS: Readonly<Record<PartType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
}
/** With the receipt number before it and the extension behind it, below the 255 bytes that file systems take. */
const MAX_NAME_BYTES = 180
const MAX_SAME = 1000

interface Written {
  /** `lost`: the store does not hold what the database says. */
  outcome: 'written' | 'incomplete' | 'lost'
  /** Path of the file; of one that was not written, the name that its sender gave it. */
  name: string
}

/**
 * Writes files of an inquiry into a folder, which is made where it is missing, readable for this account alone. What is there already
 * is never overwritten: the new file gets a number.
 * @param receiptNo begins each name, so that the files of several inquiries can share a folder
 */
export async function writeFiles(
  stores: InquiryStores,
  parts: readonly PartRow[],
  receiptNo: string,
  folder: string,
): Promise<Written[]> {
  if (parts.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 })
  const results: Written[] = []
  for (const part of parts) {
    if (part.complete_at === null) results.push({ outcome: 'incomplete', name: part.name })
    else results.push(await write(stores, part, join(folder, `${receiptNo}-${part.seq + 1}-${safeName(part.name)}`)))
  }
  return results
}

async function write(stores: InquiryStores, part: PartRow, path: string): Promise<Written> {
  const file = await openNew(path, EXTENSIONS[part.type])
  const hash = createHash('sha256')
  try {
    for await (const bytes of partContent(stores, part)) {
      hash.update(bytes)
      await file.handle.writeFile(bytes)
    }
  } catch (error) {
    if (!(error instanceof LostPieceError)) throw error
  } finally {
    await file.handle.close()
  }
  if (hash.digest('hex') === part.sha256) return { outcome: 'written', name: file.path }
  await unlink(file.path)
  return { outcome: 'lost', name: part.name }
}

async function openNew(path: string, extension: string): Promise<{ handle: FileHandle; path: string }> {
  for (let same = 1; ; same++) {
    const free = `${path}${same === 1 ? '' : ` (${same})`}.${extension}`
    try {
      return { handle: await open(free, 'wx', 0o600), path: free }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || same === MAX_SAME) throw error
    }
  }
}

/**
 * The sender's name of a file without its extension, and without what means something in a path or to a system: the type that was
 * checked says what the file is.
 */
function safeName(name: string): string {
  let plain = name
    .normalize('NFC')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[^\p{L}\p{N}\p{M} _()（）-]+/gu, '_')
    .trim()
  while (Buffer.byteLength(plain) > MAX_NAME_BYTES) plain = [...plain].slice(0, -1).join('')
  return plain === '' ? 'file' : plain
}
