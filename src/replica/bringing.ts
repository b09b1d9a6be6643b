import type { FileRef } from '#domain/feed-v2.ts'

/**
 * Why nothing is being brought, or `bringing`, or `done`: everything wanted is here. `unreachable`: something could not be had, and is
 * tried again with the next sync, which is soon.
 */
export type BringingState = 'bringing' | 'done' | 'paused' | 'savesData' | 'full' | 'unreachable'

/** A share of something, in pieces and in bytes; of files whose size is not known the bytes are left out. */
export interface Share {
  count: number
  bytes: number
}

/** How far the phone has come with what is wanted. */
export interface Progress {
  state: BringingState
  texts: { here: Share; wanted: Share }
  files: { here: Share; wanted: Share }
  /** How many texts came because somebody opened them. */
  opened: number
  /** Whether what was too much for a choice has gone. */
  isTidy: boolean
}

/** What each depth comes to for the content as it is now, on the phone, before it is packed by the browser. */
export interface Sizes {
  /** The lists as they travelled at the last contact, unpacked, bytes; undefined before the first. */
  lists: number | undefined
  texts: Share
  files: Share
  /** Files whose size the feed does not say. */
  unknown: number
}

/** What listens to progress, and tells when something could not be had, and whether some has come since it told that. */
export function onUnreachable(progress: { get(): Progress }, tell: (hasCome: boolean) => void): () => void {
  let had = -1
  return () => {
    const { state, texts, files } = progress.get()
    if (state !== 'unreachable') return
    const has = texts.here.count + files.here.count
    tell(has > had)
    had = has
  }
}

/** Whether the browser was told to save data; not every one says, and outside a browser there is none. */
export function savesData(): boolean {
  const { navigator } = globalThis as { navigator?: { connection?: { saveData?: boolean } } }
  return navigator?.connection?.saveData === true
}

/** Adds up; what does not say its size counts, and weighs nothing. */
export function shareOf(pieces: Iterable<{ bytes?: number | undefined }>): Share {
  const share = { count: 0, bytes: 0 }
  for (const { bytes = 0 } of pieces) {
    share.count += 1
    share.bytes += bytes
  }
  return share
}

/** Pictures and attachments of records, each once. */
export function distinctFiles(rows: readonly { files: FileRef[] }[]): FileRef[] {
  return [...new Map(rows.flatMap(({ files }) => files.map((file) => [file.path, file]))).values()]
}
