import * as v from 'valibot'
import { sha256Hex } from '#domain/digest.ts'
import { type Part, PartsSchema } from '#domain/inquiry/parts.ts'
import { isFinal } from '#domain/inquiry/status.ts'
import { json, problem, type Seen, Server, type Stored } from '../support/server.ts'

const Body = v.object({ parts: PartsSchema })

/** The oracle: a server that never forgets what it refused, can lose rows to a restored backup, and remembers what it once had. */
export class ModelServer extends Server {
  /** Ids that were stored at some time, and those whose files were all there at some time. */
  readonly everStored = new Set<string>()
  readonly everComplete = new Set<string>()
  /** Lost to a backup, wholly or in part. */
  readonly lost = new Set<string>()
  /** Those whose withdrawal was undone by a backup. */
  readonly undone = new Set<string>()
  private readonly refusing = new Map<string, number>()

  /** Answers a request as one that will never be accepted; and so for ever, unless it holds it already. */
  refuse(seen: Seen, status: number): Response {
    const name = nameOf(seen)
    const isHere = seen.part === undefined ? this.rows.has(seen.id) : this.holdsPart(seen.id, seen.part)
    if (seen.method === 'PUT' && !isHere) this.refusing.set(name, status)
    return this.handle(seen)
  }

  override handle(seen: Seen): Response {
    const status = seen.method === 'PUT' ? this.refusing.get(nameOf(seen)) : undefined
    if (status !== undefined) return problem(status, '不能接受')
    const row = this.rows.get(seen.id)
    const isOwner = seen.headers.get('authorization') === `Bearer ${row?.key ?? ''}`
    if (row !== undefined && isOwner && seen.method === 'DELETE' && isFinal(row.status.state))
      return json(200, row.status)
    const answer = super.handle(seen)
    const after = this.rows.get(seen.id)
    if (after !== undefined) this.everStored.add(seen.id)
    if (after !== undefined && isComplete(after)) this.everComplete.add(seen.id)
    return answer
  }

  /** Takes an older backup back: the newest rows are gone, of the others a file, and some are where they were before a withdrawal. */
  restore({ rows, files, withdrawals }: Record<'rows' | 'files' | 'withdrawals', number>): void {
    const all = [...this.rows.keys()]
    for (const id of rows === 0 ? [] : all.slice(-rows)) {
      this.rows.delete(id)
      this.lost.add(id)
    }
    for (const [id, { parts }] of [...this.rows].slice(-files - 1)) {
      const [part] = parts.keys()
      if (files === 0 || part === undefined) continue
      parts.delete(part)
      this.lost.add(id)
    }
    const withdrawn = [...this.rows.values()].filter(({ status }) => status.state === '已撤回')
    for (const row of withdrawals === 0 ? [] : withdrawn.slice(-withdrawals)) {
      this.undone.add(row.receipt.submissionId)
      const timeline = row.status.timeline.filter(({ state }) => state !== '已撤回')
      row.status = { ...row.status, state: timeline.at(-1)?.state ?? '已送达', timeline }
    }
  }

  /** Whether it ever refused a request or a file of it. */
  hasRefused(id: string): boolean {
    return [...this.refusing.keys()].some((name) => name.startsWith(id))
  }

  private holdsPart(id: string, sha256: string): boolean {
    return this.rows.get(id)?.parts.has(sha256) ?? false
  }
}

/** Whether each announced file is there, byte for byte. */
export function isComplete({ body, parts }: Stored): boolean {
  return missingOf({ body, parts }).length === 0
}

/** Digests of the announced files that are not there, or not byte for byte. */
export function missingOf({ body, parts }: Pick<Stored, 'body' | 'parts'>): string[] {
  const isHere = (part: Part) => {
    const held = parts.get(part.sha256)
    return held?.length === part.bytes && sha256Hex(held) === part.sha256
  }
  return announcedBy(body).flatMap((part) => (isHere(part) ? [] : [part.sha256]))
}

/** The files that a body names. */
export function announcedBy(body: string): Part[] {
  return v.parse(Body, JSON.parse(body)).parts
}

function nameOf({ id, part }: Seen): string {
  return `${id}/${part ?? ''}`
}
