import type * as v from 'valibot'

/** What to do about a code of our own rules. */
const ADVICE: Readonly<Record<string, string>> = {
  'date.format': '应为存在的日期，写作 2025-07-28',
  'time.format': '应为带时区的时间，写作 2025-07-28T09:00:00+08:00',
  'digest.format': '应为 64 位小写十六进制的 SHA-256',
  'link.unsafe': '应为 https:// 开头的网址，或 / 开头的本站路径',
  'text.required': '应为文字，不能为空；数字请加引号',
  'text.tooLong': '太长，请缩短',
  'range.order': '上限（或结束日期）不能小于下限（或开始日期）',
  'region.code': '应为 6 位行政区划代码，或加 3 位街镇代码',
  'id.format': '只能用小写字母、数字和中间的连字符，最长 96 位',
  'contact.empty': '至少写名称、电话、邮箱、地址中的一项',
  'industry.unknown': '应为 GB/T 4754-2017 的门类字母和两位大类，例如 section: C、division: "36"',
}

/** What a person should do about one issue of a record's schema, in one Chinese line. */
export function adviceFor(issue: v.BaseIssue<unknown>): string {
  if (issue.input === undefined) return '缺少这一项，请补上'
  const own = ADVICE[issue.message]
  if (own !== undefined) return `${own}（现在是 ${issue.received}）`
  return `应为 ${(issue.expected ?? '规定的值').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' / ')}，现在是 ${issue.received}`
}
