import type { DigitalDocument, GovernmentService, Legislation, ServiceChannel, Thing } from 'schema-dts'
import type { Policy } from '#domain/record/policy.ts'
import { recordPath } from '#domain/record/kind.ts'
import { recordDescription } from '../description.ts'
import { addressOf } from '../site.ts'
import { known } from './known.ts'
import { pageAddress, partId, type RecordPage, writtenWork } from './record-page.ts'
import { administrativeArea } from './place.ts'

const YUAN_PER_WAN = 10_000

/**
 * 优惠政策. The document is schema.org/Legislation where it is one that binds (规范性文件), else a DigitalDocument: a notice or a
 * commendation is no law. Where it also says what can be applied for, a schema.org/GovernmentService stands beside it.
 */
export function policyThings(page: RecordPage<Policy>): Thing[] {
  const document = page.record.docType === '规范性文件' ? legislation(page) : noticeThing(page)
  return appliesFor(page.record) ? [document, service(page)] : [document]
}

function noticeThing(page: RecordPage<Policy>): DigitalDocument {
  const { record } = page
  return known({
    '@type': 'DigitalDocument',
    '@id': partId(page, 'document'),
    ...writtenWork(page),
    name: record.title,
    genre: record.docType,
    identifier: record.documentNo,
    creator: issuer(record),
    temporalCoverage: temporalCoverage(record),
    expires: record.validTo,
  })
}

function legislation(page: RecordPage<Policy>): Legislation {
  const { record } = page
  return known({
    '@type': 'Legislation',
    '@id': partId(page, 'document'),
    ...writtenWork(page),
    name: record.title,
    legislationType: record.docType,
    legislationIdentifier: record.documentNo,
    legislationPassedBy: issuer(record),
    legislationDateOfApplicability: record.effectiveFrom,
    legislationLegalForce: legalForce(record),
    legislationChanges: replaced(page),
    temporalCoverage: temporalCoverage(record),
    expires: record.validTo,
  })
}

/** Replacing is one of the changes that `legislationChanges` is for; `legislationRepeals` would say more than is known. */
function replaced({ origin, record }: RecordPage<Policy>): Legislation | undefined {
  if (record.supersedes === undefined) return undefined
  return { '@type': 'Legislation', url: addressOf(origin, recordPath({ kind: 'policy', id: record.supersedes })) }
}

function service(page: RecordPage<Policy>): GovernmentService {
  const { record } = page
  const { applicability } = record
  const whom = [...(applicability?.industries ?? []), applicability?.scale, ...(applicability?.qualifications ?? [])]
  const audience = whom.filter((part) => part !== undefined).join('；')
  return known({
    '@type': 'GovernmentService',
    '@id': partId(page, 'service'),
    name: record.title,
    description: recordDescription(record),
    url: pageAddress(page),
    provider: issuer(record),
    areaServed: applicability?.regions?.length ? applicability.regions : administrativeArea(record.region),
    audience: audience === '' ? undefined : ({ '@type': 'Audience', audienceType: audience } as const),
    availableChannel: channel(record),
    serviceOutput: support(record),
    subjectOf: { '@id': partId(page, 'document') },
  })
}

function appliesFor({ supportMax, steps = [], materials = [] }: Policy): boolean {
  return supportMax !== undefined || steps.length > 0 || materials.length > 0
}

function issuer({ issuer: name }: Policy) {
  return name === undefined ? undefined : ({ '@type': 'Organization', name } as const)
}

/** An interval of ISO 8601; `..` is how schema.org/temporalCoverage writes that no end was specified. */
function temporalCoverage({ effectiveFrom, validTo }: Policy): string | undefined {
  return effectiveFrom === undefined ? undefined : `${effectiveFrom}/${validTo ?? '..'}`
}

/** Only what does not change with the day on which somebody reads it. */
function legalForce({ status, validTo }: Policy) {
  if (status === '已废止' || status === '已失效') return 'https://schema.org/NotInForce'
  return status === '现行有效' && validTo === undefined ? 'https://schema.org/InForce' : undefined
}

function support({ supportMax }: Policy) {
  if (supportMax === undefined) return undefined
  const maxValue = Math.round(supportMax * YUAN_PER_WAN)
  return { '@type': 'MonetaryGrant', amount: { '@type': 'MonetaryAmount', currency: 'CNY', maxValue } } as const
}

function channel({ contact }: Policy): ServiceChannel | undefined {
  if (contact === undefined) return undefined
  const { name, phone: telephone, email, address } = contact
  return known({
    '@type': 'ServiceChannel',
    name,
    servicePhone:
      telephone === undefined && email === undefined
        ? undefined
        : known({ '@type': 'ContactPoint', name, telephone, email }),
    serviceLocation: address === undefined ? undefined : ({ '@type': 'Place', address } as const),
  })
}
