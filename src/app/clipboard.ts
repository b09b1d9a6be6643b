/**
 * Puts text on the clipboard.
 * @returns false where the browser has none (no TLS) or refuses (some in-app browsers): show the text instead
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
