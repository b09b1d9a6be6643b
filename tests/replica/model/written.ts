import { article, park } from '../records.ts'
import type { Write } from './steps.ts'

/** The id of one of the few records. */
export const idOf = (id: number): string => `r${id}`

/** One of so many bodies: some records have the same, and some get one again that they had before. */
const BODIES = 40
/** What they all have in common: so long that an edit of one is much shorter. */
const COMMON = '标准厂房，独立产权，双回路供电，可以分割出租，随时看房。'.repeat(10)

function bodyOf(title: number) {
  return { body: [`正文 ${title % BODIES}`, COMMON].map((text) => ({ type: 'paragraph', text: [{ text }] })) }
}

/** What a write puts: a record of today's, or one that only a newer app can read. */
export function recordOf({ id, title, as }: Extract<Write, { do: 'put' }>): Record<string, unknown> {
  switch (as) {
    case 'article':
      return { ...article(idOf(id), `文 ${title}`), ...bodyOf(title) }
    case 'park':
      return { ...park(idOf(id), `园 ${title}`), ...bodyOf(title) }
    case 'newKind':
      return { id: idOf(id), kind: 'hologram', depth: title }
    case 'newField':
      return { ...article(idOf(id), `新 ${title}`), region: { planet: 'Mars' }, depth: title }
  }
}
