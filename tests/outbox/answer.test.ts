import { describe, expect, it } from 'vitest'
import { type Answer, readDeleteAnswer, readGetAnswer, readPartAnswer, readPutAnswer } from '#outbox/answer.ts'

const id = 'b3f1a2c4-5d6e-4f70-8a9b-0c1d2e3f4a5b'
const digest = `sha-256=:${'q'.repeat(43)}=:`
const receipt = {
  submissionId: id,
  receiptNo: 'LD-7K3M-9QXW',
  receivedAt: '2026-03-02T02:00:00Z',
  replyDueAt: '2026-03-03T02:00:00Z',
  digest,
}
const status = {
  submissionId: id,
  receiptNo: 'LD-7K3M-9QXW',
  state: '已撤回',
  receivedAt: '2026-03-02T02:00:00Z',
  replyDueAt: '2026-03-03T02:00:00Z',
  timeline: [{ state: '已送达', at: '2026-03-02T02:00:00Z' }],
}
const NOW = Date.parse('2026-03-02T02:00:00Z')

function answer(status: number, body: unknown, more: Partial<Answer> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, contentType: 'application/json', retryAfter: null, date: null, uploadOffset: null, text, ...more }
}
const PROBLEM = { contentType: 'application/problem+json; charset=utf-8' }
const OURS = 'urn:luodi:problem:inquiry-invalid'
/** The format of ours, from a gateway or another program. */
const NOT_OURS = [{}, { type: 'about:blank' }, { type: 'https://gateway.example/problems/not-found' }]
const put = (given: Answer | 'offline' | 'unreachable') => readPutAnswer(given, { id, digest }, NOW)

describe('the answer to a PUT', () => {
  it.each([200, 201])('%i with a receipt that echoes id and digest is delivery', (status) => {
    expect(put(answer(status, receipt))).toEqual({ type: 'stored', receipt })
  })

  it.each([
    ['a page', '<!doctype html>'],
    ['nothing', ''],
    ['half of it', JSON.stringify(receipt).slice(0, 80)],
    ['another id', { ...receipt, submissionId: id.replace('b', 'c') }],
    ['another digest', { ...receipt, digest: digest.replace('q', 'r') }],
    ['no number', { ...receipt, receiptNo: undefined }],
    ['null', null],
  ])('200 with %s is not understood', (_what, body) => {
    expect(put(answer(200, body))).toEqual({ type: 'retry', reason: 'notUnderstood' })
  })

  it.each([202, 204, 206, 301, 304, 400, 404, 405, 410, 0])('%i is not understood', (status) => {
    expect(put(answer(status, receipt))).toEqual({ type: 'retry', reason: 'notUnderstood' })
    expect(put(answer(status, { title: 'x' }, PROBLEM))).toEqual({ type: 'retry', reason: 'notUnderstood' })
  })

  it.each([409, 413, 415, 422])('%i in the error format of the server needs a person', (status) => {
    const errors = [{ pointer: '/phone', code: 'phone.format', message: '请填写手机号' }]
    expect(put(answer(status, { type: OURS, title: '请修改', status, errors }, PROBLEM))).toEqual({
      type: 'refused',
      refusal: { status, title: '请修改', errors },
    })
    expect(put(answer(status, { type: OURS }, PROBLEM))).toEqual({
      type: 'refused',
      refusal: { status, title: '', errors: [] },
    })
  })

  it.each([409, 413, 415, 422])('%i as a page, or cut off, is not believed', (status) => {
    expect(put(answer(status, '<html>', { contentType: 'text/html' })).type).toBe('retry')
    expect(put(answer(status, { title: '请修改' }, { contentType: null })).type).toBe('retry')
    expect(put(answer(status, '{"title":"请', PROBLEM)).type).toBe('retry')
    for (const other of NOT_OURS)
      expect(put(answer(status, { ...other, title: '请修改' }, PROBLEM))).toEqual({
        type: 'retry',
        reason: 'notUnderstood',
      })
  })

  it.each([401, 403])('%i pauses the queue', (status) => {
    expect(put(answer(status, ''))).toEqual({ type: 'notAllowed' })
  })

  it.each([408, 425, 429, 500, 502, 503, 504, 507, 599])('%i is tried again, when the server says', (status) => {
    expect(put(answer(status, ''))).toEqual({ type: 'retry', reason: 'busy', retryAfter: undefined })
    expect(put(answer(status, '', { retryAfter: '7' }))).toEqual({ type: 'retry', reason: 'busy', retryAfter: 7000 })
  })

  it.each(['offline', 'unreachable'] as const)('none (%s) is tried again', (reason) => {
    expect(put(reason)).toEqual({ type: 'retry', reason })
  })
})

