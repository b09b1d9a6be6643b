import { S3mini } from 's3mini'
import { patiently } from './s3-retry.ts'
import { type AttachmentStore, AttachmentStoreError, onStore } from './store.ts'

/** A bucket of an S3-compatible service. */
export interface S3Settings {
  /** `https://s3.example.cn`, or with the bucket as the first part of the host where a service wants it there. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** Keeps the attachments apart from whatever else is in the bucket. */
const PREFIX = 'attachments/'
const TIMEOUT_MS = 30_000
/** The most that the service lists at once. */
const PAGE = 1000

/** Attachments as objects of a bucket. `put` returns when the service has acknowledged the object. */
export function s3Store(settings: S3Settings): AttachmentStore {
  const { region, accessKeyId, secretAccessKey } = settings
  const endpoint = bucketAddress(settings)
  const s3 = new S3mini({ endpoint, region, accessKeyId, secretAccessKey, requestAbortTimeout: TIMEOUT_MS })
  return {
    put: (name, bytes) =>
      onStore('stored', async () => void (await patiently(() => s3.putObject(PREFIX + name, bytes)))),
    read: (name) => onStore('read', () => patiently(() => read(s3, PREFIX + name))),
    drop: (names) =>
      onStore('deleted', async () => {
        for (const name of names) await patiently(() => s3.deleteObject(PREFIX + name))
      }),
    list: () => list(s3),
  }
}

function bucketAddress({ endpoint, bucket }: S3Settings): string {
  const url = new URL(endpoint)
  if (url.hostname.startsWith(`${bucket}.`)) return url.href
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${bucket}`
  return url.href
}

async function read(s3: S3mini, key: string): Promise<Uint8Array | undefined> {
  const bytes = await s3.getObjectArrayBuffer(key)
  if (bytes !== null) return new Uint8Array(bytes)
  // The service says 404 for a missing bucket as well, and that must not look as if the file were gone.
  if (await s3.bucketExists()) return undefined
  throw new AttachmentStoreError(`There is no bucket ${s3.bucketName}, or this key may not use it`)
}

async function* list(s3: S3mini): AsyncGenerator<{ name: string; at: number }> {
  let token: string | undefined
  do {
    const page = await onStore('listed', () => patiently(() => s3.listObjectsPaged('/', PREFIX, PAGE, token)))
    if (page === null || page === undefined) throw new AttachmentStoreError(`There is no bucket ${s3.bucketName}`)
    for (const { Key, LastModified } of page.objects ?? [])
      yield { name: Key.slice(PREFIX.length), at: new Date(LastModified).getTime() }
    token = page.nextContinuationToken
  } while (token !== undefined)
}
