import { fullAt, noteFull } from './full-note.ts'
import { storageInfo } from './site-storage.ts'

/** Room that is left to what the person writes where the platform says how much there is, bytes. */
const LEFT_BYTES = 20_000_000
/** Part of what was stored when the browser refused more that is taken again: the rest is left to lists and to what the person writes. */
const FILLED = 3 / 4
/** From this part of it on something has to go. */
const AT_LIMIT = 0.95

/**
 * Whether there is room for content that nobody keeps, where the browser once refused more.
 * @param measure lets the browser measure anew
 */
export async function hasRoom(measure: () => Promise<void> = () => Promise.resolve()): Promise<boolean> {
  if (fullAt() === undefined) return true
  const isBelow = async () => tooMuch((await storageInfo()).used ?? 0) <= 0
  return (await isBelow()) || measure().then(isBelow, () => false)
}

/** Whether the platform says that there is room for more; it does not always say. */
export async function isRoomLeft(): Promise<boolean> {
  const { used, quota } = await storageInfo()
  return used === undefined || quota === undefined || quota - used > Math.min(LEFT_BYTES, quota / 10)
}

/** How much has to go so that there is room again where the browser refused more, bytes; 0 unless it would refuse more now. */
export async function excess(): Promise<number> {
  const { used = 0 } = await storageInfo()
  return used < (fullAt() ?? Infinity) * AT_LIMIT ? 0 : tooMuch(used)
}

/** Notes how much is stored now that the browser has refused more. */
export async function noteRefused(): Promise<void> {
  const { used } = await storageInfo()
  if (used !== undefined) noteFull(used)
}

/** How much more is stored than is good where the browser has refused more, bytes. */
function tooMuch(used: number): number {
  return used - (fullAt() ?? Infinity) * FILLED
}
