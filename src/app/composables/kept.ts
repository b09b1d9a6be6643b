import type { ContentRecord } from '#domain/record/record.ts'
import { onMounted, ref, type Ref, watch } from 'vue'

/** Files of this site that a record shows: their text is in the replica, they are in the Cache API. */
function ownFiles(record: ContentRecord): string[] {
  const inBody = (record.body ?? []).flatMap((block) => (block.type === 'image' ? [block.image.src] : []))
  const files = [...record.images.map((image) => image.src), ...inBody, ...record.attachments.map((file) => file.url)]
  return [...new Set(files.filter((file) => file.startsWith('/')))]
}

async function allCached(files: string[]): Promise<boolean> {
  if (files.length === 0) return true
  if (!('caches' in window)) return false
  const found = await Promise.all(files.map((file) => caches.match(file)))
  return found.every((response) => response !== undefined)
}

/** Whether everything of a record is on this phone: its text, which came from here, and each picture and file, looked up. */
export function useKept(record: () => ContentRecord | undefined): Readonly<Ref<boolean>> {
  const kept = ref(false)
  const look = async (current: ContentRecord | undefined) => {
    const all = current !== undefined && (await allCached(ownFiles(current)).catch(() => false))
    if (record() === current) kept.value = all
  }
  onMounted(() => watch(record, look, { immediate: true }))
  return kept
}
