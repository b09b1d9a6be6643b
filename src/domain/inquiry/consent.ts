import * as v from 'valibot'
import { IsoInstant, line, Sha256Hex } from '../text.ts'

/** What the person may agree to. Answering is needed for any request; handing on to a park has a tick of its own. */
const PURPOSES = ['答复咨询', '对接入驻', '转交园区'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Consent to one version of the notice (个人信息保护法 arts. 14, 17, 23). */
export const ConsentSchema = v.object(
  {
    noticeVersion: line(40),
    noticeSha256: Sha256Hex,
    purposes: v.pipe(v.array(v.picklist(PURPOSES)), v.minLength(1, 'consent.required')),
    /** When it was given, by the phone's clock. */
    givenAt: IsoInstant,
  },
  'consent.required',
)
export type Consent = v.InferOutput<typeof ConsentSchema>
