/** Time that passes only when told. What passes and what the phone's clock shows are two things: a clock can be set. */
export class ModelTime {
  private elapsed = 0
  private offset = Date.parse('2026-03-02T01:00:00Z')
  private timers: { at: number; run: () => void }[] = []
  /** The latest that the phone's clock ever showed. */
  latest = this.offset

  readonly now = (): number => this.elapsed + this.offset

  readonly setTimer = (run: () => void, ms: number): (() => void) => {
    const timer = { at: this.elapsed + ms, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  setClock(by: number): void {
    this.offset += by
    this.latest = Math.max(this.latest, this.now())
  }

  /**
   * Lets time pass, timer after timer, as far as there are not too many: browsers run late ones together.
   * @param quiet waits until what a timer began has come to rest
   */
  async pass(ms: number, quiet: () => Promise<void>): Promise<void> {
    const end = this.elapsed + ms
    for (let ran = 0; ran < 60; ran += 1) {
      const next = this.timers.reduce((least, { at }) => Math.min(least, at), Infinity)
      if (next > end) break
      this.runUntil(next)
      await quiet()
    }
    this.runUntil(end)
    await quiet()
  }

  private runUntil(at: number): void {
    this.elapsed = Math.max(this.elapsed, at)
    this.latest = Math.max(this.latest, this.now())
    const due = this.timers.filter((timer) => timer.at <= this.elapsed)
    this.timers = this.timers.filter((timer) => timer.at > this.elapsed)
    for (const timer of due) timer.run()
  }
}
