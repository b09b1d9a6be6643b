import { describe, expect, it } from 'vitest'
import { sha256Hex } from '#domain/digest.ts'
import { RECEIPT_HEADER } from '#domain/inquiry/receipt.ts'
import { KEEP_BYTES } from '#outbox/settled-bytes.ts'
import { add, BIG, held, photo } from './support/files.ts'
import { entryOf, openPhone, rawRows, request, untilState } from './support/phone.ts'
import { portal, problem } from './support/server.ts'

describe('a server restored from an old backup', () => {
  it('that has lost a request is given it again, with its files and under its number', async () => {
    const phone = openPhone()
    await add(phone, BIG)
    const id = await phone.outbox.submit(request)
    const { receipt } = await untilState(phone, id, 'delivered')
    phone.server.rows.clear()
    await phone.outbox.refresh()
    expect(await entryOf(phone, id)).toMatchObject({ state: 'unsent', receipt })
    await phone.outbox.sendNow()
    expect(await entryOf(phone, id)).toMatchObject({ state: 'delivered', receipt })
    expect(held(phone, id)).toEqual([sha256Hex(BIG)])
  })

  it('that cannot take the number back gives another, and the one before stays to be seen', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    const { receipt: first } = await untilState(phone, id, 'delivered')
    phone.server.rows.clear()
    phone.server.weather = (seen, handle) => {
      // As a server that never signed such a receipt.
      seen.headers.delete(RECEIPT_HEADER)
      return handle()
    }
    await phone.outbox.refresh()
    await phone.outbox.sendNow()
    const entry = await untilState(phone, id, 'delivered')
    expect(entry.receipt).toEqual(phone.server.rows.get(id)?.receipt)
    expect(entry.receipt?.receiptNo).not.toBe(first?.receiptNo)
    expect(entry.earlierReceiptNos).toEqual([first?.receiptNo])
  })

  it('that has lost only a file is given that', async () => {
    const phone = openPhone()
    await add(phone, BIG)
    await add(phone, photo(10, 2))
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    phone.server.rows.get(id)?.parts.delete(sha256Hex(BIG))
    const puts = phone.server.puts().length
    await phone.outbox.refresh()
    expect(await entryOf(phone, id)).toMatchObject({ state: 'attaching', partsLeft: 1 })
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.state).toBe('delivered')
    expect(held(phone, id)).toHaveLength(2)
    expect(phone.server.puts()).toHaveLength(puts)
  })

  it.each(['the request', 'a file of it'])(
    'that has lost %s whose files are no longer kept is known to lack them, until it has them again',
    async (what) => {
      const phone = openPhone()
      await add(phone)
      const id = await phone.outbox.submit(request)
      await untilState(phone, id, 'delivered')
      phone.time.pass(KEEP_BYTES + 2 * 60 * 60_000)
      const stop = phone.outbox.start()
      await expect.poll(() => rawRows(phone.databaseName, 'attachmentBytes')).toEqual([])
      stop()
      if (what === 'the request') phone.server.rows.clear()
      else phone.server.rows.get(id)?.parts.clear()
      await phone.outbox.refresh()
      await phone.outbox.sendNow()
      const lacking = { state: 'delivered', partsLeft: 0, partsGone: [{ name: '现场.jpg' }] }
      expect(await entryOf(phone, id)).toMatchObject(lacking)
      await phone.outbox.refresh()
      expect(await entryOf(phone, id)).toMatchObject(lacking)
      // Somebody has given it to the server in another way.
      phone.server.rows.get(id)?.parts.set(sha256Hex(photo()), photo())
      await phone.outbox.refresh()
      expect(await entryOf(phone, id)).toMatchObject({ state: 'delivered', partsGone: [] })
    },
  )

  it('is not believed to have lost anything by a page that is not its own', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    for (const answer of [() => portal(404), () => problem(404, '别处的 404')]) {
      phone.server.faults = [answer]
      await phone.outbox.refresh()
      expect((await entryOf(phone, id))?.state).toBe('delivered')
    }
  })
})
