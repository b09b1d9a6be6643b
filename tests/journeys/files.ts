import type { Page } from '@playwright/test'

/** A file for a file input. */
export interface PickedFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** An EXIF block that says where a picture was taken (31° 22' N, 121° 15' E) and a word that can be looked for. */
export function gpsExif(): Buffer {
  const tiff = Buffer.alloc(110)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  // IFD0: one entry, the pointer to the GPS IFD (tag 0x8825) at 26.
  tiff.writeUInt16LE(1, 8)
  entry(tiff, 10, 0x8825, 4, 1, 26)
  tiff.writeUInt16LE(2, 26)
  entry(tiff, 28, 0x0001, 2, 2, 'N'.charCodeAt(0))
  entry(tiff, 40, 0x0002, 5, 3, 56)
  ;[31, 1, 22, 1, 0, 1].forEach((value, index) => tiff.writeUInt32LE(value, 56 + 4 * index))
  tiff.write('JIADING-GPS-SECRET', 82, 'latin1')
  const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([head, payload])
}

function entry(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  tiff.writeUInt16LE(tag, at)
  tiff.writeUInt16LE(type, at + 2)
  tiff.writeUInt32LE(count, at + 4)
  tiff.writeUInt32LE(value, at + 8)
}

/** A photograph as a camera makes it, with the place in it: drawn by the browser, so that nothing has to be kept beside the tests. */
export async function photo(
  page: Page,
  name: string,
  { width = 3200, height = 2400, hue = 20 } = {},
): Promise<PickedFile> {
  const bytes = await page.evaluate(
    async ({ width, height, hue }) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const context = canvas.getContext('2d')!
      for (let row = 0; row < height; row += 20) {
        context.fillStyle = `hsl(${hue + row / 20} 60% ${20 + (row % 60)}%)`
        context.fillRect(row % 200, row, width, 20)
      }
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.95))
      return [...new Uint8Array(await blob!.arrayBuffer())]
    },
    { width, height, hue },
  )
  const jpeg = Buffer.from(bytes)
  return { name, mimeType: 'image/jpeg', buffer: Buffer.concat([jpeg.subarray(0, 2), gpsExif(), jpeg.subarray(2)]) }
}

export function pdf(name: string, bytes = 2000): PickedFile {
  const buffer = Buffer.alloc(bytes, name)
  buffer.write('%PDF-1.7\n', 0, 'latin1')
  return { name, mimeType: 'application/pdf', buffer }
}

/** A picture by its signature that no browser here can decode. */
export function heic(name: string): PickedFile {
  return {
    name,
    mimeType: 'image/heic',
    buffer: Buffer.from('\0\0\0\x18ftypheic' + 'JIADING-GPS-SECRET'.repeat(20), 'latin1'),
  }
}

/** Chooses files as 选择照片或 PDF does. */
export async function choose(page: Page, files: PickedFile | PickedFile[]): Promise<void> {
  const opened = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '选择照片或 PDF' }).click()
  await (await opened).setFiles(files)
}

/** Chooses a PDF of so many bytes, made in the browser: too much to hand it over. */
export async function chooseLarge(page: Page, name: string, bytes: number): Promise<void> {
  await page.locator('input[type=file][multiple]').evaluate(
    (input: HTMLInputElement, { name, bytes }) => {
      const data = new Uint8Array(bytes).fill(name.length)
      data.set(new TextEncoder().encode('%PDF-1.7'))
      const chosen = new DataTransfer()
      chosen.items.add(new File([data], name, { type: 'application/pdf' }))
      input.files = chosen.files
      input.dispatchEvent(new Event('change'))
    },
    { name, bytes },
  )
}

/** The bytes of every file on the phone, as Latin-1 text by digest, read from its IndexedDB beside the app. */
export function filesOnPhone(page: Page): Promise<{ name: string; type: string; bytes: number; text: string }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        open.onerror = () => reject(open.error ?? new Error('luodi-mine did not open'))
        open.onsuccess = () => {
          const transaction = open.result.transaction(['attachments', 'attachmentBytes'])
          const rows = transaction.objectStore('attachments').getAll()
          const data = transaction.objectStore('attachmentBytes').getAll()
          transaction.oncomplete = () => {
            open.result.close()
            const bytesOf = new Map(
              (data.result as { sha256: string; data: Uint8Array }[]).map(({ sha256, data }) => [sha256, data]),
            )
            const found = (rows.result as { sha256: string; name: string; type: string; bytes: number }[]).map(
              (row) => ({
                name: row.name,
                type: row.type,
                bytes: row.bytes,
                text: new TextDecoder('latin1').decode(bytesOf.get(row.sha256) ?? new Uint8Array()),
              }),
            )
            resolve(found)
          }
        }
      }),
  )
}

/** Changes every request on the phone, in its IndexedDB beside the app: what only days would bring about. */
export function changeRequests(page: Page, change: Record<string, unknown>): Promise<void> {
  return page.evaluate(
    (change) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        open.onerror = () => reject(open.error ?? new Error('luodi-mine did not open'))
        open.onsuccess = () => {
          const transaction = open.result.transaction('entries', 'readwrite')
          const store = transaction.objectStore('entries')
          const rows = store.getAll()
          rows.onsuccess = () => {
            for (const row of rows.result as object[]) store.put({ ...row, ...change })
          }
          transaction.oncomplete = () => {
            open.result.close()
            resolve()
          }
        }
      }),
    change,
  )
}
