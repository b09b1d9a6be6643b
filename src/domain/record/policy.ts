import * as v from 'valibot'
import { IsoDate, line } from '../text.ts'
import { commonFields, OfficeContactSchema, positive, RecordId } from './common.ts'
import { DOC_TYPES } from './terms.ts'

const POLICY_LEVELS = ['国家', '市', '区', '镇'] as const
const POLICY_STATUSES = ['现行有效', '已废止', '已失效', '未标注'] as const

/** Who a policy is for. An absent field means the text sets no such limit, or is not known. */
const ApplicabilitySchema = v.object({
  industries: v.optional(v.array(line(60))),
  regions: v.optional(v.array(line(60))),
  scale: v.optional(line(200)),
  qualifications: v.optional(v.array(line(200))),
})

/** 优惠政策: a policy document. `validTo` is never guessed: absent is shown as 未标注. */
export const PolicySchema = v.object({
  ...commonFields,
  kind: v.literal('policy'),
  docType: v.picklist(DOC_TYPES),
  /** 文号 */
  documentNo: v.optional(line(80)),
  issuer: v.optional(line(120)),
  level: v.optional(v.picklist(POLICY_LEVELS)),
  effectiveFrom: v.optional(IsoDate),
  validTo: v.optional(IsoDate),
  status: v.optional(v.picklist(POLICY_STATUSES)),
  /** Id of the record that this one replaces. */
  supersedes: v.optional(RecordId),
  applicability: v.optional(ApplicabilitySchema),
  /** Most that one applicant can receive, in 万元. */
  supportMax: v.optional(positive),
  steps: v.optional(v.array(line(400))),
  materials: v.optional(v.array(line(400))),
  contact: v.optional(OfficeContactSchema),
})
export type Policy = v.InferOutput<typeof PolicySchema>
