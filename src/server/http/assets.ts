import { readdir, readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join, relative } from 'node:path'
import { getMimeType } from 'hono/utils/mime'
import { negotiate, type Packing, PACKINGS } from './encoding.ts'

/** One file of the built page, with the compressed copies that the build put beside it. */
export interface Asset {
  type: string
  etag: string
  /** Its name changes with its content, so that it may be kept for ever. */
  hashed: boolean
  bytes: Uint8Array<ArrayBuffer>
  packed: Partial<Record<Packing, Uint8Array<ArrayBuffer>>>
}

const EXTENSIONS: Readonly<Record<Packing, string>> = { br: '.br', gzip: '.gz' }

/**
 * Reads the built page into memory, a few megabytes: what is served stays one whole release even while the next is being built.
 * @param dir folder of the build; one that does not exist holds nothing
 * @returns the files by their path in the URL
 */
export async function loadAssets(dir: string): Promise<ReadonlyMap<string, Asset>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const name of await list(dir)) files.set(`/${name.replaceAll('\\', '/')}`, await readFile(join(dir, name)))

  const assets = new Map<string, Asset>()
  for (const [path, bytes] of files) {
    if (/\.(br|gz)$|\/\.[^/]*$/.test(path)) continue
    const copies = Object.entries(EXTENSIONS).map(
      ([encoding, extension]) => [encoding, files.get(path + extension)] as const,
    )
    assets.set(path, {
      type: getMimeType(path) ?? 'application/octet-stream',
      etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
      hashed: path.startsWith('/assets/'),
      bytes,
      packed: Object.fromEntries(copies.filter(([, copy]) => copy !== undefined)),
    })
  }
  return assets
}

/**
 * The form of an asset that the client can read.
 * @param acceptEncoding the request's `Accept-Encoding`
 */
export function formOf(
  asset: Asset,
  acceptEncoding: string | undefined,
): { bytes: Uint8Array<ArrayBuffer>; encoding?: Packing } {
  const encoding = negotiate(
    acceptEncoding,
    PACKINGS.filter((packing) => asset.packed[packing] !== undefined),
  )
  const packed = encoding === undefined ? undefined : asset.packed[encoding]
  return encoding === undefined || packed === undefined ? { bytes: asset.bytes } : { bytes: packed, encoding }
}

async function list(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true, recursive: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => relative(dir, join(entry.parentPath, entry.name)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
