import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

const COMPRESSIBLE = /\.(css|html|js|json|svg|txt|webmanifest|xml)$/
/** Below this many bytes a compressed copy saves no packet. */
const WORTH_IT = 1024

const brotli = promisify(zlib.brotliCompress)
const gzip = promisify(zlib.gzip)

/** Puts a brotli (.br) and a gzip (.gz) copy beside every compressible file of a folder, where it is smaller. */
export async function precompress(folder) {
  await Promise.all(
    fs.readdirSync(folder, { withFileTypes: true }).map(async (entry) => {
      const full = path.join(folder, entry.name)
      if (entry.isDirectory()) return precompress(full)
      if (!COMPRESSIBLE.test(entry.name)) return
      const bytes = fs.readFileSync(full)
      if (bytes.length < WORTH_IT) return
      const copies = { br: await brotli(bytes), gz: await gzip(bytes, { level: 9 }) }
      for (const [extension, copy] of Object.entries(copies)) {
        if (copy.length < bytes.length) fs.writeFileSync(`${full}.${extension}`, copy)
      }
    }),
  )
}
