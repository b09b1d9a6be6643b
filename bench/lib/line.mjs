import net from 'node:net'
import { Direction } from './direction.mjs'

/** A phone's slow line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
export const SLOW = { downBytesPerMs: 200, upBytesPerMs: 93.75, roundTripMs: 150 }

/** The port of each site's line: a site keeps its address from visit to visit, as our server keeps pages by the host asked. */
const places = new Map()

const REQUEST = /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS) (\S+) HTTP\/1\.1\r\n/

/**
 * Puts a slow line in front of a local port. A line of TCP, and not the browser's own emulation, because that covers
 * neither handshakes nor what a service worker asks for, and counts each request alone where they share one line.
 * @param {number} port of the site, on 127.0.0.1
 * @returns an `origin` to open in the browser; `traffic` so far; `close` makes it a port where nobody answers
 */
export async function openLine(port) {
  const { downBytesPerMs, upBytesPerMs, roundTripMs } = SLOW
  const down = new Direction(downBytesPerMs, roundTripMs)
  const up = new Direction(upBytesPerMs, roundTripMs)
  const traffic = new Traffic()
  const sockets = new Set()

  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (phone) => {
    const site = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    // This end answers a handshake at once, where the line would take a round trip; what comes after it waits that long.
    const opensAt = performance.now() + roundTripMs
    const toSite = up.open({ opensAt, deliver: (bytes) => write(site, bytes), end: () => site.end() })
    const toPhone = down.open({
      opensAt,
      deliver: (bytes) => {
        traffic.arrived(bytes.length)
        write(phone, bytes)
      },
      end: () => phone.end(),
    })
    phone.on('data', (bytes) => {
      traffic.asked(bytes)
      toSite.send(bytes)
    })
    site.on('data', toPhone.send)
    phone.on('end', toSite.finish)
    site.on('end', toPhone.finish)
    for (const [one, other] of [
      [phone, site],
      [site, phone],
    ]) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => sockets.delete(one))
    }
    phone.on('close', () => site.destroy())
  })
  await new Promise((resolve) => server.listen(places.get(port) ?? 0, '127.0.0.1', resolve))
  places.set(port, server.address().port)

  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    traffic,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function write(socket, bytes) {
  if (socket.writable) socket.write(bytes)
}

/** What went over a line, headers and workers included. */
class Traffic {
  /** Paths asked for. HTTP/1.1 has one request at a time on a connection, and a browser writes its head in one go. */
  requests = []
  #arrivals = []
  #lastAt = Date.now()

  asked(bytes) {
    const path = REQUEST.exec(bytes.toString('latin1'))?.[1]
    if (path !== undefined) this.requests.push(path)
    this.#lastAt = Date.now()
  }

  arrived(length) {
    this.#lastAt = Date.now()
    this.#arrivals.push({ at: this.#lastAt, length })
  }

  /** Bytes that reached the phone until an instant of the wall clock. */
  bytes(until = Infinity) {
    return this.#arrivals.reduce((sum, { at, length }) => (at <= until ? sum + length : sum), 0)
  }

  /** Milliseconds since anything went either way. */
  get idleMs() {
    return Date.now() - this.#lastAt
  }
}
