import { sha256OfText } from '#domain/digest.ts'
import {
  type BodyEdit,
  bodyUrl,
  bundleUrl,
  type FileRef,
  type ListHead,
  listUrl,
  openBundleUrl,
  openStepUrl,
  type Put,
  segmentUrl,
  stepUrl,
} from '#domain/feed-v2.ts'
import { bodyOf, type Change, editOf, lineOf, lines, pick, type Raw } from './model-lines.ts'

/** A record as it was published by the change of a version. */
export interface Published {
  v: number
  record: Raw
}

export const HEAD_PATH = '/sync/v2/head.json'

/** A feed that does by the letter what the contract says, small enough to be right by reading it. */
export class ModelFeed {
  epoch = 'e1'
  segmentSize = 4
  stepSize = 2
  minClient = 2
  minVersion = 0
  changes: Change[] = []
  readonly files = new Map<string, string>()
  private readonly states = new Map<string, Published[]>()
  private readonly ownFiles = new WeakMap<Raw, FileRef[]>()
  private newest: ListHead['list']

  constructor() {
    this.newest = this.takeList()
  }

  get head(): number {
    return this.changes.length
  }

  /** The records at a version, by id. */
  state(version = this.head): Map<string, Raw> {
    return new Map([...this.last(version)].map(([id, { record }]) => [id, record]))
  }

  /** What was published at a version of any epoch; undefined for a state the feed was never in. */
  stateAt(epoch: string, version: number): Published[] | undefined {
    return this.states.get(`${epoch}:${version}`)
  }

  put(record: Raw, files: FileRef[] = []): void {
    this.ownFiles.set(record, files)
    this.add({ op: 'put', v: this.head + 1, id: String(record['id']), kind: String(record['kind']), record })
  }

  withdraw(id: string): void {
    this.add({ op: 'del', v: this.head + 1, id, kind: 'article' })
  }

  takeList(): ListHead['list'] {
    const puts = [...this.last().values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((put) => lineOf(put, this.filesOf(put)))
    const url = listUrl(this.epoch, this.head)
    const text = lines([{ epoch: this.epoch, version: this.head, count: puts.length }, ...puts])
    this.files.set(url, text)
    this.remember()
    const bytes = new TextEncoder().encode(text).length
    this.newest = { url, version: this.head, count: puts.length, bytes, sha256: sha256OfText(text) }
    return this.newest
  }

  /** Forgets the oldest changes: copies older than the list have to take it. */
  compact(): void {
    this.takeList()
    this.minVersion = this.head
  }

  /** Starts over with what was there at a version, as after a restore from a backup or a removal for legal reasons. */
  newEpoch(epoch: string, version = this.head): void {
    this.changes = [...this.last(version).values()].map((put, index) => ({ ...put, v: index + 1 }))
    this.epoch = epoch
    this.minVersion = 0
    this.compact()
    for (let v = 1; v <= this.head; v++) this.publish(v)
  }

  /** Goes back without a new epoch: a fault of operation that the cursor's rule must still catch. */
  rewind(version: number): void {
    this.changes = this.changes.slice(0, version)
    this.compact()
  }

  headJson(): string {
    const { epoch, head, minVersion, segmentSize, stepSize, newest: list, minClient } = this
    return JSON.stringify({ epoch, head, minVersion, segmentSize, stepSize, list, minClient } satisfies ListHead)
  }

  /** The file under a path, or undefined: 404. */
  file(path: string): string | undefined {
    return path === HEAD_PATH ? this.headJson() : this.files.get(path)
  }

  private last(version = this.head): Map<string, Extract<Change, { op: 'put' }>> {
    const last = new Map<string, Extract<Change, { op: 'put' }>>()
    for (const change of this.changes.slice(0, version)) {
      if (change.op === 'put') last.set(change.id, change)
      else last.delete(change.id)
    }
    return last
  }

  private add(change: Change): void {
    this.changes.push(change)
    this.remember()
    this.publish(this.head)
  }

  /** What a version adds to the files. */
  private publish(v: number): void {
    const { epoch, segmentSize, stepSize } = this
    const change = this.changes[v - 1]
    if (change?.op === 'put') {
      const { body } = lineOf(change, [])
      this.files.set(bodyUrl(epoch, v, body.sha256), bodyOf(change.record))
    }
    this.files.set(openStepUrl(epoch, v), this.step(firstOf(v, stepSize), v))
    this.files.set(openBundleUrl(epoch, v), this.bundle(firstOf(v, segmentSize), v))
    if (v % stepSize === 0) this.files.set(stepUrl(epoch, v / stepSize - 1), this.step(v - stepSize + 1, v))
    if (v % segmentSize !== 0) return
    this.files.set(segmentUrl(epoch, v / segmentSize - 1), this.run(v - segmentSize + 1, v, { hasChanges: true }))
    this.files.set(bundleUrl(epoch, v / segmentSize - 1), this.bundle(v - segmentSize + 1, v))
  }

  /** Every body that there was before goes as an edit. */
  private step(from: number, to: number): string {
    const [bodies, edits]: [string[], BodyEdit[]] = [[], []]
    for (const { v, id, record } of this.puts(from, to)) {
      const earlier = this.last(v - 1).get(id)
      if (earlier === undefined) bodies.push(bodyOf(record))
      else if (bodyOf(earlier.record) !== bodyOf(record)) edits.push(editOf(bodyOf(earlier.record), bodyOf(record)))
    }
    return this.run(from, to, { hasChanges: true, bodies, edits })
  }

  private bundle(from: number, to: number): string {
    return this.run(from, to, { bodies: this.puts(from, to).map(({ record }) => bodyOf(record)) })
  }

  private puts(from: number, to: number) {
    return this.changes.slice(from - 1, to).flatMap((change) => (change.op === 'put' ? [change] : []))
  }

  private run(
    from: number,
    to: number,
    { hasChanges = false, bodies = [], edits = [] }: { hasChanges?: boolean; bodies?: string[]; edits?: BodyEdit[] },
  ): string {
    const changes = hasChanges ? this.changes.slice(from - 1, to) : []
    const header = { epoch: this.epoch, from, to, bodies: bodies.length, edits: edits.length }
    const puts = changes.map((change) => lineOf(change, this.filesOf(change)))
    return lines([header, ...puts]) + bodies.map((body) => `${body}\n`).join('') + lines(edits)
  }

  private filesOf(change: Change): FileRef[] {
    return (change.op === 'put' && this.ownFiles.get(change.record)) || []
  }

  private remember(): void {
    this.states.set(
      `${this.epoch}:${this.head}`,
      [...this.last().values()].map(({ v, record }) => ({ v, record })),
    )
  }
}

/** The first version of the run of this size that `v` is in. */
const firstOf = (v: number, size: number) => Math.floor((v - 1) / size) * size + 1

/** What the feed says of a record that was published. */
export function putOf({ v, record }: Published): Put {
  return lineOf({ op: 'put', v, id: String(record['id']), kind: String(record['kind']), record }, [])
}

/** What lists show of records, as one comparable text. */
export function listed(records: Iterable<Raw>): string {
  return canonical([...records].map((record) => pick(record, false)))
}

/** Records as one comparable text, whatever the order of records and fields. */
export function canonical(records: Iterable<unknown>): string {
  return [...records]
    .map((record) => JSON.stringify(ordered(record)))
    .sort()
    .join('\n')
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]))
}
