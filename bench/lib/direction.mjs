import { Later } from './later.mjs'

/** Payload of a TCP segment on an Ethernet path, in bytes. */
const SEGMENT = 1460
/** What a new connection may send before it has heard back: ten segments (RFC 6928). */
const FIRST_WINDOW = 10 * SEGMENT

/**
 * One direction of a line: a rate that all connections share segment by segment in turn, and half a round trip of delay.
 * A connection starts slowly as TCP does: its window grows by what is acknowledged, one round trip after it was sent.
 * Nothing is lost, so it never shrinks.
 */
export class Direction {
  #bytesPerMs
  #roundTripMs
  #arrivals = new Later()
  #acknowledgements = new Later()
  #flows = []
  /** When the segment that is being sent is through. */
  #freeAt = 0
  /** Whether more was waiting then: a timer that comes late must not cost the line anything. */
  #busy = false
  #timer

  constructor(bytesPerMs, roundTripMs) {
    this.#bytesPerMs = bytesPerMs
    this.#roundTripMs = roundTripMs
  }

  /**
   * A connection's bytes in this direction.
   * @param {{ deliver: (bytes: Buffer) => void, end: () => void, opensAt: number }} options `opensAt` is when its
   *   handshake is done, on the clock of `performance.now()`
   */
  open({ deliver, end, opensAt }) {
    const flow = { deliver, end, opensAt, queue: [], window: FIRST_WINDOW, inFlight: 0 }
    this.#flows.push(flow)
    return {
      send: (bytes) => {
        flow.queue.push(bytes)
        this.#pump()
      },
      finish: () => {
        flow.queue.push(undefined)
        this.#pump()
      },
    }
  }

  #pump() {
    clearTimeout(this.#timer)
    for (;;) {
      const now = performance.now()
      const place = this.#flows.findIndex((flow) => isReady(flow) && flow.opensAt <= now)
      if (place === -1) {
        this.#busy = false
        this.#wakeAt(Math.min(...this.#flows.filter(isReady).map(({ opensAt }) => opensAt)))
        return
      }
      if (this.#freeAt > now) {
        this.#busy = true
        this.#wakeAt(this.#freeAt)
        return
      }
      const [flow] = this.#flows.splice(place, 1)
      if (this.#sendNext(flow, now)) this.#flows.push(flow)
    }
  }

  #wakeAt(time) {
    if (time !== Infinity) this.#timer = setTimeout(() => this.#pump(), time - performance.now())
  }

  /** @returns {boolean} whether the connection goes on */
  #sendNext(flow, now) {
    const bytes = flow.queue.shift()
    if (bytes === undefined) {
      this.#arrivals.at(Math.max(this.#freeAt, now) + this.#roundTripMs / 2, flow.end)
      return false
    }
    const segment = bytes.subarray(0, SEGMENT)
    if (bytes.length > SEGMENT) flow.queue.unshift(bytes.subarray(SEGMENT))
    this.#freeAt = (this.#busy ? this.#freeAt : Math.max(this.#freeAt, now)) + segment.length / this.#bytesPerMs
    flow.inFlight += segment.length
    this.#arrivals.at(this.#freeAt + this.#roundTripMs / 2, () => flow.deliver(segment))
    this.#acknowledgements.at(this.#freeAt + this.#roundTripMs, () => {
      flow.inFlight -= segment.length
      flow.window += segment.length
      this.#pump()
    })
    return true
  }
}

const isReady = ({ queue, inFlight, window }) => queue.length > 0 && inFlight < window
