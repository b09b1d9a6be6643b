import type { S3Settings } from '#server/attachments/s3-store.ts'
import { createRequire } from 'node:module'
import { temporaryFolder } from './server.ts'

/** What we use of this package, which has no types of its own. */
interface S3rver {
  run(): Promise<{ port: number }>
  close(): Promise<void>
}
type S3rverClass = new (options: Readonly<Record<string, unknown>>) => S3rver

/** Starts an S3 server in this process, on a port of its own, with one empty bucket; it knows one key, `S3RVER`. */
export async function startS3(bucket: string): Promise<{ settings: S3Settings; stop: () => Promise<void> }> {
  const S3rver = createRequire(import.meta.url)('s3rver') as S3rverClass
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: temporaryFolder(),
    configureBuckets: [{ name: bucket }],
  })
  const { port } = await server.run()
  const endpoint = `http://127.0.0.1:${port}`
  const settings = { endpoint, bucket, region: 'us-east-1', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
  return { settings, stop: () => server.close() }
}
