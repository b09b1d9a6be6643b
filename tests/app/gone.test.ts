import { useGone } from '#app/composables/gone.ts'
import { PHONE, type Phone } from '#app/phone.ts'
import type { Live } from '#domain/live.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { OnPhone } from '#replica/on-phone.ts'
import type { ReplicaState } from '#replica/replica-state.ts'
import { expect, test } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { mounted } from '../support/mounted.ts'
import { toldLive } from '../support/told-live.ts'

const item = (id: string) => ({ id, kind: 'article', title: id }) as ListItem
const settled = () => new Promise((resolve) => setTimeout(resolve))

function goneOf(onPhone: Live<OnPhone | undefined>, copy: Partial<ReplicaState> = {}) {
  const items = shallowRef([item('a'), item('b')])
  const state = toldLive<ReplicaState>({ ready: true, version: 1, syncing: false, ...copy })
  const { given: gone } = mounted(
    () =>
      useGone(
        () => items.value,
        () => '/articles',
      ),
    (app) => app.provide(PHONE, { content: { onPhone: () => onPhone, state: () => state.live } } as unknown as Phone),
  )
  const show = async (...ids: string[]) => {
    items.value = ids.map(item)
    await nextTick()
    await settled()
    return gone.value.map(({ id }) => id)
  }
  return { show }
}

test('what is withdrawn, published again and withdrawn again is named once', async () => {
  const { show } = goneOf(toldLive<OnPhone | undefined>(undefined).live)
  expect(await show('b')).toEqual(['a'])
  expect(await show('a', 'b')).toEqual([])
  expect(await show('b')).toEqual(['a'])
  expect(await show()).toEqual(['a', 'b'])
})

test('of what the phone cannot look up nothing is said, and it is followed no longer', async () => {
  let following = 0
  const { show } = goneOf({
    subscribe(_listener, fail) {
      following += 1
      fail(new Error('gone'))
      return () => void (following -= 1)
    },
  })
  expect(await show('b')).toEqual([])
  expect(following).toBe(0)
})

test('what a copy lacks that is still on its way to the head is not named', async () => {
  const { show } = goneOf(toldLive<OnPhone | undefined>(undefined).live, { isBehind: true, syncing: true })
  expect(await show('b')).toEqual([])
})
