import { setTimeout as sleep } from 'node:timers/promises'

/** Longest time between a request's arrival and the kill, ms: around what a write takes. */
const WRITE_MS = 12
/** How long to look for a second attempt, ms. */
const PATIENCE_MS = 10_000

/** Lets each request go on to the server, and kills that somewhere in the write. */
export async function killServerWhileItWrites(stage, numbers, dice) {
  for (const nr of numbers) {
    const { arrived, release } = stage.hold(nr)
    await press(stage, nr)
    // A queue that sends one after the other may be waiting to try another one.
    if (!(await within(PATIENCE_MS, arrived, stage))) continue
    release()
    await sleep(dice() * WRITE_MS)
    await stage.backend.kill()
    await stage.backend.restart()
    await stage.phone.hears(nr)
  }
  stage.network.heal()
}

/** There is no network; as soon as the page says that it keeps the message, the phone ends the browser. */
export async function killWhenKept(stage, numbers) {
  stage.fault({ kind: 'refuse' })
  for (const nr of numbers) {
    const kept = stage.phone.hears(nr, (state) => state === 'waiting')
    await press(stage, nr)
    await kept
    await stage.phone.kill()
    await stage.phone.open()
  }
  stage.network.heal()
}

/** The browser ends while a message is on its way the first time; whether it gets through is a coin. */
export async function killWhileSending(stage, numbers, dice) {
  for (const nr of numbers) {
    const held = stage.hold(nr)
    await press(stage, nr)
    if (await within(PATIENCE_MS, held.arrived, stage)) await killHeld(stage, held, dice)
  }
  stage.network.heal()
}

/** The same at the second attempt, after one that found no server. */
export async function killWhileSendingAgain(stage, numbers, dice) {
  for (const nr of numbers) {
    stage.hold(nr).lose()
    const held = stage.hold(nr, 1)
    await press(stage, nr)
    if (await within(PATIENCE_MS, held.arrived, stage)) await killHeld(stage, held, dice)
  }
  stage.network.heal()
}

async function killHeld(stage, { release, lose }, dice) {
  await stage.phone.kill()
  if (dice() < 0.5) release()
  else lose()
  await stage.phone.open()
}

/** Presses 提交 and does not wait for anything. */
const press = (stage, nr) => stage.phone.pages[0].evaluate((each) => void globalThis.bench.submit(each), nr)

/** Waits for something while a network is found now and then. @returns whether it came in time */
async function within(ms, event, stage) {
  let came = false
  void event.then(() => (came = true))
  const end = Date.now() + ms
  for (let look = 0; !came && Date.now() < end; look += 1) {
    await Promise.race([event, sleep(250)])
    if (!came) await stage.phone.wake({ worker: look % 4 === 1 })
  }
  return came
}
