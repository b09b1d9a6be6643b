/** The life of one tab: counts what it does, and lets something happen to it at a certain operation. */
export class Life {
  alive = true
  private readonly planned: { left: number; run: () => void }[] = []
  private readonly mourners: (() => void)[] = []

  /** Runs something at the n-th operation from now, from 0. */
  plan(n: number, run: () => void): void {
    this.planned.push({ left: n, run })
  }

  /** To be called at each operation. @returns false when nothing of this tab runs any more */
  step(): boolean {
    if (!this.alive) return false
    for (const one of [...this.planned]) {
      one.left -= 1
      if (one.left >= 0) continue
      this.planned.splice(this.planned.indexOf(one), 1)
      one.run()
    }
    return this.alive
  }

  /** From now on no operation answers. */
  die(): void {
    if (!this.alive) return
    this.alive = false
    for (const run of this.mourners) run()
  }

  whenDead(run: () => void): void {
    this.mourners.push(run)
  }

  /** Nothing planned happens any more. */
  calm(): void {
    this.planned.length = 0
  }
}

/** What an operation of a dead tab answers. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => {})
}
