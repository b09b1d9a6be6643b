import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { InquirySchema } from '#domain/inquiry/inquiry.ts'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { fileStore } from '#server/attachments/file-store.ts'
import type { Database } from '#server/db/database.ts'
import { receiveInquiry } from '#server/inquiries/receive.ts'
import { takeUnsent } from '#server/inquiries/take-unsent.ts'
import { onEachDatabase } from '../support/databases.ts'
import { type FrozenInquiry, freeze } from '../support/letter.ts'
import { temporaryFolder } from '../support/server.ts'
import { anApp } from './an-app.ts'
import type { Ask } from './feed-reader.ts'
import { NOW } from './samples.ts'

const send = (ask: Ask, { submissionId, bytes, headers }: FrozenInquiry) =>
  ask(`/api/inquiries/${submissionId}`, { method: 'PUT', headers, body: bytes })

onEachDatabase('delivery of an inquiry', (store) => {
  it('stores the exact bytes, and answers with a receipt that echoes id and digest', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    const letter = freeze()
    const response = await send(ask, letter)
    expect(response.status).toBe(201)
    const receipt = v.parse(ReceiptSchema, await response.json())
    expect(receipt).toMatchObject({
      submissionId: letter.submissionId,
      digest: letter.headers['Content-Digest'],
      receivedAt: new Date(NOW).toISOString(),
      // Received on a Friday: the answer is due on Monday, 18:00 in Shanghai.
      replyDueAt: '2026-11-23T10:00:00.000Z',
    })
    const { body } = await database.db.selectFrom('inquiry').select('body').executeTakeFirstOrThrow()
    expect(body?.equals(letter.bytes)).toBe(true)
  })

  it('stores 500 inquiries once each when each is sent five times at once through two processes', async () => {
    const databases = [await store.open(), await store.open()] as const
    const asks = [anApp(databases[0]).ask, anApp(databases[1]).ask] as const
    const letters = Array.from({ length: 500 }, () => freeze())
    const answers: Awaited<ReturnType<typeof read>>[][] = []
    // A hundred at a time: more than that wait so long for a connection that they are asked to come again.
    for (let from = 0; from < letters.length; from += 100) {
      const wave = letters.slice(from, from + 100)
      const attempts = (letter: FrozenInquiry) =>
        Promise.all([...asks, ...asks, asks[0]].map(async (ask) => read(await send(ask, letter))))
      answers.push(...(await Promise.all(wave.map(attempts))))
    }
    for (const attempts of answers) {
      expect(attempts.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
      expect(new Set(attempts.map(({ text }) => text)).size).toBe(1)
    }
    const receipts = answers.map(([first]) => v.parse(ReceiptSchema, JSON.parse(first?.text ?? '')))
    expect(new Set(receipts.map(({ receiptNo }) => receiptNo)).size).toBe(500)
    for (const [n, letter] of letters.entries())
      expect(await read(await send(asks[1], letter))).toEqual({ status: 200, text: answers[n]?.[0]?.text })
    expect(await counts(databases[0])).toEqual({ inquiries: 500, receipts: 500, events: 500 })
  })

  it('answers a retry of what it would not take any more with the receipt, and other bytes of that kind not', async () => {
    const database = await store.open()
    const taken = freeze()
    // As an earlier release may have taken it: this one knows no such version.
    const old = freeze({ schemaVersion: 0, trackingKey: taken.trackingKey })
    const inquiry = v.parse(InquirySchema, JSON.parse(new TextDecoder().decode(taken.bytes)))
    const digest = old.headers['Content-Digest'] ?? ''
    const sent = { submissionId: old.submissionId, bytes: old.bytes, digest }
    const reception = await receiveInquiry(database, { ...sent, inquiry }, NOW)
    const { ask } = anApp(database)
    expect(await read(await send(ask, old))).toEqual({ status: 200, text: 'receipt' in reception && reception.receipt })
    const stores = { database, attachments: fileStore(join(temporaryFolder(), 'attachments')) }
    const exported = { contentDigest: digest, body: new TextDecoder().decode(old.bytes) }
    expect(await takeUnsent(stores, old.submissionId, exported, NOW)).toMatchObject({ outcome: 'repeated' })
    const other = { ...freeze({ schemaVersion: 0 }), submissionId: old.submissionId }
    expect((await send(ask, other)).status).toBe(422)
    expect((await send(ask, freeze({ schemaVersion: 0 }))).status).toBe(422)
  })

  it('answers a retry with the same bytes as the first answer, after days and after a withdrawal', async () => {
    const database = await store.open()
    const letter = freeze()
    const first = await read(await send(anApp(database).ask, letter))
    const { ask } = anApp(database, { now: () => NOW + 5 * 86_400_000 })
    expect(await read(await send(ask, letter))).toEqual({ status: 200, text: first.text })
    await ask(`/api/inquiries/${letter.submissionId}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${letter.trackingKey}` },
    })
    expect(await read(await send(ask, letter))).toEqual({ status: 200, text: first.text })
  })

  it('refuses other bytes under an id that is taken, and keeps the first', async () => {
    const database = await store.open()
    const { ask } = anApp(database)
    const letter = freeze()
    await send(ask, letter)
    const other = { ...freeze(), submissionId: letter.submissionId }
    expect((await send(ask, other)).status).toBe(409)
    const upperCase = { ...letter, submissionId: letter.submissionId.toUpperCase() }
    expect((await send(ask, upperCase)).status).toBe(200)
    expect(await counts(database)).toEqual({ inquiries: 1, receipts: 1, events: 1 })
  })

  it('keeps one of two different inquiries that race for the same id', async () => {
    const databases = [await store.open(), await store.open()] as const
    for (let round = 0; round < 20; round++) {
      const submissionId = randomUUID()
      const statuses = await Promise.all(
        databases.map(async (database) => (await send(anApp(database).ask, { ...freeze(), submissionId })).status),
      )
      expect(statuses.sort()).toEqual([201, 409])
    }
  })
})

async function read(response: Response): Promise<{ status: number; text: string }> {
  return { status: response.status, text: await response.text() }
}

async function counts({ db }: Database) {
  const count = async (table: 'inquiry' | 'receipt' | 'inquiry_event') =>
    (await db.selectFrom(table).select('submission_id').execute()).length
  return { inquiries: await count('inquiry'), receipts: await count('receipt'), events: await count('inquiry_event') }
}
