/** Milliseconds since 1970 (UTC). Passed in wherever time matters, so that tests can hold it. */
export type Clock = () => number
