import * as v from 'valibot'
import { expect, it } from 'vitest'
import { contentDigest } from '#domain/digest.ts'
import { makeReceiptNo, type Receipt, RECEIPT_HEADER, ReceiptSchema } from '#domain/inquiry/receipt.ts'
import type { Database } from '#server/db/database.ts'
import { issueReceipts } from '#server/inquiries/receipts.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze, type FrozenInquiry } from '../support/letter.ts'
import { anApp } from './an-app.ts'
import { NOW } from './samples.ts'

const LATER = NOW + 10 * 86_400_000

onEachDatabase('receipts', (store) => {
  const send = async (database: Database, letter: FrozenInquiry, at = NOW, shown?: string) => {
    const headers = { ...letter.headers, ...(shown === undefined ? {} : { [RECEIPT_HEADER]: shown }) }
    const init = { method: 'PUT', headers, body: letter.bytes }
    const answer = await anApp(database, { now: () => at }).ask(`/api/inquiries/${letter.submissionId}`, init)
    const text = await answer.text()
    return { status: answer.status, text, receipt: v.parse(ReceiptSchema, JSON.parse(text)) }
  }

  it('never collide: a number that is taken is passed over', async () => {
    const database = await store.open()
    const [first, second] = [freeze(), freeze()]
    const { receipt } = await send(database, first)
    const free = makeReceiptNo([1, 2, 3, 4, 5, 6, 7])
    await send(database, second)
    await database.db.deleteFrom('receipt').where('submission_id', '=', second.submissionId).execute()
    const taken = receipt.receiptNo
    const draft = { ...receipt, submissionId: second.submissionId, numbers: inTurn(taken, taken, free) }
    const issued = await database.db.transaction().execute((trx) => issueReceipts(trx, 'c2VjcmV0', [draft]))
    const text = issued.get(second.submissionId) ?? ''
    expect(v.parse(ReceiptSchema, JSON.parse(text)).receiptNo).toBe(free)
    expect(await send(database, first)).toMatchObject({ status: 200, receipt })
    expect((await send(database, second)).text).toBe(text)
  })

  it('never collide within a group: the second to draw a number draws again', async () => {
    const database = await store.open()
    const letters = [freeze(), freeze()]
    const { receipt } = await Promise.all(letters.map((letter) => send(database, letter))).then(([first]) => first!)
    await database.db.deleteFrom('receipt').execute()
    const [one, other] = [1, 2].map((n) => makeReceiptNo([n, n, n, n, n, n, n])) as [string, string]
    const drafts = letters.map(({ submissionId }) => ({ ...receipt, submissionId, numbers: inTurn(one, other) }))
    const issued = await database.db.transaction().execute((trx) => issueReceipts(trx, 'c2VjcmV0', drafts))
    const numbers = letters.map(
      ({ submissionId }) => v.parse(ReceiptSchema, JSON.parse(issued.get(submissionId) ?? '')).receiptNo,
    )
    expect(numbers).toEqual([one, other])
  })

  it('come back byte for byte when they are shown to a server that was restored without them', async () => {
    const database = await store.open()
    const letter = freeze({ parts: [] })
    const { text } = await send(database, letter)
    await forget(database)
    expect(await send(database, letter, LATER, shown(text))).toMatchObject({ status: 201, text })
    expect(await send(database, letter, LATER)).toMatchObject({ status: 200, text })
    const row = await database.db.selectFrom('inquiry').selectAll().executeTakeFirstOrThrow()
    expect([row.received_at, new Date(row.reply_due_at).toISOString()]).toEqual([NOW, '2026-11-23T10:00:00.000Z'])
    const event = await database.db.selectFrom('inquiry_event').select('at').executeTakeFirstOrThrow()
    expect(event.at).toBe(NOW)
  })

  it('come back once however many processes are shown them at once', async () => {
    const databases = [await store.open(), await store.open()] as const
    const letter = freeze()
    const { text } = await send(databases[0], letter)
    await forget(databases[0])
    const again = await Promise.all([...databases, ...databases].map((one) => send(one, letter, LATER, shown(text))))
    expect(again.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
    for (const one of again) expect(one.text).toBe(text)
  })

  it.each<[string, (receipt: Receipt) => string]>([
    ['is no receipt', () => 'nonsense'],
    ['is no JSON', () => Buffer.from('{').toString('base64url')],
    ['is too long', (receipt) => shown(JSON.stringify(receipt) + ' '.repeat(5000))],
    ['has no proof', ({ proof: _proof, ...rest }) => shown(JSON.stringify(rest))],
    ['has a wrong proof', (receipt) => shown(JSON.stringify({ ...receipt, proof: 'A'.repeat(43) }))],
    [
      'says an earlier time',
      (receipt) => shown(JSON.stringify({ ...receipt, receivedAt: '2026-01-01T00:00:00.000Z' })),
    ],
    ['says another number', (receipt) => shown(JSON.stringify({ ...receipt, receiptNo: 'LD-2222-2222' }))],
    ['is of other bytes', (receipt) => shown(JSON.stringify({ ...receipt, digest: contentDigest(new Uint8Array()) }))],
  ])('are made anew when what is shown %s', async (_what, show) => {
    const database = await store.open()
    const letter = freeze()
    const { receipt } = await send(database, letter)
    await forget(database)
    const again = await send(database, letter, LATER, show(receipt))
    expect(again.status).toBe(201)
    expect(again.receipt.receiptNo).not.toBe(receipt.receiptNo)
    expect(again.receipt.receivedAt).toBe(new Date(LATER).toISOString())
  })

  it('are made anew when the number was given to another inquiry meanwhile', async () => {
    const database = await store.open()
    const letter = freeze()
    const { text, receipt } = await send(database, letter)
    await forget(database)
    const other = freeze()
    await send(database, other)
    await database.db
      .updateTable('receipt')
      .set({ receipt_no: receipt.receiptNo })
      .where('submission_id', '=', other.submissionId)
      .execute()
    const again = await send(database, letter, LATER, shown(text))
    expect(again.status).toBe(201)
    expect(again.receipt.receiptNo).not.toBe(receipt.receiptNo)
    expect(again.receipt.receivedAt).toBe(new Date(LATER).toISOString())
  })

  it('change nothing about an inquiry that is stored, whatever is shown with it', async () => {
    const database = await store.open()
    const letter = freeze()
    const { text, receipt } = await send(database, letter)
    const forged = shown(JSON.stringify({ ...receipt, receiptNo: 'LD-2222-2222' }))
    for (const what of [forged, 'nonsense', shown(text)])
      expect(await send(database, letter, LATER, what)).toMatchObject({ status: 200, text })
  })
})

function* inTurn(...numbers: string[]): Generator<string, never> {
  yield* numbers
  throw new Error('Another number was asked for')
}

const shown = (receipt: string) => Buffer.from(receipt).toString('base64url')

/** The database as an old backup has it. */
async function forget({ db }: Database): Promise<void> {
  for (const table of ['part_chunk', 'part', 'inquiry_event', 'receipt', 'inquiry'] as const)
    await db.deleteFrom(table).execute()
}
