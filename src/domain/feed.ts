import * as v from 'valibot'
import { RecordId } from './record/common.ts'
import { OwnPath, Sha256Hex } from './text.ts'

export const Version = v.pipe(v.number(), v.integer(), v.minValue(0))
export const Epoch = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))

/** `GET /sync/v1/head.json`: the only small mutable answer of the feed. */
export const HeadSchema = v.object({
  epoch: Epoch,
  head: Version,
  minVersion: Version,
  segmentSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  snapshot: v.object({
    url: OwnPath,
    version: Version,
    count: Version,
    bytes: Version,
    sha256: Sha256Hex,
  }),
  minClient: v.pipe(v.number(), v.integer()),
})
export type Head = v.InferOutput<typeof HeadSchema>

/**
 * One published change. The record is not parsed here: one that this app cannot read yet must never block the feed,
 * so it is kept raw and parsed when it is shown.
 */
const ChangeSchema = v.variant('op', [
  v.object({
    op: v.literal('put'),
    v: Version,
    id: RecordId,
    kind: v.string(),
    record: v.record(v.string(), v.unknown()),
  }),
  v.object({ op: v.literal('del'), v: Version, id: RecordId, kind: v.string() }),
])
export type Change = v.InferOutput<typeof ChangeSchema>

/** A run of changes: versions `from`…`to`, both included. */
export const SegmentSchema = v.object({
  epoch: Epoch,
  from: Version,
  to: Version,
  changes: v.array(ChangeSchema),
})
export type Segment = v.InferOutput<typeof SegmentSchema>

/** Every record published at `version`, in the order of their ids. */
export const SnapshotSchema = v.object({
  epoch: Epoch,
  version: Version,
  count: Version,
  records: v.array(v.looseObject({ id: RecordId, kind: v.string() })),
})
export type Snapshot = v.InferOutput<typeof SnapshotSchema>

/** Address of the snapshot taken at a version. */
export function snapshotPath(epoch: string, version: number): string {
  return `/sync/v1/${epoch}/snapshots/${version}.json`
}
