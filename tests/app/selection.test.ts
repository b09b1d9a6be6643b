import { ANSWERS, broughtAnswers } from '#app/answers.ts'
import { useSelection } from '#app/composables/selection.ts'
import { PHONE, type Phone } from '#app/phone.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import type { Listing } from '#replica/catalogue.ts'
import type { ReplicaState } from '#replica/replica-state.ts'
import { expect, test } from 'vitest'
import { nextTick } from 'vue'
import { mounted } from '../support/mounted.ts'
import { toldLive } from '../support/told-live.ts'

const article = (id: string) => ({ id, kind: 'article', title: id }) as ListItem<'article'>
const VERSION = { epoch: 'e', version: 1, changedAt: 0 }
const NO_COPY: Listing<'article'> = { items: [], isComplete: true, hasCopy: false }
const whole = (...ids: string[]): Listing<'article'> => ({ items: ids.map(article), isComplete: true, hasCopy: true })
const WITHOUT: ReplicaState = { ready: false, version: 0, syncing: true }
const READY: ReplicaState = { ready: true, version: 1, syncing: false }

interface Given {
  newest: 'enough' | 'notEnough'
  listing: Listing<'article'>
  state: ReplicaState
  /** Came with the page. */
  brought?: string[]
}

function selectionOf({ newest, listing, state, brought }: Given) {
  const [list, states] = [toldLive(listing), toldLive(state)]
  const { given } = mounted(
    () =>
      useSelection(
        () => 'article',
        () => 'titles',
        (items) => items.map(({ title }) => title),
        newest,
      ),
    (app) => {
      const content = { list: () => list.live, state: () => states.live }
      app.provide(PHONE, { content } as unknown as Phone)
      app.provide(
        ANSWERS,
        broughtAnswers(brought && { content: VERSION, today: '2026-11-24', answers: { titles: brought } }),
      )
    },
  )
  return { ...given, list, states }
}

test.each(['enough', 'notEnough'] as const)(
  'no list of a copy that comes again is called empty before it has been read (newest: %s)',
  async (newest) => {
    const { value, presence, list, states } = selectionOf({
      newest,
      listing: whole('a'),
      state: READY,
      brought: ['before'],
    })
    await nextTick()
    expect([presence.value, value.value]).toEqual(['found', ['a']])
    list.tell(NO_COPY)
    // One small transaction makes the copy ready, in whichever order the two are heard of; its lists are still being read.
    for (const state of [READY, WITHOUT, READY]) {
      states.tell(state)
      await nextTick()
      expect([presence.value, value.value]).toEqual(['waiting', undefined])
    }
    list.tell(whole())
    await nextTick()
    expect([presence.value, value.value]).toEqual(['found', []])
  },
)

test('where there is no copy and the server is out of reach that is said, not waited for', async () => {
  const { presence, states } = selectionOf({ newest: 'enough', listing: NO_COPY, state: WITHOUT })
  await nextTick()
  expect(presence.value).toBe('waiting')
  states.tell({ ready: false, version: 0, syncing: false, problem: 'unreachable' })
  await nextTick()
  expect(presence.value).toBe('empty')
})

test('what came with the page stays while there has been no copy yet', async () => {
  const { value, presence, list } = selectionOf({
    newest: 'notEnough',
    listing: NO_COPY,
    state: WITHOUT,
    brought: ['before'],
  })
  await nextTick()
  expect([presence.value, value.value]).toEqual(['found', ['before']])
  list.tell(whole('a'))
  await nextTick()
  expect(value.value).toEqual(['a'])
})
