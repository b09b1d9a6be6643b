import type { Origin } from './origin.ts'
import { PhoneModel } from './phone-model.ts'
import type { Statistics } from './statistics.ts'
import type { FeedStep, History, Step } from './steps.ts'

const CROWD = 16

/** Runs a history on a new phone, then lets everything come to rest. @throws Error that says what was not as it must be */
export async function run({ steps, before }: History, origin: Origin, statistics: Statistics): Promise<void> {
  const phone = new PhoneModel(origin, statistics)
  const put = (n: number) => ({ do: 'put' as const, id: n % 10, title: n, as: 'article' as const })
  await origin.perform({ do: 'publish', writers: [Array.from({ length: before }, (_, n) => put(n))] })
  try {
    for (const step of steps) {
      count(step, statistics)
      if (step.do === 'sync') await phone.sync(step)
      else if (step.do === 'pass') phone.cdn.clock += step.seconds
      else await origin.perform(step)
    }
    await phone.settle()
    statistics.histories += 1
  } finally {
    await phone.end()
  }
}

function count(step: Step, statistics: Statistics): void {
  statistics.steps += 1
  if (step.do === 'pass') return
  if (step.do !== 'sync') return countAtFeed(step, statistics)
  if (step.trouble !== 'none') statistics.met(step.trouble)
  if (step.meanwhile !== undefined) countAtFeed(step.meanwhile.step, statistics)
}

function countAtFeed(step: FeedStep, statistics: Statistics): void {
  if (step.do === 'newEpoch' || step.do === 'restore') statistics.epochs += 1
  if (step.do !== 'publish') return
  statistics.changes += step.writers.flat().length
  if (step.writers.length >= CROWD) statistics.crowds += 1
}
