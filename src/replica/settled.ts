/** Browsers that rewrite their files take up to twice the room meanwhile; then so long, ms, is nearly always enough. */
const SETTLED_MS = 300

/** Waits until a browser that has refused to store more may have put its files in order. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
}
