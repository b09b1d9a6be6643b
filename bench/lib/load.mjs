import autocannon from 'autocannon'
import { ask } from './answer.mjs'
import { freshHeaders } from './fresh.mjs'

export const CONNECTIONS = 32
/** How long each measurement lasts. */
export const SECONDS = 5

/**
 * Asks a server for one thing over and over on 32 connections, each sending the next request when it has its answer.
 * @param {import('../throughput/cases.mjs').Case} one
 * @returns requests per second, and latency in ms
 * @throws when an answer was not as it should be: its rate would mean nothing
 */
export async function load(origin, { name, path, encoding, fresh = false }, seconds = SECONDS) {
  const headers = { 'accept-encoding': encoding }
  const setupRequest = (request) => ({ ...request, headers: { ...headers, ...freshHeaders() } })
  const result = await autocannon({
    url: new URL(path, origin).href,
    connections: CONNECTIONS,
    duration: seconds,
    headers,
    ...(fresh ? { requests: [{ setupRequest }] } : {}),
  })
  // Requests that were cut off at the end may still be worked on; the next measurement starts when that is done.
  await ask(origin, path, encoding)
  const failed = result.non2xx + result.errors + result.timeouts
  if (failed > 0) throw new Error(`${name}: ${failed} of ${result.requests.total} requests failed.`)
  return { rate: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}
