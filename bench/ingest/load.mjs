import autocannon from 'autocannon'
import { makeRequests } from './requests.mjs'

export const CONNECTIONS = 32
/** How long each measurement lasts. */
export const SECONDS = 5
/** And how long each has had work before, so that its code is compiled. */
export const WARM_UP_SECONDS = 5
/** More than any server here stores in a second. */
const MOST_PER_SECOND = 12_000

/**
 * Sends requests that are all different on 32 connections, each the next one when it has its answer.
 * @returns requests stored per second, and latency in ms
 * @throws when one was not stored: its rate would mean nothing
 */
export async function load(origin, seconds = SECONDS) {
  const ready = makeRequests(seconds * MOST_PER_SECOND)
  let next = 0
  const setupRequest = (request) => {
    if (next === ready.length) throw new Error('More requests were answered than made')
    next += 1
    return { ...request, ...ready[next - 1] }
  }
  const result = await autocannon({
    url: origin,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ method: 'PUT', setupRequest }],
  })
  const stored = result.statusCodeStats['201']?.count ?? 0
  const failed = result.requests.total - stored + result.errors + result.timeouts
  if (failed > 0)
    throw new Error(`${failed} of ${result.requests.total} were not stored: ${JSON.stringify(result.statusCodeStats)}`)
  return { rate: stored / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}
