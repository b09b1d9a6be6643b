import type { RecordKind } from '#domain/record/kind.ts'
import { useSelection } from './selection.ts'

const MOST = 3

/** Rows of a kind for the front page. Real ones first: invented content never pushes them off it. */
export function useFrontRows(kind: RecordKind) {
  const { value: rows, presence } = useSelection(
    () => kind,
    () => `home/${kind}`,
    (items) => [...items].sort((a, b) => Number(a.sample) - Number(b.sample)).slice(0, MOST),
    'enough',
  )
  return { kind, rows, presence }
}
