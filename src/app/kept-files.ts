import { ref } from 'vue'

/** How many files have come to the phone since the app was opened: whoever looks for files looks again. */
export const fetchedFiles = ref(0)

/** Whether all of these files are on this phone. False where there is no Cache API to ask. */
export async function allCached(files: readonly string[]): Promise<boolean> {
  if (files.length === 0) return true
  if (!('caches' in window)) return false
  const found = await Promise.all(files.map((file) => caches.match(file)))
  return found.every((response) => response !== undefined)
}
