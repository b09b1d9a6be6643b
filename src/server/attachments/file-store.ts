import { mkdir, open, readdir, readFile, rm, rmdir, stat, statfs, unlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { prepareFolder } from '../db/data-dir.ts'
import { type AttachmentStore, AttachmentStoreError, onStore } from './store.ts'

/** How often a folder is made again when another process, which found it empty, removes it at that moment. */
const TRIES = 5

/**
 * Attachments as files in a folder that only this account can read. A file is on the disk, and so is its name, before `put`
 * returns.
 * @param keepFree bytes of the file system that files never take: what is left is for the requests themselves, which weigh little
 * @throws DataDirError when the folder cannot be used
 */
export function fileStore(root: string, keepFree = 0): AttachmentStore {
  prepareFolder(root)
  const pathOf = (name: string) => join(root, ...name.split('/'))
  return {
    put: (name, bytes) =>
      onStore('stored', async () => {
        await checkRoom(root, bytes.length + keepFree)
        await write(root, pathOf(name), bytes)
      }),
    read: (name) => onStore('read', () => unlessGone(() => readFile(pathOf(name)))),
    drop: (names) =>
      onStore('deleted', async () => {
        for (const name of names) await remove(root, pathOf(name))
      }),
    list: () => files(root, root),
  }
}

async function checkRoom(root: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(root)
  if (bavail * bsize < needed)
    throw new AttachmentStoreError(
      `Attachments cannot be stored: ${root} has no more than ${bavail * bsize} bytes free`,
    )
}

async function write(root: string, path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  for (let attempt = 1; ; attempt++) {
    await makeFolder(root, folder)
    const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
      if (attempt < TRIES && isGone(error)) return undefined
      throw error
    })
    if (file === undefined) continue
    try {
      await file.writeFile(bytes)
      await file.sync()
    } catch (error) {
      // A full disk: what came of it would only fill it further.
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
    return syncFolder(folder)
  }
}

/** Each new folder is a new name in its parent, which must reach the disk too. */
async function makeFolder(root: string, folder: string): Promise<void> {
  const parent = dirname(folder)
  if (parent !== root) await makeFolder(root, parent)
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    // Gone: its parent was removed meanwhile, and opening the file will say so.
    if (isGone(error) || (error as NodeJS.ErrnoException).code === 'EEXIST') return
    throw error
  }
  await syncFolder(parent)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file systems keep names by themselves.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** With the folders above it that are empty by then. */
async function remove(root: string, path: string): Promise<void> {
  await unlessGone(() => unlink(path))
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    try {
      await rmdir(folder)
    } catch (error) {
      if (isGone(error)) continue
      if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return
      throw error
    }
  }
}

async function* files(root: string, folder: string): AsyncGenerator<{ name: string; at: number }> {
  const entries = await onStore('listed', () => unlessGone(() => readdir(folder, { withFileTypes: true })))
  for (const entry of entries ?? []) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* files(root, path)
    else {
      const found = await onStore('listed', () => unlessGone(() => stat(path)))
      if (found !== undefined) yield { name: relative(root, path).split(sep).join('/'), at: found.mtimeMs }
    }
  }
}

async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
