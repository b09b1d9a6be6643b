import { article, park } from '../records.ts'
import type { Write } from './steps.ts'

/** The id of one of the few records. */
export const idOf = (id: number): string => `r${id}`

/** What a write puts: a record of today's, or one that only a newer app can read. */
export function recordOf({ id, title, as }: Extract<Write, { do: 'put' }>): Record<string, unknown> {
  switch (as) {
    case 'article':
      return article(idOf(id), `文 ${title}`)
    case 'park':
      return park(idOf(id), `园 ${title}`)
    case 'newKind':
      return { id: idOf(id), kind: 'hologram', depth: title }
    case 'newField':
      return { ...article(idOf(id), `新 ${title}`), region: { planet: 'Mars' }, depth: title }
  }
}
