import { type Depth, DEPTHS } from '#domain/content-wish.ts'
import type { Sizes } from '#replica/bringing.ts'
import { computed, ref, watch } from 'vue'
import { byteSize } from '../../format.ts'
import { useStorageWords } from '../../locales/storage-words.ts'
import { usePhone } from '../../phone.ts'
import { useContentState } from '../../composables/record.ts'

/** What the index of the search takes, of the bytes of the texts: 39 MB with 55 MB of 10,000 records. Of lists alone it is next to nothing. */
const INDEX_SHARE = 0.7

/** What each depth comes to, the index with it, of the content as it is now and of the last contact; a size is shown where all of it is known. */
export function useDepthSizes() {
  const { t } = useStorageWords()
  const phone = usePhone()
  const content = useContentState()
  const sizes = ref<Sizes>()

  watch(
    [() => phone.replica, () => content.value.version, () => content.value.syncedAt],
    async ([replica]) => {
      // What was known stays where the phone does not answer.
      sizes.value = (await replica?.sizes().catch(() => undefined)) ?? sizes.value
    },
    { immediate: !import.meta.env.SSR },
  )

  const bytes = computed((): Partial<Record<Depth, number>> => {
    const { lists, texts, files } = sizes.value ?? {}
    if (lists === undefined || files === undefined || !texts?.count) return {}
    const searchable = lists + texts.bytes * (1 + INDEX_SHARE)
    return { titles: lists, texts: searchable, everything: searchable + files.bytes }
  })
  const options = computed(() =>
    DEPTHS.map((value) => {
      const name = t(`storage.depths.${value}`)
      const size = bytes.value[value]
      if (size === undefined) return { value, label: name }
      const isAtLeast = value === 'everything' && unknown.value > 0
      return { value, label: t(isAtLeast ? 'storage.sizedAtLeast' : 'storage.sized', { name, size: byteSize(size) }) }
    }),
  )
  /** Pictures and files of which it is not known. */
  const unknown = computed(() => sizes.value?.unknown ?? 0)
  return { options, unknown }
}
