import { checkStep } from './check-step.ts'
import { checkEnd } from './check-end.ts'
import { perform } from './perform.ts'
import { PhoneModel } from './phone-model.ts'
import type { Statistics } from './statistics.ts'
import type { Sequence } from './steps.ts'

/** Runs a sequence on a new phone, and clears the weather. @throws Error that says which promise was broken */
export async function run({ lockKind, seed, steps }: Sequence, statistics: Statistics): Promise<void> {
  const phone = new PhoneModel(lockKind, seed, statistics)
  try {
    statistics.sequences += 1
    phone.open(0)
    for (const step of steps) {
      statistics.steps += 1
      await perform(phone, step)
      if (step.hurry) continue
      await phone.quiet()
      await checkStep(phone)
    }
    await phone.quiet()
    await checkStep(phone)
    await clearWeather(phone)
    await checkEnd(phone)
  } finally {
    await phone.end()
  }
}

/** Longest that anything may take once nothing is wrong any more: so many times everybody looks. */
const LOOKS = 6
/** Longer than any wait for another tab. */
const BETWEEN_LOOKS = 100_000

async function clearWeather(phone: PhoneModel): Promise<void> {
  phone.clear()
  for (let look = 0; look < LOOKS; look += 1) {
    for (const number of [0, 1, 2]) await perform(phone, { do: 'open', tab: number, hurry: false })
    for (const what of ['refresh', 'sendNow'] as const) {
      for (const number of [0, 1, 2]) await perform(phone, { do: what, tab: number, hurry: false })
      await phone.time.pass(what === 'sendNow' ? BETWEEN_LOOKS : 1_000, () => phone.quiet())
    }
    await checkStep(phone)
    if (look > 1 && phone.unfinished().length === 0 && phone.isSettled()) return
  }
}
