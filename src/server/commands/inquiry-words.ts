import { OFFICER_STATES, type OfficerState } from '#domain/inquiry/status.ts'

/** English words for the states, for keyboards without Chinese input. */
const ALIASES: Readonly<Record<string, OfficerState>> = {
  accepted: '已受理',
  contacted: '已联系',
  visiting: '考察',
  negotiating: '洽谈',
  signed: '签约',
  closed: '结束',
}

/** How the states can be written, for messages. */
export const STATE_WORDS = Object.entries(ALIASES)
  .map(([alias, state]) => `${state}（${alias}）`)
  .join('、')

/** The state somebody means, in Chinese or by its English word; undefined when an officer cannot set it. */
export function parseState(word: string): OfficerState | undefined {
  return OFFICER_STATES.find((state) => state === word) ?? ALIASES[word.toLowerCase()]
}
