/** Ours, in a worker of its own, as in the app. */
export function openEngine() {
  const worker = new Worker('/worker.js', { type: 'module' })
  const waiting = new Map()
  let last = 0
  worker.onmessage = ({ data: { nr, answer } }) => {
    waiting.get(nr)(answer)
    waiting.delete(nr)
  }
  const call = (what, argument) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve)
      worker.postMessage({ nr: last, what, argument })
    })
  const engine = Object.fromEntries(
    ['fill', 'settle', 'rest', 'search', 'all', 'put'].map((what) => [what, (argument) => call(what, argument)]),
  )
  return Promise.resolve(engine)
}
