import { shanghaiClock } from '#domain/shanghai.ts'

/** Hands a file to the person, by the browser's own download. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser reads it after this turn; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Today in Shanghai, for a file's name: `2026-11-23`. */
export function dayForName(): string {
  return shanghaiClock(Date.now()).slice(0, 10)
}
