import { LIST_PATHS, recordPath } from '#domain/record/kind.ts'
import { LIST_PAGE_SIZE } from '#domain/record/list-item.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import type { RenderedPage } from '#domain/rendering.ts'
import { sharePicturePath } from '../media/share-picture.ts'
import { recordDescription } from './description.ts'
import { pageHead } from './head.ts'
import type { PageStatus } from './page.ts'
import type { PageRequest } from './pages.ts'
import { KIND_NAMES, SITE } from './site.ts'

const SITE_DESCRIPTION = '嘉定招商资讯、项目、政策、园区与房源，没有信号也能看；联系与入驻申请必达一次。'

/** The head of a page that was rendered. */
export function headOf(
  { place, address, origin, content }: PageRequest,
  { title }: RenderedPage,
  status: PageStatus,
  record: ContentRecord | undefined,
): string {
  const items = place.to === 'list' ? content.list(place.kind) : []
  return pageHead({
    origin,
    path: record === undefined ? canonical(place, address, items.length) : recordPath(record),
    title,
    status,
    record,
    ...(record === undefined ? {} : { imagePath: sharePicturePath(record) }),
    description: descriptionOf(place, items.length, title, record),
    sampleOnly: items.length > 0 && items.every(({ sample }) => sample),
    ...(place.to === 'list' && title !== undefined
      ? {
          breadcrumbs: [
            { name: SITE.short, path: '/' },
            { name: title, path: LIST_PATHS[place.kind] },
          ],
        }
      : {}),
  })
}

/** A filtered list shows nothing that the whole one does not, nor does a page after its last: search engines are led to that. */
function canonical(place: PageRequest['place'], address: string, count: number): string {
  if (place.to !== 'list') return address
  const [, page] = /^[^?]*\?page=(\d+)$/.exec(address) ?? []
  const exists = page !== undefined && Number(page) > 1 && Number(page) <= Math.ceil(count / LIST_PAGE_SIZE)
  return exists ? address : LIST_PATHS[place.kind]
}

function descriptionOf(
  place: PageRequest['place'],
  count: number,
  title: string | undefined,
  record: ContentRecord | undefined,
): string {
  if (record !== undefined) return recordDescription(record)
  if (place.to === 'list') return `嘉定区${KIND_NAMES[place.kind]}，共 ${count} 条。${SITE_DESCRIPTION}`
  return title === undefined ? SITE_DESCRIPTION : `${title}。${SITE_DESCRIPTION}`
}
