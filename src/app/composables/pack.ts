import type { ContentRecord } from '#domain/record/record.ts'
import type { Stop } from '#outbox/rows.ts'
import { useMine, usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** 考察包: the stops of a site visit, in order. */
export function usePack() {
  const phone = usePhone()
  const mine = useMine()
  const { value, settled, failure } = useLive<Stop[]>(() => phone.mine?.pack.live(), [])
  return {
    stops: value,
    settled,
    failure,
    add: async (record: Pick<ContentRecord, 'kind' | 'id' | 'title'>) =>
      (await mine()).pack.add(record.kind, record.id, record.title),
    remove: async (id: string) => (await mine()).pack.remove(id),
    move: async (id: string, toIndex: number) => (await mine()).pack.move(id, toIndex),
    note: async (id: string, text: string) => (await mine()).pack.note(id, text),
  }
}
