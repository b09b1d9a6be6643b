/** What is submitted: the same for all, with its number, by which it is found again. */
export const messageOf = (nr) => ({ name: '李样张', phone: '13800138000', message: `nr ${nr} end` })

/** The number in a text that holds a message; undefined when there is none. */
export function numberIn(text) {
  const found = /nr (\d+) end/.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** Tells the driver what the person is shown about a message: `waiting`, `delivered` or `refused`. */
export const tell = (nr, state) => globalThis.told(nr, state)

/** Registers the worker and waits until it is in charge of this page. */
export async function withWorker() {
  await navigator.serviceWorker.register('/sw.js')
  await navigator.serviceWorker.ready
  if (navigator.serviceWorker.controller !== null) return
  await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
}
