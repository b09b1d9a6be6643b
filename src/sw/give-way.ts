/** Ends what this release still waits for from the network, so that the next one can take over. */
let leaving = new AbortController()

/**
 * Options for fetches that may be given up. The browser puts a new release in charge only when the old one has nothing left to
 * do: one picture that never comes would hold it back for minutes.
 */
export const untilGivenWay: RequestInit = {
  get signal() {
    return leaving.signal
  },
}

/** Gives up the fetches under way, whose pages the person is about to load anew. Later ones are not touched. */
export function giveWay(): void {
  leaving.abort()
  leaving = new AbortController()
}
