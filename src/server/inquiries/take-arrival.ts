import type { Language } from '#domain/field-messages.ts'
import type { Database } from '../db/database.ts'
import type { Sent } from './arrival.ts'
import { type Objection, parseInquiry } from './check.ts'
import { receiptOf, receiveInquiry, type Reception } from './receive.ts'

/**
 * Takes what was sent, when the schema does. What is stored stays stored: a later release whose schema would not take it any more
 * answers with its receipt all the same, or the phone, which may not have heard of that, would have it corrected and sent twice.
 * @param language of the words in field errors
 * @param now milliseconds since 1970 (UTC)
 */
export async function takeArrival(
  database: Database,
  sent: Sent,
  language: Language,
  now: number,
): Promise<Reception | { outcome: 'invalid'; objection: Objection }> {
  const inquiry = parseInquiry(sent.bytes, language)
  if (inquiry.ok) return receiveInquiry(database, { ...sent, inquiry: inquiry.value }, now)
  const receipt = await receiptOf(database, sent)
  return receipt === undefined ? { outcome: 'invalid', objection: inquiry.objection } : { outcome: 'repeated', receipt }
}
