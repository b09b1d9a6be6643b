import { sha256Hex } from '#domain/digest.ts'
import { type Change, type Head, segmentPath, snapshotPath, tailPath } from '#domain/feed.ts'

type Raw = Record<string, unknown>

/** A feed that does by the letter what the contract says, small enough to be right by reading it. */
export class ModelFeed {
  epoch = 'e1'
  segmentSize = 4
  minClient = 1
  minVersion = 0
  changes: Change[] = []
  readonly files = new Map<string, string>()
  private readonly states = new Map<string, Raw[]>()
  private snapshot: Head['snapshot']

  constructor() {
    this.snapshot = this.takeSnapshot()
  }

  get head(): number {
    return this.changes.length
  }

  /** The records at a version, by id. */
  state(version = this.head): Map<string, Raw> {
    const records = new Map<string, Raw>()
    for (const change of this.changes.slice(0, version)) {
      if (change.op === 'put') records.set(change.id, change.record)
      else records.delete(change.id)
    }
    return records
  }

  /** The records at a version of any epoch; undefined for a state the feed was never in. */
  stateAt(epoch: string, version: number): Raw[] | undefined {
    return this.states.get(`${epoch}:${version}`)
  }

  put(record: Raw): void {
    this.add({ op: 'put', v: this.head + 1, id: String(record['id']), kind: String(record['kind']), record })
  }

  withdraw(id: string): void {
    this.add({ op: 'del', v: this.head + 1, id, kind: 'article' })
  }

  takeSnapshot(): Head['snapshot'] {
    const records = [...this.state().values()].sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1))
    const url = snapshotPath(this.epoch, this.head)
    const text = JSON.stringify({ epoch: this.epoch, version: this.head, count: records.length, records })
    const bytes = new TextEncoder().encode(text)
    this.files.set(url, text)
    this.remember()
    this.snapshot = { url, version: this.head, count: records.length, bytes: bytes.length, sha256: sha256Hex(bytes) }
    return this.snapshot
  }

  /** Forgets the oldest changes: copies older than the snapshot have to take it. */
  compact(): void {
    this.takeSnapshot()
    this.minVersion = this.head
  }

  /** Starts over with what was there at a version, as after a restore from a backup or a removal for legal reasons. */
  newEpoch(epoch: string, version = this.head): void {
    this.changes = [...this.state(version).values()].map((record, index) => {
      return { op: 'put', v: index + 1, id: String(record['id']), kind: String(record['kind']), record }
    })
    this.epoch = epoch
    this.minVersion = 0
    this.compact()
    for (let n = 0; n * this.segmentSize < this.head; n++) this.closeSegment(n)
  }

  /** Goes back without a new epoch: a fault of operation that the cursor's rule must still catch. */
  rewind(version: number): void {
    this.changes = this.changes.slice(0, version)
    this.compact()
  }

  headJson(): string {
    const { epoch, head, minVersion, segmentSize, snapshot, minClient } = this
    return JSON.stringify({ epoch, head, minVersion, segmentSize, snapshot, minClient } satisfies Head)
  }

  /** The file under a path, or undefined: 404. */
  file(path: string): string | undefined {
    return path === '/sync/v1/head.json' ? this.headJson() : this.files.get(path)
  }

  private add(change: Change): void {
    this.changes.push(change)
    this.remember()
    const n = Math.floor((this.head - 1) / this.segmentSize)
    const from = n * this.segmentSize + 1
    this.files.set(tailPath(this.epoch, this.head), this.segment(from, this.head))
    if (this.head % this.segmentSize === 0) this.closeSegment(n)
  }

  private closeSegment(n: number): void {
    const to = (n + 1) * this.segmentSize
    if (to <= this.head) this.files.set(segmentPath(this.epoch, n), this.segment(n * this.segmentSize + 1, to))
  }

  private segment(from: number, to: number): string {
    return JSON.stringify({ epoch: this.epoch, from, to, changes: this.changes.slice(from - 1, to) })
  }

  private remember(): void {
    this.states.set(`${this.epoch}:${this.head}`, [...this.state().values()])
  }
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
