/** Nested plain data, as JSON has it. */
export type Tree = { [key: string]: unknown }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Puts a value at a JSON Pointer (RFC 6901), making the objects on the way.
 * @param pointer of keys without `/` and `~`
 */
export function setAt(tree: Tree, pointer: string, value: unknown): void {
  const keys = pointer.split('/').slice(1)
  const last = keys.pop()
  if (last === undefined) throw new Error('A pointer names at least one key')
  let place = tree
  for (const key of keys) {
    const next = isTree(place[key]) ? place[key] : {}
    place[key] = next
    place = next
  }
  place[last] = value
}

/** The value at a JSON Pointer; undefined when there is none. */
export function getAt(tree: Tree, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((place, key) => (isTree(place) ? place[key] : undefined), tree)
}
