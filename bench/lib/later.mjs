/** Actions in the order they were given, each not before its time, which never lies before the one ahead of it. */
export class Later {
  #waiting = []

  /** @param {number} time on the clock of `performance.now()` */
  at(time, action) {
    this.#waiting.push({ time, action })
    if (this.#waiting.length === 1) this.#arm()
  }

  #arm() {
    setTimeout(() => this.#run(), this.#waiting[0].time - performance.now())
  }

  #run() {
    while (this.#waiting.length > 0 && this.#waiting[0].time <= performance.now()) this.#waiting.shift().action()
    if (this.#waiting.length > 0) this.#arm()
  }
}
