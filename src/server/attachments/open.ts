import { join } from 'node:path'
import { fileStore } from './file-store.ts'
import { type S3Settings, s3Store } from './s3-store.ts'
import type { AttachmentStore } from './store.ts'

/** Files lie here, below DATA_DIR. */
const FOLDER = 'attachments'

/**
 * Opens the place of the attachments: the bucket that the settings name, or a folder in `dataDir`.
 * @param settings `keepFree` bytes of the folder's file system are left to the requests themselves
 * @throws DataDirError when the folder cannot be used
 */
export function openAttachments(settings: { dataDir: string; keepFree: number; s3?: S3Settings }): AttachmentStore {
  return settings.s3 === undefined ? fileStore(join(settings.dataDir, FOLDER), settings.keepFree) : s3Store(settings.s3)
}
