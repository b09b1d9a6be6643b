import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { s3Store } from '#server/attachments/s3-store.ts'
import { AttachmentStoreError } from '#server/attachments/store.ts'

const ERROR = '<?xml version="1.0"?><Error><Code>Some</Code><Message>not now</Message></Error>'

/** A bucket whose service answers so, one after the other, and with the last from then on. */
async function bucketThat(...answers: [number, ...number[]]) {
  const asked: number[] = []
  const server = createServer((request, response) => {
    const status = answers[Math.min(asked.length, answers.length - 1)] ?? answers[0]
    asked.push(status)
    request.resume().on('end', () => response.writeHead(status).end(status === 200 ? '' : ERROR))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const store = s3Store({
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'luodi',
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  })
  return { asked, put: () => store.put('a/b/0-x', new Uint8Array([1])) }
}

it('a service that fails for a moment or has too much to do is asked again', async () => {
  const { asked, put } = await bucketThat(500, 429, 503, 200)
  await put()
  expect(asked).toEqual([500, 429, 503, 200])
})

it('a service that refuses is not asked again', async () => {
  const { asked, put } = await bucketThat(403, 200)
  await expect(put()).rejects.toThrow(AttachmentStoreError)
  expect(asked).toEqual([403])
})

it('a service that goes on failing is given up', async () => {
  const { asked, put } = await bucketThat(500)
  await expect(put()).rejects.toThrow(AttachmentStoreError)
  expect(asked).toEqual([500, 500, 500, 500, 500])
})
