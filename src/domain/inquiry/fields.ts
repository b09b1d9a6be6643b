import * as v from 'valibot'
import { holdsIdCardNumber } from '../id-card.ts'
import { normalizePhone } from '../phone.ts'
import { plainLine, plainText } from '../plain-text.ts'
import { line } from '../text.ts'
import { isUsccCheckCorrect, isUsccForm, normalizeUscc } from '../uscc.ts'

/** Luodi never takes an ID-card number, wherever it is typed. */
const holdsNone = (text: string) => !holdsIdCardNumber(text)

/** A person's name in any script, one to sixty characters, with at least one letter. */
export const PersonName = v.pipe(
  v.string('name.required'),
  v.transform(plainLine),
  v.trim(),
  v.nonEmpty('name.required'),
  v.check((name) => [...name].length <= 60, 'name.tooLong'),
  v.check(holdsNone, 'text.idCard'),
  v.regex(/\p{L}/u, 'name.format'),
)

/** A telephone number; the output is in the one form of `normalizePhone`. */
export const Phone = v.pipe(
  v.string('phone.format'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const phone = normalizePhone(dataset.value)
    if (phone !== undefined) return phone
    addIssue({ message: 'phone.format' })
    return NEVER
  }),
)

export const Email = v.pipe(
  v.string('email.format'),
  v.trim(),
  v.maxLength(254, 'email.format'),
  v.email('email.format'),
)

/** A WeChat name: 6–20 characters beginning with a letter, or the mobile number it is bound to. */
export const Wechat = v.pipe(
  v.string('wechat.format'),
  v.trim(),
  v.regex(/^([A-Za-z][-_A-Za-z0-9]{5,19}|1[3-9]\d{9})$/, 'wechat.format'),
)

/** 统一社会信用代码: the form must be right; the check character alone is only warned about, see `isUsccCheckCorrect`. */
export const Uscc = v.pipe(
  v.string('uscc.format'),
  v.transform(normalizeUscc),
  v.check(isUsccForm, 'uscc.format'),
  v.check((code) => holdsNone(code) || isUsccCheckCorrect(code), 'text.idCard'),
)

/** Free text, up to 2,000 characters, that holds no ID-card number. */
export const Message = v.pipe(
  v.string('text.required'),
  v.transform(plainText),
  v.trim(),
  v.maxLength(2000, 'text.tooLong'),
  v.check(holdsNone, 'text.idCard'),
)

/** One line of a form's text. @param max longest length, in UTF-16 code units */
export const formLine = (max: number) => v.pipe(line(max), v.check(holdsNone, 'text.idCard'))

export const OrganisationName = formLine(120)

/** A quantity above zero. */
export const Quantity = v.pipe(
  v.number('number.format'),
  v.finite('number.format'),
  v.gtValue(0, 'number.positive'),
  v.maxValue(1e12, 'number.tooLarge'),
)