describe('the answer to a withdrawal', () => {
  const withdrawal = (given: Answer) => readDeleteAnswer(given, id, NOW)

  it('counts when the status says so', () => {
    expect(withdrawal(answer(200, status)).type).toBe('withdrawnSeen')
    expect(withdrawal(answer(200, { ...status, state: '结束' })).type).toBe('withdrawalDeclined')
  })

  it('is repeated when something else answers', () => {
    expect(withdrawal(answer(200, '<html>')).type).toBe('retry')
    expect(withdrawal(answer(204, '')).type).toBe('retry')
    expect(withdrawal(answer(404, '<html>', { contentType: 'text/html' })).type).toBe('retry')
    expect(withdrawal(answer(503, '')).type).toBe('retry')
    expect(withdrawal(answer(403, '')).type).toBe('notAllowed')
    expect(readDeleteAnswer('offline', id, NOW)).toEqual({ type: 'retry', reason: 'offline' })
  })

  it('knows when the server holds nothing', () => {
    const unknown = { type: 'urn:luodi:problem:inquiry-not-found' }
    expect(withdrawal(answer(404, unknown, PROBLEM))).toEqual({ type: 'notThere' })
    // The server's own 404 for an address that it does not know says nothing of the request either.
    for (const other of [...NOT_OURS, { type: 'urn:luodi:problem:not-found' }])
      expect(withdrawal(answer(404, other, PROBLEM))).toEqual({ type: 'retry', reason: 'notUnderstood' })
  })

  it('is not taken from the status of another request', () => {
    const other = answer(200, { ...status, submissionId: id.replace('b', 'c') })
    expect(withdrawal(other).type).toBe('retry')
    expect(withdrawal(answer(404, status)).type).toBe('retry')
  })
})

describe('the answer to a GET', () => {
  const asked = (given: Answer) => readGetAnswer(given, id, NOW)

  it('is the status of this request, or its withdrawal seen from elsewhere', () => {
    expect(asked(answer(200, status))).toEqual({ type: 'withdrawnSeen', status })
    const accepted = { ...status, state: '已受理' }
    expect(asked(answer(200, accepted))).toEqual({ type: 'statusSeen', status: accepted })
  })

  it('tells what is about every request from what is about this one', () => {
    const notUnderstood = { type: 'retry', reason: 'notUnderstood' }
    expect(asked(answer(404, { title: '没有' }, PROBLEM))).toEqual(notUnderstood)
    expect(asked(answer(200, { ...status, submissionId: id.replace('b', 'c') }))).toEqual(notUnderstood)
    expect(asked(answer(401, '')).type).toBe('notAllowed')
    expect(asked(answer(429, '', { retryAfter: '7' }))).toEqual({ type: 'retry', reason: 'busy', retryAfter: 7000 })
    expect(readGetAnswer('unreachable', id, NOW)).toEqual({ type: 'retry', reason: 'unreachable' })
  })
})

describe('the answer to a piece of a file', () => {
  const part = { sha256: 'a'.repeat(64), bytes: 100 }
  const piece = (given: Answer | 'offline') => readPartAnswer(given, part, NOW)
  const progress = (offset: number, complete = false, sha256 = part.sha256) => answer(200, { sha256, offset, complete })

  it('says how much of it is held', () => {
    expect(piece(progress(40))).toEqual({ type: 'held', offset: 40 })
    expect(piece(progress(0, true))).toEqual({ type: 'held', offset: 100 })
    expect(piece(answer(416, { type: OURS }, { ...PROBLEM, uploadOffset: '17' }))).toEqual({ type: 'held', offset: 17 })
  })

  it('is never the whole of it before the server says so', () => {
    expect(piece(progress(100))).toEqual({ type: 'held', offset: 99 })
    expect(piece(answer(416, { type: OURS }, { ...PROBLEM, uploadOffset: '100' }))).toEqual({
      type: 'held',
      offset: 99,
    })
  })

  it('of another file, or of somebody else, is not understood', () => {
    const others = [
      progress(40, true, 'b'.repeat(64)),
      answer(200, '<html>'),
      answer(416, '<html>', { uploadOffset: '17' }),
      answer(416, { type: OURS }, { ...PROBLEM, uploadOffset: 'x' }),
      ...NOT_OURS.map((other) => answer(416, other, { ...PROBLEM, uploadOffset: '17' })),
      ...NOT_OURS.map((other) => answer(415, other, PROBLEM)),
      answer(404, '<html>'),
      answer(415, '<html>'),
    ]
    for (const other of others) expect(piece(other)).toMatchObject({ type: 'retry', reason: 'notUnderstood' })
  })

  it('tells what needs a person, what the server has lost, and what is tried again', () => {
    expect(piece(answer(415, { type: OURS, title: '不是照片' }, PROBLEM))).toEqual({
      type: 'refused',
      refusal: { status: 415, title: '不是照片', errors: [] },
    })
    const unknown = { type: 'urn:luodi:problem:inquiry-not-found' }
    expect(piece(answer(404, unknown, PROBLEM))).toEqual({ type: 'notThere' })
    expect(piece(answer(404, {}, PROBLEM))).toMatchObject({ type: 'retry', reason: 'notUnderstood' })
    expect(piece(answer(401, {}, PROBLEM))).toEqual({ type: 'notAllowed' })
    expect(piece(answer(503, {}, PROBLEM))).toMatchObject({ type: 'retry', reason: 'busy' })
    expect(piece(answer(400, {}, PROBLEM))).toMatchObject({ type: 'retry', reason: 'notUnderstood' })
    expect(piece('offline')).toEqual({ type: 'retry', reason: 'offline' })
  })
})
