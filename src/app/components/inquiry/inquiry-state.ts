import type { OutboxEntry } from '#outbox/entry.ts'
import type { Translate } from '../../locales/locale.ts'

/** How a request's state is coloured: amber waits, green arrived, red needs the person. */
export function toneOf(entry: OutboxEntry): 'wait' | 'ok' | 'stop' | 'plain' {
  switch (entry.state) {
    case 'unsent':
    case 'sending':
    case 'attaching':
    case 'withdrawing':
      return 'wait'
    case 'refused':
      return 'stop'
    case 'withdrawn':
      return 'plain'
    case 'delivered':
      return entry.partsGone.length === 0 ? 'ok' : 'stop'
  }
}

/** A request's state in words. A delivered one shows how far the officer has come with it. */
export function stateText(entry: OutboxEntry, t: Translate): string {
  if (entry.state === 'delivered') return t(`words.${entry.status?.state ?? '已送达'}`)
  return t(`inquiry.states.${entry.state}`)
}
