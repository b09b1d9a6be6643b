import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PartProgressSchema } from '#domain/inquiry/parts.ts'
import { attachment, piece } from '../support/attachment.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze, put } from '../support/letter.ts'
import { startS3 } from '../support/s3.ts'
import { ensureServerBundle, type Settings, startServer, temporaryFolder } from '../support/server.ts'

let s3: Awaited<ReturnType<typeof startS3>>
beforeAll(async () => {
  await ensureServerBundle()
  s3 = await startS3('luodi-shared')
})
afterAll(() => s3.stop())

onEachDatabase('two servers on one database', (store) => {
  async function startTwo(): Promise<{ urls: [string, string]; stop: () => Promise<unknown> }> {
    const { url } = store.settings()
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.settings
    const env: Settings = {
      CONTENT: 'none',
      ATTACHMENTS_S3_ENDPOINT: endpoint,
      ATTACHMENTS_S3_BUCKET: bucket,
      ATTACHMENTS_S3_REGION: region,
      ATTACHMENTS_S3_ACCESS_KEY_ID: accessKeyId,
      ATTACHMENTS_S3_SECRET_ACCESS_KEY: secretAccessKey,
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    }
    const dataDir = temporaryFolder()
    const servers = await Promise.all([startServer({ dataDir, env }), startServer({ dataDir, env })])
    return { urls: [servers[0].url, servers[1].url], stop: () => Promise.all(servers.map((one) => one.stop())) }
  }

  it('give one receipt for each inquiry, whichever is asked, and never the same to two', async () => {
    const { urls, stop } = await startTwo()
    const letters = Array.from({ length: 50 }, () => freeze())
    const texts = await Promise.all(
      letters.map(async (letter) => {
        const answers = await Promise.all([...urls, ...urls, urls[0]].map((url) => put(url, letter)))
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
        const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())))
        expect(bodies.size).toBe(1)
        return [...bodies][0] ?? ''
      }),
    )
    expect(new Set(texts.map((text) => (JSON.parse(text) as { receiptNo: string }).receiptNo)).size).toBe(50)
    await stop()
  })

  it('put one file together from pieces that either of them is sent', async () => {
    const { urls, stop } = await startTwo()
    const file = attachment(5000)
    const letter = freeze({ parts: [file.part] })
    expect((await put(urls[1], letter)).status).toBe(201)
    for (let from = 0; from < 5000; from += 1000) {
      const { path, init } = piece(letter, file, from, from + 1000)
      const answers = await Promise.all(urls.map((url) => fetch(url + path, init)))
      for (const { status } of answers) expect([200, 416]).toContain(status)
    }
    const { path, init } = piece(letter, file)
    const progress = v.parse(PartProgressSchema, await (await fetch(urls[0] + path, init)).json())
    expect(progress).toEqual({ sha256: file.part.sha256, offset: 5000, complete: true })
    await stop()
  })
})
