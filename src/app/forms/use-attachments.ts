import { MAX_PARTS_BYTES, partTypeOf, SIGNATURE_BYTES } from '#domain/inquiry/parts.ts'
import type { Attachment } from '#outbox/attachments.ts'
import { AttachmentError, StorageFailedError } from '#outbox/errors.ts'
import { onBeforeUnmount, onMounted, ref } from 'vue'
import { useLive } from '../composables/live.ts'
import { useMine, usePhone } from '../phone.ts'
import { useUnsaved } from '../stores/unsaved.ts'
import { shrinkPicture } from './shrink-picture.ts'
import { useForm } from './use-inquiry-form.ts'

/** Why a file was not added. */
export type NotAddedReason = AttachmentError['reason'] | StorageFailedError['reason'] | 'unreadable'

/**
 * The files of a form that is being filled in. Each is on disk as soon as it stands in `files`.
 * @param draftKey of the form
 */
export function useAttachments(draftKey: () => string) {
  const phone = usePhone()
  const mine = useMine()
  const unsaved = useUnsaved()
  const { attached, beforeSubmit } = useForm()
  const { value: files } = useLive<Attachment[]>(() => phone.mine?.attachments.ofDraft(draftKey()), [])
  const notAdded = ref<{ name: string; reason: NotAddedReason }[]>([])
  /** Pictures that cannot be made smaller here: the person decides. */
  const asking = ref<File[]>([])
  const undecided = ref(false)
  const adding = ref(0)
  // One after another: a phone has not the memory for ten photographs at once.
  let work = Promise.resolve()

  function add(chosen: readonly File[], asIs: boolean): void {
    notAdded.value = []
    adding.value += chosen.length
    for (const file of chosen) {
      work = work.then(async () => {
        await addOne(file, asIs)
        adding.value -= 1
      })
    }
  }

  async function addOne(file: File, asIs: boolean): Promise<void> {
    try {
      const type = partTypeOf(new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer()))
      if (asIs || type === undefined || type === 'application/pdf') {
        if (file.size > MAX_PARTS_BYTES) throw new AttachmentError(type === undefined ? 'type' : 'tooLarge')
        await store(file.name, file)
        return
      }
      const picture = await shrinkPicture(file)
      if (picture === undefined) asking.value.push(file)
      else await store(`${file.name.replace(/\.[^.]*$/, '')}.${picture.ending}`, picture.data)
    } catch (error) {
      notAdded.value.push({ name: file.name, reason: reasonOf(error) })
    }
  }

  async function store(name: string, blob: Blob): Promise<void> {
    await (await mine()).attachments.add(draftKey(), { name, data: new Uint8Array(await blob.arrayBuffer()) })
    attached.value += 1
  }

  function decide(file: File, attach: boolean): void {
    asking.value = asking.value.filter((asked) => asked !== file)
    undecided.value = false
    if (attach) add([file], true)
  }

  async function remove(id: string): Promise<void> {
    notAdded.value = []
    await (await mine()).attachments.remove(id)
  }

  async function isReady(): Promise<boolean> {
    await work
    undecided.value = asking.value.length > 0
    return !undecided.value
  }
  async function flush(): Promise<void> {
    if (!(await isReady())) throw new Error('A picture waits for a decision')
  }

  onMounted(() => {
    unsaved.hold(flush)
    beforeSubmit.add(isReady)
  })
  onBeforeUnmount(() => {
    unsaved.release(flush)
    beforeSubmit.delete(isReady)
    // What was chosen is added all the same.
    const left = work
    const added = () => left
    unsaved.hold(added)
    void left.then(() => unsaved.release(added))
  })

  return { files, notAdded, asking, undecided, adding, add, decide, remove }
}

function reasonOf(error: unknown): NotAddedReason {
  return error instanceof AttachmentError || error instanceof StorageFailedError ? error.reason : 'unreadable'
}
