const CANDIDATE = /(?<![0-9A-Za-z])\d{6}((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/g

/**
 * Whether a text holds what is in all likelihood a Chinese ID-card number: 18 characters with a birth date and a check
 * digit that fit (GB 11643-1999). Luodi never asks for one and does not take one.
 */
export function holdsIdCardNumber(text: string): boolean {
  return [...text.matchAll(CANDIDATE)].some(([number]) => checkDigit(number) === number.charAt(17).toUpperCase())
}

/** ISO 7064, MOD 11-2, as GB 11643 uses it. */
function checkDigit(number: string): string {
  let sum = 0
  for (let index = 0; index < 17; index++) sum += (2 ** (17 - index) % 11) * Number(number.charAt(index))
  return '10X98765432'.charAt(sum % 11)
}
