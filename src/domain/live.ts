/**
 * A value that changes: what the phone's two stores show to pages, worker and tests alike. The listener hears the present
 * value soon after subscribing and every later one.
 */
export interface Live<T> {
  /** @returns a function that ends the subscription */
  subscribe(listener: (value: T) => void, fail: (error: unknown) => void): () => void
}
