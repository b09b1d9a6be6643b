import { expect, it } from 'vitest'
import type { Marker } from '#outbox/platform.ts'
import { drop, freshName, openPhone, request, untilState } from './support/phone.ts'

/** What outlives the database: the browser drops one and keeps the other. */
function aMarker(): Marker {
  let text: string | null = null
  return { read: () => text, write: (next) => void (text = next) }
}

async function submitted(marker: Marker, databaseName = freshName()) {
  const phone = openPhone({ bucket: undefined, marker, databaseName })
  const id = await phone.outbox.submit(request)
  await untilState(phone, id, 'delivered')
  await expect.poll(() => marker.read()).toContain('"requests":1')
  return { phone, id, databaseName }
}

it('is told when the database is gone, until the person knows', async () => {
  const marker = aMarker()
  const { phone, databaseName } = await submitted(marker)
  expect(await phone.mine.wiped()).toBeUndefined()
  phone.close()
  await drop(databaseName)
  const again = openPhone({ bucket: undefined, marker, databaseName })
  expect(await again.mine.wiped()).toEqual({ requests: 1, at: phone.time.at })
  expect(await again.mine.wiped()).toBeDefined()
  again.mine.acceptWiped()
  expect(await again.mine.wiped()).toBeUndefined()
})

it('is still told after something new was submitted', async () => {
  const marker = aMarker()
  const { phone, databaseName } = await submitted(marker)
  phone.close()
  await drop(databaseName)
  const again = openPhone({ bucket: undefined, marker, databaseName })
  again.outbox.start()()
  await expect.poll(() => marker.read()).toContain('missed')
  await untilState(again, await again.outbox.submit(request), 'delivered')
  expect(await again.mine.wiped()).toEqual({ requests: 1, at: phone.time.at })
})

it('is not told of what the person deleted, one by one or all at once', async () => {
  const marker = aMarker()
  const first = await submitted(marker)
  await first.phone.outbox.remove(first.id)
  expect(await first.phone.mine.wiped()).toBeUndefined()
  const second = await submitted(marker, first.databaseName)
  await second.phone.mine.wipe()
  expect(await second.phone.mine.wiped()).toBeUndefined()
})

it.each([
  ['none', undefined],
  [
    'one that refuses',
    {
      read: () => {
        throw new DOMException('no', 'SecurityError')
      },
      write: () => {
        throw new DOMException('no', 'QuotaExceededError')
      },
    },
  ],
  ['one that holds nonsense', { read: () => '{"requests":"many"', write: () => {} }],
])('does no harm where the note is %s', async (_name, marker) => {
  const phone = openPhone({ marker })
  const id = await phone.outbox.submit(request)
  await untilState(phone, id, 'delivered')
  expect(await phone.mine.wiped()).toBeUndefined()
  expect(phone.errors).toEqual([])
})
