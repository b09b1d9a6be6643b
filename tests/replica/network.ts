import type { ModelFeed } from './model-feed.ts'

/** What may stand between phone and feed. It sees the path with its query; undefined leaves the answer as it is. */
export type Fault = (path: string, good: () => Response) => Response | Promise<Response> | undefined

/** A scripted network in front of a model feed. */
export class Network {
  readonly requests: string[] = []
  fault: Fault | undefined

  constructor(readonly feed: ModelFeed) {}

  readonly fetch = async (url: string): Promise<Response> => {
    this.requests.push(url)
    const good = () => json(this.feed.file(withoutQuery(url)))
    return (await this.fault?.(url, good)) ?? good()
  }
}

export function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, '')
}

/** An answer with this text, or 404. */
export function json(text: string | undefined): Response {
  if (text === undefined) return new Response('{"title":"Not found"}', { status: 404 })
  return new Response(text, { status: 200, headers: { 'Content-Type': 'application/json' } })
}

export const noNetwork: Fault = () => Promise.reject(new TypeError('Failed to fetch'))

/** What hotels and lifts' guest networks answer to everything. */
export const captivePortal: Fault = () =>
  new Response('<!doctype html><title>请登录</title>', { status: 200, headers: { 'Content-Type': 'text/html' } })

/** Delivers the first half, then the connection breaks. */
export function cutShort(good: Response): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const bytes = new Uint8Array(await good.arrayBuffer())
      controller.enqueue(bytes.slice(0, bytes.length >> 1))
      controller.error(new TypeError('network error'))
    },
  })
  return new Response(body, { status: 200 })
}
