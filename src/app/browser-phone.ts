import type { Mine } from '#outbox/mine.ts'
import { shallowReactive } from 'vue'
import type { Answers } from './answers.ts'
import { pause } from './in-turn.ts'
import type { Phone } from './phone.ts'

/**
 * The phone in a browser: its code is loaded when somebody first asks for it.
 * @param answers what came with the page
 */
export function browserPhone(answers: Answers): Phone {
  let opening: Promise<Mine> | undefined

  async function open(): Promise<Mine> {
    try {
      // The libraries first, and alone: on a slow phone each of them holds up a finger for a moment.
      if (answers.page !== undefined) {
        await import('#replica/database.ts')
        await pause()
        await import('#domain/feed.ts')
        await pause()
      }
      const { openPhone } = await import('./open-phone.ts')
      return await openPhone(phone, answers)
    } catch (error) {
      // The code could not be had: whoever asks next tries again.
      opening = undefined
      throw error
    }
  }

  const phone = shallowReactive<Phone>({
    content: undefined,
    replica: undefined,
    mine: undefined,
    wish: undefined,
    unkept: undefined,
    search: undefined,
    indexing: undefined,
    opened: () => (opening ??= open()),
  })
  return phone
}
