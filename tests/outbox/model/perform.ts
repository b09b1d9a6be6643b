import { isFinal } from '#domain/inquiry/status.ts'
import type { EntryRow } from '#outbox/rows.ts'
import { Person } from './person.ts'
import type { PhoneModel } from './phone-model.ts'
import type { Step } from './steps.ts'
import type { Tab } from './tab.ts'

const PERSONAL: ReadonlySet<Step['do']> = new Set(['type', 'submit', 'addFile', 'removeFile', 'sendNow', 'correct'])

/** Lets a step happen. One that finds no tab, or nothing to do, does nothing. */
export async function perform(phone: PhoneModel, step: Step): Promise<void> {
  switch (step.do) {
    case 'open':
      return phone.open(step.tab)
    case 'worker':
      return phone.wake(step.crashIn)
    case 'pass':
      return phone.time.pass(step.ms, () => phone.quiet())
    case 'setClock':
      // What is on its way arrives before: that nothing arrives after a minute is only true of a clock that nobody sets.
      phone.network.flush()
      return phone.time.setClock(step.ms)
    case 'outcomes':
      return void phone.network.queue.push(...step.outcomes)
    case 'weather':
      phone.network.weather = step.outcome
      return
    case 'restore':
      return restore(phone, step)
    case 'progress':
      return progress(phone, step)
    default:
  }
  // Who does something has opened the tab.
  if (PERSONAL.has(step.do)) phone.open(step.tab)
  const open = phone.tabs[step.tab]
  if (open?.tab.life.alive !== true) return
  if (step.do === 'crash') return open.tab.life.plan(step.after, () => phone.crash(open.tab, step.frozen))
  if (step.do === 'contact') return open.tab.contact()
  if (step.do === 'quota' || step.do === 'kill' || step.do === 'commitLost' || step.do === 'refuseOpen')
    return failDisk(phone, open.tab, step)
  act(phone, new Person(phone, open.tab, open.mine), step)
}

type Act = Extract<Step, { tab: number }>
type DiskFault = Extract<Act, { do: 'quota' | 'kill' | 'commitLost' | 'refuseOpen' }>

function act(phone: PhoneModel, person: Person, step: Exclude<Act, DiskFault>): void {
  switch (step.do) {
    case 'type':
      return person.type(step.form)
    case 'addFile':
      return person.addFile(step.form, step.file)
    case 'removeFile':
      return person.removeFile(step.form)
    case 'submit':
      return person.submit(step.form)
    case 'submitTwice':
      person.submit(step.form)
      for (const other of phone.tabs) {
        if (other?.tab.life.alive === true) new Person(phone, other.tab, other.mine).submit(step.form)
      }
      return
    case 'sendNow':
      return person.sendNow()
    case 'refresh':
      return person.refresh()
    case 'withdraw':
      return withPicked(
        phone,
        step.pick,
        () => true,
        ({ id }) => person.withdraw(id),
      )
    case 'remove':
      return withPicked(
        phone,
        step.pick,
        () => true,
        ({ id }) => person.remove(id),
      )
    case 'correct':
      return withPicked(
        phone,
        step.pick,
        ({ state }) => state === 'refused',
        (entry) => person.correct(entry),
      )
    default:
  }
}

function failDisk(phone: PhoneModel, tab: Tab, step: DiskFault): void {
  const { life, storage } = tab
  phone.statistics.met(step.do)
  phone.isDiskFine = false
  switch (step.do) {
    case 'quota':
      storage.quota = { left: step.after, when: step.when }
      return
    case 'kill':
      return life.plan(step.after, () => storage.kill())
    case 'commitLost':
      storage.commitLost = true
      return
    case 'refuseOpen':
      storage.refusals = step.times
      storage.kill()
  }
}

async function restore(phone: PhoneModel, step: Extract<Step, { do: 'restore' }>): Promise<void> {
  await phone.quiet()
  // Longer than anything is on its way, and what is sent once that has ended.
  while (phone.network.isUnderWay) {
    phone.network.flush()
    await phone.quiet()
  }
  phone.statistics.met('restore')
  phone.server.restore(step)
}

function progress(phone: PhoneModel, { pick, state }: Extract<Step, { do: 'progress' }>): void {
  const rows = [...phone.server.rows.values()].filter(({ status }) => !isFinal(status.state))
  const row = rows[pick % rows.length]
  if (row !== undefined) phone.server.setStatus(row.receipt.submissionId, state)
}

function withPicked(
  phone: PhoneModel,
  pick: number,
  fits: (entry: EntryRow) => boolean,
  run: (entry: EntryRow) => void,
): void {
  const entries = phone.snapshot.entries.filter(fits)
  const entry = entries[pick % entries.length]
  if (entry !== undefined) run(entry)
}
