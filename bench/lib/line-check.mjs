import { startBare } from './bare.mjs'
import { openLine, SLOW } from './line.mjs'

const BYTES = 200_000
const FIRST_FLIGHT = 14_600

/**
 * Measures the line itself: a machine that is too busy to keep its rate is too busy to measure anything on it.
 * @returns a sentence with the time a download took and the time it should take
 */
export async function checkLine() {
  const headers = { 'content-length': String(BYTES) }
  const body = Buffer.alloc(BYTES)
  const site = await startBare([{ path: '/', encoding: 'identity', status: 200, headers, body }])
  const line = await openLine(Number(new URL(site.url).port))
  const start = performance.now()
  await (await fetch(line.origin)).arrayBuffer()
  const took = performance.now() - start
  await line.close()
  await site.stop()

  const { downBytesPerMs, roundTripMs } = SLOW
  // Handshake, request, all bytes at full rate, and the wait for the first acknowledgement.
  const wait = roundTripMs - FIRST_FLIGHT / downBytesPerMs
  const ideal = 2 * roundTripMs + BYTES / downBytesPerMs + wait
  return `The line took ${Math.round(took)} ms for ${BYTES / 1000} kB; by arithmetic it is ${Math.round(ideal)} ms.`
}
