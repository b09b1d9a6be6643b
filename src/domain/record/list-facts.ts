import * as v from 'valibot'
import type { Put } from '../feed-v2.ts'
import { isTitleOnly } from './list-item.ts'
import { ownFiles } from './own-files.ts'
import { ContentRecordSchema } from './record.ts'

/** What a list says of a record beside its own fields. Of one that this release cannot read nothing is known, and it holds up no other. */
export function listFacts(record: unknown): Pick<Put, 'files' | 'titleOnly'> {
  const { success, output } = v.safeParse(ContentRecordSchema, record)
  return success ? { files: ownFiles(output), titleOnly: isTitleOnly(output) } : { files: [], titleOnly: false }
}
