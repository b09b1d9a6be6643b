import { base64urlnopad, utf8 } from '@scure/base'
import * as v from 'valibot'
import { contentDigest, sha256Hex } from '#domain/digest.ts'
import { type Part, PartSchema } from '#domain/inquiry/parts.ts'
import { makeReceiptNo, type Receipt, RECEIPT_HEADER, ReceiptSchema } from '#domain/inquiry/receipt.ts'
import type { InquiryState, InquiryStatus } from '#domain/inquiry/status.ts'

export interface Stored {
  body: string
  key: string
  receipt: Receipt
  status: InquiryStatus
  /** What has come of each file, by digest. */
  parts: Map<string, Uint8Array<ArrayBuffer>>
}

export interface Seen {
  method: string
  id: string
  body: string
  headers: Headers
  init: RequestInit
  /** The digest of the file that it is a piece of. */
  part?: string | undefined
}

/** What the network does to one request instead of passing it on. `handle` is what the server would answer. */
export type Fault = (seen: Seen, handle: () => Response) => Response | Promise<Response>

const AT = '2026-03-02T02:00:00.000Z'

/** The server and the network before it, in memory: the oracle of what was stored. */
export class Server {
  readonly rows = new Map<string, Stored>()
  readonly seen: Seen[] = []
  /** Faults for the next requests, first come first served; then the network is fine. */
  faults: Fault[] = []
  /** What happens to every request while it is set. */
  weather: Fault | undefined

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const body = init.body === undefined ? '' : new TextDecoder().decode(init.body as Uint8Array<ArrayBuffer>)
    const [, id = '', part] = /\/api\/inquiries\/([^/]+)(?:\/parts\/([^/]+))?$/.exec(url) ?? []
    const seen: Seen = { method: init.method ?? 'GET', id, body, headers: new Headers(init.headers), init, part }
    this.seen.push(seen)
    const fault = this.faults.shift() ?? this.weather
    const answer = () => this.handle(seen)
    return fault === undefined ? answer() : fault(seen, answer)
  }

  puts(): Seen[] {
    return this.seen.filter((seen) => seen.method === 'PUT' && seen.part === undefined)
  }

  pieces(): Seen[] {
    return this.seen.filter((seen) => seen.part !== undefined)
  }

  setStatus(id: string, state: InquiryState): void {
    const row = this.rows.get(id)
    if (row === undefined) throw new Error(`The server holds no ${id}`)
    row.status = { ...row.status, state, timeline: [...row.status.timeline, { state, at: AT }] }
  }

  handle(seen: Seen): Response {
    const row = this.rows.get(seen.id)
    if (seen.method === 'PUT' && seen.part === undefined) return this.put(seen, row)
    if (row === undefined || seen.headers.get('authorization') !== `Bearer ${row.key}`) return notFound()
    if (seen.part !== undefined) return this.putPart(seen, row, seen.part)
    if (seen.method === 'DELETE') this.setStatus(seen.id, '已撤回')
    const missing = announced(row).filter((part) => row.parts.get(part.sha256)?.length !== part.bytes)
    const missingParts = missing.map(({ sha256 }) => sha256)
    return json(200, missing.length === 0 ? row.status : { ...row.status, missingParts })
  }

  /** Takes a piece as the real server does: from where it stands, and never past what was announced. */
  private putPart(seen: Seen, row: Stored, sha256: string): Response {
    const part = announced(row).find((one) => one.sha256 === sha256)
    if (part === undefined) return notFound()
    const held = row.parts.get(sha256) ?? new Uint8Array()
    const [, start] = /^bytes (\d+)-\d+\/\d+$/.exec(seen.headers.get('content-range') ?? '') ?? []
    if (held.length === part.bytes || row.status.state === '已撤回')
      return json(200, { sha256, offset: part.bytes, complete: true })
    if (Number(start) !== held.length)
      return problem(416, '从已收到处续传', [], { 'upload-offset': String(held.length) })
    const all = new Uint8Array([...held, ...(seen.init.body as Uint8Array<ArrayBuffer>)])
    if (all.length === part.bytes && sha256Hex(all) !== sha256) {
      row.parts.delete(sha256)
      return damaged()
    }
    row.parts.set(sha256, all)
    return json(200, { sha256, offset: all.length, complete: all.length === part.bytes })
  }

  private put(seen: Seen, row: Stored | undefined): Response {
    const digest = contentDigest(new TextEncoder().encode(seen.body))
    if (digest !== seen.headers.get('content-digest')) return problem(400, 'digest')
    if (row !== undefined) return row.body === seen.body ? json(200, row.receipt) : problem(409, '编号已用于另一内容')
    const receiptNo = this.offered(seen) ?? makeReceiptNo([...crypto.getRandomValues(new Uint8Array(7))])
    const receipt = { submissionId: seen.id, receiptNo, receivedAt: AT, replyDueAt: '2026-03-03T02:00:00.000Z', digest }
    const status: InquiryStatus = {
      submissionId: seen.id,
      receiptNo,
      state: '已送达',
      receivedAt: AT,
      replyDueAt: receipt.replyDueAt,
      timeline: [{ state: '已送达', at: AT }],
    }
    const { trackingKey } = JSON.parse(seen.body) as { trackingKey: string }
    this.rows.set(seen.id, { body: seen.body, key: trackingKey, receipt, status, parts: new Map() })
    return json(201, receipt)
  }

  /** The number of a receipt that the phone shows: its own, which it lost. */
  private offered(seen: Seen): string | undefined {
    const header = seen.headers.get(RECEIPT_HEADER)
    if (header === null) return undefined
    return v.parse(ReceiptSchema, JSON.parse(utf8.encode(base64urlnopad.decode(header)))).receiptNo
  }
}

function announced({ body }: Stored): Part[] {
  return v.parse(v.object({ parts: v.array(PartSchema) }), JSON.parse(body)).parts
}

function notFound(): Response {
  return problem(404, '没有这条记录', [], {}, 'urn:luodi:problem:inquiry-not-found')
}

/** What came of a file has another digest than was announced. */
export function damaged(): Response {
  return problem(400, '文件已损坏', [], { 'upload-offset': '0' }, 'urn:luodi:problem:part-digest')
}

export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

export function problem(
  status: number,
  title: string,
  errors: unknown[] = [],
  headers: Record<string, string> = {},
  type = 'urn:luodi:problem:inquiry-invalid',
): Response {
  return new Response(JSON.stringify({ type, title, status, errors }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
}

/** What a captive portal answers to everything. */
export function portal(status = 200): Response {
  return new Response('<!doctype html><title>请先登录</title>', { status, headers: { 'content-type': 'text/html' } })
}

/** The request never reaches the server. */
export const lostOnTheWay: Fault = () => {
  throw new TypeError('Failed to fetch')
}

/** The server stores it, and its answer is lost. */
export const answerLost: Fault = (_seen, handle) => {
  handle()
  throw new TypeError('Failed to fetch')
}

/** Neither arrives nor fails. */
export const silence: Fault = () => new Promise<Response>(() => {})
