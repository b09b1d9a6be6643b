/**
 * A property that tries no further case once its time is up. fast-check's own limit does not wait for the case under way, which
 * then runs on into the next test.
 * @param ms counted from this call
 */
export function whileTime<T>(ms: number, property: (value: T) => Promise<void>): (value: T) => Promise<void> {
  const end = performance.now() + ms
  return async (value) => {
    if (performance.now() < end) await property(value)
  }
}
