import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** How many requests one address sends: below what our server lets one address write in a minute. */
const PER_ADDRESS = 250

/** A body as a phone sends it. */
const CONTACT = {
  name: '李样张',
  phone: '13800138000',
  message: '请问园区还有空置厂房吗？想看看外冈镇的，两千平方米左右，年底前搬。',
  schemaVersion: 1,
  type: 'contact',
  consent: {
    noticeVersion: '2026-11-23',
    noticeSha256: '0'.repeat(64),
    purposes: ['答复咨询'],
    givenAt: '2026-11-23T01:00:00.000Z',
  },
}

let made = 0

/** @typedef {{ path: string, headers: Record<string, string>, body: string }} Put */

/**
 * Requests that are all different, made before anything is measured: hashing is the phone's work and must not slow the
 * generator. Each 250 come from another address, as an address in front of a trusted proxy, for there is no setting
 * that takes our limit away.
 * @returns {Put[]}
 */
export function makeRequests(count) {
  return Array.from({ length: count }, () => {
    const body = JSON.stringify({ ...CONTACT, trackingKey: randomBytes(32).toString('base64url'), parts: [] })
    const address = Math.floor(made / PER_ADDRESS)
    made += 1
    return {
      path: `/api/inquiries/${randomUUID()}`,
      headers: {
        'content-type': 'application/json',
        'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
        'x-forwarded-for': `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`,
      },
      body,
    }
  })
}
