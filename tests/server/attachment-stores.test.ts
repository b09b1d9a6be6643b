import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileStore } from '#server/attachments/file-store.ts'
import { s3Store } from '#server/attachments/s3-store.ts'
import { type AttachmentStore, AttachmentStoreError } from '#server/attachments/store.ts'
import { DataDirError } from '#server/db/errors.ts'
import { startS3 } from '../support/s3.ts'
import { temporaryFolder } from '../support/server.ts'

const BYTES = Uint8Array.from({ length: 1000 }, (_, n) => n % 256)

let s3: Awaited<ReturnType<typeof startS3>>
beforeAll(async () => {
  s3 = await startS3('luodi-files')
})
afterAll(() => s3.stop())

const openFiles = () => fileStore(join(temporaryFolder(), 'attachments'))

describe.each([
  ['files', openFiles],
  ['a bucket', () => s3Store(s3.settings)],
])('attachments as %s', (_what, open: () => AttachmentStore) => {
  it('give back what was put, under its name and no other', async () => {
    const store = open()
    await store.put('a/b/0-x', BYTES)
    await store.put('a/b/1000-y', BYTES.subarray(0, 1))
    expect(await store.read('a/b/0-x')).toEqual(expect.objectContaining({ length: 1000 }))
    expect(Buffer.from((await store.read('a/b/0-x')) ?? []).equals(Buffer.from(BYTES))).toBe(true)
    expect(await store.read('a/b/0-z')).toBeUndefined()
    expect(await store.read('c/b/0-x')).toBeUndefined()
    await store.drop(['a/b/0-x', 'a/b/1000-y'])
  })

  it('are gone once dropped, and dropping them again is no error', async () => {
    const store = open()
    for (const name of ['a/b/0-x', 'a/c/0-x', 'd/b/0-x']) await store.put(name, BYTES)
    await store.drop(['a/b/0-x', 'd/b/0-x'])
    await store.drop(['a/b/0-x'])
    expect(await namesIn(store)).toEqual(['a/c/0-x'])
    await store.put('a/b/0-x', BYTES)
    expect(await namesIn(store)).toEqual(['a/b/0-x', 'a/c/0-x'])
    await store.drop(['a/b/0-x', 'a/c/0-x'])
  })

  it('are listed with the time they were put there', async () => {
    const store = open()
    const before = Date.now()
    await store.put('a/b/0-x', BYTES)
    for await (const { at } of store.list()) {
      // A bucket tells whole seconds.
      expect(at).toBeGreaterThan(before - 2000)
      expect(at).toBeLessThan(Date.now() + 2000)
    }
    await store.drop(['a/b/0-x'])
    expect(await namesIn(store)).toEqual([])
  })

  it('stay whole while the same folder is filled and emptied at once', async () => {
    const store = open()
    const rounds = Array.from({ length: 60 }, async (_, n) => {
      const name = `a/b/${n}-x`
      await store.put(name, BYTES)
      await store.drop([name])
    })
    await Promise.all(rounds)
    expect(await namesIn(store)).toEqual([])
  })
})

it('keeps files for this account alone, and leaves no empty folders', async () => {
  const folder = join(temporaryFolder(), 'attachments')
  const store = fileStore(folder)
  await store.put('a/b/0-x', BYTES)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'a', 'b', '0-x')).mode & 0o777).toBe(0o600)
  await store.drop(['a/b/0-x'])
  expect(readdirSync(folder)).toEqual([])
  expect(existsSync(folder)).toBe(true)
})

it('leaves the space free that it was told to, and still gives and drops what is there', async () => {
  const folder = join(temporaryFolder(), 'attachments')
  await fileStore(folder).put('a/b/0-x', BYTES)
  const full = fileStore(folder, Number.MAX_SAFE_INTEGER)
  await expect(full.put('a/b/1-x', BYTES)).rejects.toThrow(AttachmentStoreError)
  expect(await namesIn(full)).toEqual(['a/b/0-x'])
  expect(await full.read('a/b/0-x')).toHaveLength(1000)
  await full.drop(['a/b/0-x'])
  expect(await namesIn(full)).toEqual([])
})

it('says at the start that a folder cannot be used', () => {
  const file = join(temporaryFolder(), 'attachments')
  writeFileSync(file, '')
  expect(() => fileStore(file)).toThrow(DataDirError)
})

it('says what fails: a place that is taken, a bucket that is not there, a service that does not answer', async () => {
  const folder = join(temporaryFolder(), 'attachments')
  const store = fileStore(folder)
  mkdirSync(join(folder, 'a', 'b', '0-x'), { recursive: true })
  await expect(store.put('a/b/0-x', BYTES)).rejects.toThrow(AttachmentStoreError)
  for (const settings of [
    { ...s3.settings, bucket: 'not-there' },
    { ...s3.settings, endpoint: 'http://127.0.0.1:1' },
    { ...s3.settings, accessKeyId: 'wrong' },
  ]) {
    const bucket = s3Store(settings)
    await expect(bucket.put('a/b/0-x', BYTES)).rejects.toThrow(AttachmentStoreError)
    await expect(bucket.read('a/b/0-x')).rejects.toThrow(AttachmentStoreError)
    await expect(namesIn(bucket)).rejects.toThrow(AttachmentStoreError)
  }
})

async function namesIn(store: AttachmentStore): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of store.list()) names.push(name)
  return names.sort()
}
