/**
 * Why the feed gave nothing that can be used.
 * - `unreachable`: no answer, a cut one, or a server that says to come back later
 * - `notUnderstood`: an answer that is not the feed's, such as a captive portal's page
 * - `stale`: an answer of the feed that does not fit its head: an old or mixed one from a cache, or a damaged one
 * - `updateNeeded`: the feed asks for a newer app
 */
type FeedReason = 'unreachable' | 'notUnderstood' | 'stale' | 'updateNeeded'

export class FeedFailure extends Error {
  override readonly name = 'FeedFailure'
  readonly reason: FeedReason

  constructor(reason: FeedReason, message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}
