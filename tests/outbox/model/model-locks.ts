import type { Locks } from '#outbox/platform.ts'
import { type Life, never } from '../../support/life.ts'

/** Web Locks of one phone. A killed tab lets go of its own; a frozen one does not. */
export class ModelLocks {
  private held = false
  private readonly waiting: { life: Life; begin: () => void }[] = []

  /** @param isFrozen asked when the tab dies: then it keeps what it holds */
  of(life: Life, isFrozen: () => boolean): Locks {
    return {
      request: async (_name, { signal }, work) => {
        if (!life.step()) return never()
        await this.turn(life, signal)
        let mine = true
        const release = () => {
          if (mine) this.release()
          mine = false
        }
        life.whenDead(() => {
          if (!isFrozen()) release()
        })
        try {
          return await work()
        } finally {
          release()
        }
      },
    }
  }

  private turn(life: Life, signal: AbortSignal): Promise<void> {
    if (!this.held) {
      this.held = true
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const waiter = { life, begin: resolve }
      this.waiting.push(waiter)
      signal.addEventListener('abort', () => {
        const place = this.waiting.indexOf(waiter)
        if (place === -1) return
        this.waiting.splice(place, 1)
        reject(signal.reason as Error)
      })
    })
  }

  private release(): void {
    for (;;) {
      const next = this.waiting.shift()
      if (next === undefined) {
        this.held = false
        return
      }
      if (!next.life.alive) continue
      next.begin()
      return
    }
  }
}
