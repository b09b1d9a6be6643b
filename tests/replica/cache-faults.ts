/** Lets the phone's caches fail on purpose. */

/** Every cache fails, as where the browser's files are damaged. @returns what puts it right again */
export function failCaches(): () => void {
  const names = ['open', 'has', 'delete'] as const
  const real = names.map((name) => [name, Object.getOwnPropertyDescriptor(CacheStorage.prototype, name)!] as const)
  for (const name of names) {
    const value = () => Promise.reject(new DOMException('Unexpected internal error.', 'UnknownError'))
    Object.defineProperty(CacheStorage.prototype, name, { configurable: true, writable: true, value })
  }
  return () => real.forEach(([name, was]) => Object.defineProperty(CacheStorage.prototype, name, was))
}

/** Files go only when they are let go. */
export function holdDeletion(): { isAsked: Promise<void>; letGo: () => void; restore: () => void } {
  const real = Object.getOwnPropertyDescriptor(Cache.prototype, 'delete') as { value: Cache['delete'] }
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  let ask = () => {}
  const isAsked = new Promise<void>((resolve) => (ask = resolve))
  Cache.prototype.delete = async function (...request) {
    ask()
    await held
    return real.value.apply(this, request)
  }
  return { isAsked, letGo, restore: () => Object.defineProperty(Cache.prototype, 'delete', real) }
}
