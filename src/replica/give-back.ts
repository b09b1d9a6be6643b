/** Not every browser has it. */
type Detachable = ArrayBuffer & { transfer?: (length: number) => unknown }

/**
 * Gives the memory of buffers back at once: a browser that is left to collect tens of megabytes holds up the page with it.
 * @param buffers that nobody reads any more
 */
export function giveBack(buffers: readonly ArrayBuffer[]): void {
  for (const buffer of new Set<Detachable>(buffers)) if (buffer.byteLength > 0) buffer.transfer?.(0)
}
