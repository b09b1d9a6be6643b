import type { CopyDigest } from '#domain/copy-digest.ts'
import type { Published } from '../model-feed.ts'
import type { FeedStep } from './steps.ts'

/** Where the feed comes from: the model of the contract, or a real server. */
export interface Origin {
  perform(step: FeedStep): Promise<void>
  /** An answer as it goes to an edge; 404 where there is none. */
  answer(path: string): Promise<Response>
  /** What is published now. */
  digest(): Promise<CopyDigest>
  /** What was published at a version of an epoch; undefined for a state the feed was never in. */
  stateAt(epoch: string, version: number): Published[] | undefined
}
