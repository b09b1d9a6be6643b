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

/** The browser ends while a message is on its way the first time; every other one still gets through. */
export async function killWhileSending(stage, numbers) {
  for (const nr of numbers) {
    const held = stage.hold(nr)
    await press(stage, nr)
    if (await within(PATIENCE_MS, held.arrived, stage)) await killHeld(stage, held, nr % 2 === 1)
  }
  stage.network.heal()
}

/** The same later: after an attempt that found no server, when the person has been told that the message is kept. */
export async function killWhileSendingAgain(stage, numbers) {
  for (const nr of numbers) {
    stage.fault({ kind: 'refuse' }, stage.isAbout(nr))
    await press(stage, nr)
    await stage.phone.hears(nr, (state) => state === 'waiting')
    if (!(await within(PATIENCE_MS, stage.attempted(nr), stage))) continue
    stage.network.heal()
    const held = stage.hold(nr)
    if (await within(PATIENCE_MS, held.arrived, stage)) await killHeld(stage, held, nr % 2 === 1)
  }
  stage.network.heal()
}

async function killHeld(stage, { release, lose }, getsThrough) {
  await stage.phone.kill()
  if (getsThrough) release()
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
