import { captivePortal, cutShort, json, noNetwork } from '../network.ts'
import type { NetworkTrouble } from './steps.ts'

interface Edge {
  good: () => Promise<Response>
  /** Another of its answers. */
  mixedUp: () => Response | undefined
}

/** What becomes of a request in trouble. */
export async function troubled(kind: NetworkTrouble, url: string, { good, mixedUp }: Edge): Promise<Response> {
  switch (kind) {
    case 'offline':
      return (await noNetwork(url, () => json(undefined))) ?? good()
    case 'portal':
      return (await captivePortal(url, () => json(undefined))) ?? good()
    case 'cut':
      return cutShort(await good())
    case 'damaged':
      return json((await (await good()).text()).replace(/"(?:v|version|text)":"?/, '$&7'))
    case 'gone':
      return json(undefined)
    case 'error500':
      return new Response('{"title":"Internal error"}', { status: 500 })
    case 'updateNeeded': {
      const answer = await good()
      if (!url.includes('head.json') || answer.status !== 200) return answer
      return json(JSON.stringify({ ...((await answer.json()) as object), minClient: 99 }))
    }
    case 'stuckEdge':
      return good()
    case 'mixedUp':
      return mixedUp() ?? good()
  }
}
