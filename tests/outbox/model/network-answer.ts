/** How much of an answer comes, and whether it then fails or only ends. */
const CUT = new WeakMap<Response, 'failing' | 'ending'>()

export function cutOff(response: Response, how: 'failing' | 'ending'): Response {
  CUT.set(response, how)
  return response
}

/** An answer whose body can be read without a task of the browser's own, so that the model knows when all is quiet. */
export async function readable(response: Response): Promise<Response> {
  const how = CUT.get(response)
  const all = new Uint8Array(await response.arrayBuffer())
  const bytes = how === undefined ? all : all.slice(0, Math.floor(all.length / 2))
  let read = 0
  const reader = {
    read() {
      read += 1
      if (read === 1) return Promise.resolve({ done: false, value: bytes })
      return how === 'failing'
        ? Promise.reject(new TypeError('network error'))
        : Promise.resolve({ done: true, value: undefined })
    },
    cancel: () => Promise.resolve(),
  }
  const { status, headers } = response
  return { status, headers, body: { getReader: () => reader } } as unknown as Response
}
