import { contentDigest, encodeKey } from '#domain/digest.ts'
import { consentToCurrent } from '#domain/inquiry/notice.ts'
import { randomBytes, randomUUID } from 'node:crypto'

/** An inquiry as a phone froze it: the same bytes for every attempt. */
export interface FrozenInquiry {
  submissionId: string
  trackingKey: string
  bytes: Uint8Array<ArrayBuffer>
  headers: Readonly<Record<string, string>>
}

/**
 * Writes a 联系我们, or whatever `fields` make of it.
 * @param fields of the body, over those of a short contact inquiry
 */
export function freeze(fields: Readonly<Record<string, unknown>> = {}): FrozenInquiry {
  const trackingKey = encodeKey(randomBytes(32))
  const body = {
    schemaVersion: 1,
    type: 'contact',
    name: '王芳',
    phone: '13800138000',
    message: '想了解安亭的厂房',
    consent: consentToCurrent(['答复咨询'], '2026-11-20T02:00:00.000Z'),
    trackingKey,
    parts: [],
    ...fields,
  }
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  return {
    submissionId: randomUUID(),
    trackingKey,
    bytes,
    headers: { 'Content-Type': 'application/json', 'Content-Digest': contentDigest(bytes) },
  }
}

/** Sends it, as often as one likes. */
export function put(url: string, { submissionId, bytes, headers }: FrozenInquiry): Promise<Response> {
  return fetch(`${url}/api/inquiries/${submissionId}`, { method: 'PUT', headers, body: bytes })
}
