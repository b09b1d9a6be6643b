import * as v from 'valibot'
import { RecordId } from '../record/common.ts'
import { RECORD_KINDS } from '../record/kind.ts'
import { line } from '../text.ts'

/* Apart from the forms: the service worker, which sends what is frozen already, carries none of their fields. */

/** Names a request for ever: a UUID that the phone has minted. */
export const SubmissionId = v.pipe(v.string(), v.uuid('id.format'), v.toLowerCase())

/** What the request is about: the record from whose page it was sent. */
export const SubjectSchema = v.object({ kind: v.picklist(RECORD_KINDS), id: RecordId, title: line(200) })
export type Subject = v.InferOutput<typeof SubjectSchema>
