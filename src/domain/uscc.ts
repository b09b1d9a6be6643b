/** Characters of a 统一社会信用代码, in the order of their values (GB 32100-2015, 4.6: no I, O, S, V, Z). */
export const USCC_CHARSET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Weights of the first seventeen characters: 3^i mod 31 (GB 32100-2015, appendix A). */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** As a person types it → as the standard writes it: no blanks, half-width, upper case. */
export function normalizeUscc(input: string): string {
  return input.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
}

/** Whether a normalized code has the standard's form: 18 characters of its set. */
export function isUsccForm(code: string): boolean {
  return code.length === 18 && [...code].every((char) => USCC_CHARSET.includes(char))
}

/**
 * The check character of a code (GB 32100-2015, appendix A).
 * @param code at least its first seventeen characters, normalized and of the right form
 */
export function usccCheckCharacter(code: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * USCC_CHARSET.indexOf(code.charAt(index)), 0)
  return USCC_CHARSET.charAt((31 - (sum % 31)) % 31)
}

/** Whether the check character fits. Some issued codes break it, so a misfit is a warning and never an error. */
export function isUsccCheckCorrect(code: string): boolean {
  return code.charAt(17) === usccCheckCharacter(code)
}
