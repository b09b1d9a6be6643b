import type { ContentRecord } from '#domain/record/record.ts'
import type { Bookmark } from '#outbox/rows.ts'
import { useMine, usePhone } from '../phone.ts'
import { useLive } from './live.ts'

/** 收藏: what the person keeps a finger on, newest first. */
export function useBookmarks() {
  const phone = usePhone()
  const mine = useMine()
  const { value, settled, failure } = useLive<Bookmark[]>(() => phone.mine?.bookmarks.live(), [])
  const toggle = async (record: Pick<ContentRecord, 'kind' | 'id' | 'title'>) =>
    (await mine()).bookmarks.toggle(record.kind, record.id, record.title)
  return { bookmarks: value, settled, failure, toggle }
}
