import * as v from 'valibot'
import { Epoch, Version } from './feed.ts'
import { RecordId } from './record/common.ts'
import { TextEditSchema } from './text-edit.ts'
import { OwnPath, Sha256Hex } from './text.ts'

/**
 * The second form of the feed: list fields first, bodies beside them. Its files are lines of JSON, so that a phone reads them in
 * slices: a header, then what it counts. The first form (`feed.ts`) is answered for phones of older releases.
 *
 * An address names an epoch, and caches keep what it said for a year. So within an epoch a line says the same whichever release makes
 * it. A release that would say otherwise of what is published already begins a new epoch: by another parting of records
 * (`record/split.ts`), other files (`record/own-files.ts`), other edits (`text-edit.ts`), or a schema that reads other records
 * (`record/list-facts.ts`). Its migration gives `meta` another `epoch`, and empties `snapshot` and `list_snapshot`.
 */

/** The newest version of this app's feed reader. A head that asks for a newer one tells the person to update. */
export const READER_VERSION = 2

/** Changes in a step: the smallest closed run. A day's changes are a few of them. */
export const STEP_SIZE = 10

/** `GET /sync/v2/head.json`: the only small mutable answer of the feed. */
export const ListHeadSchema = v.object({
  epoch: Epoch,
  head: Version,
  minVersion: Version,
  /** A multiple of `stepSize`. */
  segmentSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  stepSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The newest list of everything. */
  list: v.object({ url: OwnPath, version: Version, count: Version, bytes: Version, sha256: Sha256Hex }),
  minClient: v.pipe(v.number(), v.integer()),
})
export type ListHead = v.InferOutput<typeof ListHeadSchema>

/** A body by its digest: SHA-256 over the exact text of its line, whose length in UTF-8 is `bytes`. */
const BodyRefSchema = v.object({ sha256: Sha256Hex, bytes: Version })
export type BodyRef = v.InferOutput<typeof BodyRefSchema>

/** A picture or attachment of a record that is a file of this site; size in bytes where it is known. */
const FileRefSchema = v.object({
  path: OwnPath,
  bytes: v.optional(Version),
  sha256: v.optional(Sha256Hex),
  /** Pixels, of a picture. */
  width: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
})
export type FileRef = v.InferOutput<typeof FileRefSchema>

/**
 * A record as it was published at version `v`. Its fields are not parsed here: one that this app cannot read yet must never
 * block the feed, so it is kept raw and parsed when it is shown.
 */
export const PutSchema = v.object({
  op: v.literal('put'),
  v: Version,
  id: RecordId,
  kind: v.string(),
  /** What lists show. */
  record: v.record(v.string(), v.unknown()),
  /** Where the rest of it is. */
  body: BodyRefSchema,
  files: v.array(FileRefSchema),
  /** 仅收录标题: there is neither a text nor a summary. */
  titleOnly: v.boolean(),
})
export type Put = v.InferOutput<typeof PutSchema>

export const ListChangeSchema = v.variant('op', [
  PutSchema,
  v.object({ op: v.literal('del'), v: Version, id: RecordId, kind: v.string() }),
])
export type ListChange = v.InferOutput<typeof ListChangeSchema>

/** First line of a list: then `count` puts follow, in the order of their ids. */
export const ListHeaderSchema = v.object({ epoch: Epoch, version: Version, count: Version })

/** A body told by an earlier one: what becomes of the body with the digest `of` has the digest `sha256`, or it is not that body. */
export const BodyEditSchema = v.object({ sha256: Sha256Hex, of: Sha256Hex, edit: TextEditSchema })
export type BodyEdit = v.InferOutput<typeof BodyEditSchema>

/**
 * First line of a run of changes: versions `from`…`to`, both included; then the changes, in order, `bodies` bodies, and `edits` edits
 * of bodies. A segment brings no bodies. A step and the open tail bring those of their own puts: as edits of what the record's last
 * change before put, where that is much shorter, and not at all where it is the same.
 */
export const RunHeaderSchema = v.object({ epoch: Epoch, from: Version, to: Version, bodies: Version, edits: Version })

/** Address of closed segment `n`: versions `n × segmentSize + 1` … `(n + 1) × segmentSize`, without bodies. */
export function segmentUrl(epoch: string, n: number): string {
  return `/sync/v2/${epoch}/segments/${n}.ndjson`
}

/** Address of closed step `n`: versions `n × stepSize + 1` … `(n + 1) × stepSize`, with what their bodies have become. */
export function stepUrl(epoch: string, n: number): string {
  return `/sync/v2/${epoch}/steps/${n}.ndjson`
}

/** Address of what came after the last closed step, up to `head`, as a step has it. Named by the head, so that it never changes. */
export function openStepUrl(epoch: string, head: number): string {
  return `/sync/v2/${epoch}/tail/${head}.ndjson`
}

/** Address of the list taken at a version. */
export function listUrl(epoch: string, version: number): string {
  return `/sync/v2/${epoch}/lists/${version}.ndjson`
}

/** Address of the bodies of closed segment `n`: a run header and its bodies, no changes. */
export function bundleUrl(epoch: string, n: number): string {
  return `/sync/v2/${epoch}/bundles/${n}.ndjson`
}

/** Address of the bodies of what came after the last closed segment, up to `head`, as a bundle has them. */
export function openBundleUrl(epoch: string, head: number): string {
  return `/sync/v2/${epoch}/open-bundles/${head}.ndjson`
}

/** Address of one body, named by its content: the line alone. */
export function bodyUrl(epoch: string, v: number, sha256: string): string {
  return `/sync/v2/${epoch}/bodies/${v}-${sha256}.json`
}
