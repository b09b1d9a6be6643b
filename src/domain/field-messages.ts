/** Languages that answers and forms can be in. */
export type Language = 'zh-CN' | 'en'

const MESSAGES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'name.required': { 'zh-CN': '请填写姓名', en: 'Please give a name' },
  'name.tooLong': { 'zh-CN': '姓名最多六十个字', en: 'A name may have up to sixty characters' },
  'name.format': { 'zh-CN': '姓名中至少要有一个文字', en: 'A name needs at least one letter' },
  'phone.format': {
    'zh-CN': '请填写手机号（11 位）、带区号的座机，或以 + 开头的境外号码',
    en: 'Give a mobile number, a landline with its area code, or a number abroad that starts with +',
  },
  'email.format': {
    'zh-CN': '请填写完整的邮箱，例如 name@example.com',
    en: 'Give a full address such as name@example.com',
  },
  'wechat.format': {
    'zh-CN': '微信号以字母开头，6 至 20 位；也可以填绑定的手机号',
    en: 'A WeChat ID starts with a letter and has 6 to 20 characters; a bound mobile number works too',
  },
  'contact.reach': {
    'zh-CN': '请至少留一种联系方式，以便我们答复',
    en: 'Leave at least one way to reach you, so that we can answer',
  },
  'uscc.format': {
    'zh-CN': '统一社会信用代码为 18 位数字或大写字母（不含 I、O、S、V、Z），请对照营业执照核对',
    en: 'The code has 18 digits or capital letters (never I, O, S, V or Z); please check the business licence',
  },
  'text.required': { 'zh-CN': '请填写此项', en: 'Please fill this in' },
  'text.tooLong': { 'zh-CN': '内容太长，最多 {limit} 个字', en: 'This is too long: up to {limit} characters' },
  'text.idCard': {
    'zh-CN': '请删去身份证号，我们不收集它',
    en: 'Please take out the ID-card number; we do not collect it',
  },
  'number.format': { 'zh-CN': '请填写数字', en: 'Please give a number' },
  'number.positive': { 'zh-CN': '请填写大于零的数字', en: 'Please give a number above zero' },
  'number.tooLarge': { 'zh-CN': '数字过大，请核对单位', en: 'This number is too large; please check the unit' },
  'range.order': { 'zh-CN': '上限应不小于下限', en: 'The upper limit should not be below the lower one' },
  'consent.required': { 'zh-CN': '请先阅读并勾选同意', en: 'Please read the notice and tick the box' },
  'time.format': { 'zh-CN': '时间格式不正确', en: 'The time is malformed' },
  'industry.unknown': { 'zh-CN': '请从列表中选择行业', en: 'Please choose an industry from the list' },
  'parts.type': { 'zh-CN': '附件只能是照片或 PDF', en: 'Attachments are photographs or PDF' },
  'parts.empty': { 'zh-CN': '文件是空的，请另选', en: 'The file is empty; please choose another' },
  'parts.tooMany': { 'zh-CN': '附件最多 10 个', en: 'There may be up to 10 attachments' },
  'parts.tooLarge': { 'zh-CN': '附件合计最多 50 MB', en: 'Attachments may have up to 50 MB together' },
  'parts.twice': { 'zh-CN': '同一文件只需附一次', en: 'Attach the same file only once' },
  'schema.unknown': {
    'zh-CN': '表单版本不被支持，请更新后重试',
    en: 'This form version is not supported; please update',
  },
  'id.format': { 'zh-CN': '编号格式不正确', en: 'The identifier is malformed' },
  'key.format': { 'zh-CN': '查询凭证格式不正确', en: 'The tracking key is malformed' },
}

const FALLBACK: Readonly<Record<Language, string>> = {
  'zh-CN': '此项内容不正确，请核对',
  en: 'This is not right; please check it',
}

/** Whether a schema's message is one of our codes (`phone.format`) rather than the library's own words. */
export function isFieldCode(message: string): boolean {
  return /^[a-zA-Z]+\.[a-zA-Z]+$/.test(message)
}

/**
 * The words for an error code; a code without words of its own gets a general line.
 * @param limit that was passed, where the code has one
 */
export function fieldMessage(code: string, language: Language, limit?: unknown): string {
  return (MESSAGES[code] ?? FALLBACK)[language].replace('{limit}', String(limit))
}

/**
 * Picks the language of an answer (RFC 9110, 12.5.4).
 * @param acceptLanguage the request header; absent, or with English not wanted more than Chinese, means Chinese
 */
export function pickLanguage(acceptLanguage = ''): Language {
  const weights = { zh: 0, en: 0 }
  for (const range of acceptLanguage.toLowerCase().split(',')) {
    const [, language, weight = '1'] = /^\s*(zh|en)\b[^;]*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/.exec(range) ?? []
    if (language === 'zh' || language === 'en') weights[language] = Math.max(weights[language], Number(weight))
  }
  const chineseFirst = acceptLanguage.trim().toLowerCase().startsWith('zh') && weights.zh === weights.en
  return weights.en > 0 && weights.en >= weights.zh && !chineseFirst ? 'en' : 'zh-CN'
}
