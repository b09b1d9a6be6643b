import { portal, problem, type Seen } from '../support/server.ts'
import { type Life, never } from '../../support/life.ts'
import type { ModelServer } from './model-server.ts'
import type { ModelTime } from './model-time.ts'
import { cutOff, readable } from './network-answer.ts'

/** What the network does to one request. Delays in ms. */
export type Outcome =
  | {
      kind:
        | 'fine'
        | 'lostBefore'
        | 'lostAfter'
        | 'portal'
        | 'error500'
        | 'tooMany'
        | 'not401'
        | 'not403'
        | 'plain422'
        | 'half'
        | 'cut'
        | 'silence'
    }
  | { kind: 'twice' | 'held' | 'slow'; delay: number }
  | { kind: 'busy'; seconds: number }
  | { kind: 'refused'; status: 409 | 413 | 415 | 422 }

/** The network before the server. */
export class Network {
  /** For the next requests, first come first served. */
  queue: Outcome[] = []
  /** For all others. */
  weather: Outcome = { kind: 'fine' }
  /** Answers that are being made. */
  busy = 0
  /** Requests that will arrive later, and answers on their way. */
  private readonly transit = new Set<{ now: () => void; callOff: () => void }>()

  constructor(
    private readonly server: ModelServer,
    private readonly time: ModelTime,
    private readonly met: (kind: Outcome['kind']) => void,
  ) {
    server.weather = (seen, handle) => this.pass(seen, handle)
  }

  get isOnline(): boolean {
    return this.weather.kind !== 'lostBefore'
  }

  /** The network as a tab sees it: nothing more of it once the tab is dead. */
  of(life: Life): (url: string, init: RequestInit) => Promise<Response> {
    return async (url, init) => {
      if (!life.step()) return never()
      this.busy += 1
      const answer = await this.server
        .fetch(url, init)
        .then(readable)
        .finally(() => (this.busy -= 1))
        .catch(Error)
      if (!life.step()) return never()
      if (answer instanceof Error) throw new TypeError('Failed to fetch')
      return answer
    }
  }

  get isUnderWay(): boolean {
    return this.transit.size > 0
  }

  /** Everything on its way to the server arrives now; answers on their way back are lost. */
  flush(): void {
    for (const one of [...this.transit]) one.now()
  }

  private pass(seen: Seen, handle: () => Response): Response | Promise<Response> {
    const outcome = this.queue.shift() ?? this.weather
    this.met(outcome.kind)
    const fail = () => {
      throw new TypeError('Failed to fetch')
    }
    switch (outcome.kind) {
      case 'fine':
        return handle()
      case 'lostBefore':
        return fail()
      case 'lostAfter':
        handle()
        return fail()
      case 'portal':
        return portal()
      case 'error500':
        return problem(500, '内部错误')
      case 'tooMany':
        return problem(429, '太多')
      case 'not401':
        return problem(401, '不在此处')
      case 'not403':
        return portal(403)
      case 'plain422':
        return portal(422)
      case 'busy':
        return problem(503, '稍候', [], { 'retry-after': String(outcome.seconds) })
      case 'refused':
        return this.server.refuse(seen, outcome.status)
      case 'half':
        return cutOff(handle(), 'failing')
      case 'cut':
        return cutOff(handle(), 'ending')
      case 'silence':
        return this.wait()
      case 'twice':
        this.later(outcome.delay, handle)
        return handle()
      case 'held':
        this.later(outcome.delay, handle)
        return this.wait()
      case 'slow':
        return this.slowly(handle(), outcome.delay)
    }
  }

  private later(delay: number, deliver: () => void): void {
    const one = {
      now: () => {
        one.callOff()
        this.transit.delete(one)
        deliver()
      },
      callOff: () => {},
    }
    one.callOff = this.time.setTimer(one.now, delay)
    this.transit.add(one)
  }

  /** Neither arrives nor fails: what comes of it is the business of the time limit. */
  private wait(): Promise<Response> {
    this.busy -= 1
    return never<Response>()
  }

  private slowly(answer: Response, delay: number): Promise<Response> {
    this.busy -= 1
    return new Promise((resolve, reject) => {
      const arrive = this.time.setTimer(() => end(() => resolve(answer)), delay)
      const one = { now: () => end(() => reject(new TypeError('Failed to fetch'))), callOff: arrive }
      const end = (run: () => void) => {
        if (!this.transit.delete(one)) return
        arrive()
        this.busy += 1
        run()
      }
      this.transit.add(one)
    })
  }
}
