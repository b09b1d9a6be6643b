import type { Language } from '#domain/field-messages.ts'

interface ProblemText {
  status: 400 | 404 | 405 | 408 | 409 | 413 | 415 | 416 | 422 | 429 | 431 | 500 | 503
  title: Readonly<Record<Language, string>>
}

/** Every problem this server answers with, by the last part of its `type`. */
export const PROBLEMS = {
  'not-found': { status: 404, title: { 'zh-CN': '没有这个地址', en: 'There is nothing at this address' } },
  'feed-not-found': {
    status: 404,
    title: {
      'zh-CN': '没有这一段内容，请重新获取 head.json',
      en: 'There is no such part of the feed; fetch head.json again',
    },
  },
  'inquiry-not-found': {
    status: 404,
    title: {
      'zh-CN': '没有这条记录，或查询凭证不符',
      en: 'There is no such inquiry, or the tracking key does not fit',
    },
  },
  'request-malformed': {
    status: 400,
    title: { 'zh-CN': '请求不合 HTTP 规范', en: 'The request is not well-formed HTTP' },
  },
  'request-late': {
    status: 408,
    title: { 'zh-CN': '请求没有及时收完，请重发', en: 'The request took too long to arrive; send it again' },
  },
  'headers-too-large': { status: 431, title: { 'zh-CN': '请求头太长', en: 'The request headers are too large' } },
  'method-not-allowed': {
    status: 405,
    title: { 'zh-CN': '此地址不支持这种请求方法', en: 'This address does not take that method' },
  },
  'submission-id': {
    status: 422,
    title: { 'zh-CN': '提交编号必须是 UUID', en: 'The submission id must be a UUID' },
  },
  'content-type': {
    status: 415,
    title: {
      'zh-CN': '请以未压缩的 application/json（UTF-8）发送',
      en: 'Send application/json in UTF-8, not compressed',
    },
  },
  'form-type': {
    status: 415,
    title: {
      'zh-CN': '请用本站的表单提交',
      en: 'Send it with the form of this site (application/x-www-form-urlencoded)',
    },
  },
  'body-too-large': {
    status: 413,
    title: { 'zh-CN': '内容太长，请缩短后再提交', en: 'The body is too large; shorten it and submit again' },
  },
  'body-aborted': {
    status: 400,
    title: { 'zh-CN': '内容没有收完整，请重发', en: 'The body did not arrive in full; send it again' },
  },
  'digest-missing': {
    status: 422,
    title: {
      'zh-CN': '缺少 Content-Digest（sha-256）',
      en: 'Content-Digest with sha-256 is missing (RFC 9530)',
    },
  },
  'digest-mismatch': {
    status: 400,
    title: {
      'zh-CN': '内容在途中损坏（与 Content-Digest 不符），请重发',
      en: 'The body was damaged on the way (it does not match Content-Digest); send it again',
    },
  },
  'body-not-json': {
    status: 422,
    title: { 'zh-CN': '内容不是 UTF-8 的 JSON', en: 'The body is not JSON in UTF-8' },
  },
  'inquiry-invalid': {
    status: 422,
    title: { 'zh-CN': '有内容需要修改', en: 'Some fields need to be corrected' },
  },
  'inquiry-conflict': {
    status: 409,
    title: {
      'zh-CN': '这个提交编号已用于另一份内容，请重新提交',
      en: 'This submission id was used for other content; submit anew',
    },
  },
  'part-chunk': {
    status: 413,
    title: {
      'zh-CN': '一次发送的附件内容太多，请分段发送',
      en: 'Too many bytes of a file in one request; send it in pieces',
    },
  },
  'part-range': {
    status: 422,
    title: {
      'zh-CN': 'Content-Range 与附件不符',
      en: 'Content-Range is malformed, or does not fit the file or the body',
    },
  },
  'part-offset': {
    status: 416,
    title: {
      'zh-CN': '请从 Upload-Offset 处继续发送',
      en: 'Go on from Upload-Offset',
    },
  },
  'part-type': {
    status: 415,
    title: {
      'zh-CN': '附件的内容与所报类型不符',
      en: 'The content of the file is not of the announced type',
    },
  },
  'part-digest': {
    status: 400,
    title: {
      'zh-CN': '附件在途中损坏（与 SHA-256 不符），请从头重发',
      en: 'The file was damaged on the way (its SHA-256 is another); send it again from the beginning',
    },
  },
  'rate-limited': {
    status: 429,
    title: { 'zh-CN': '请求过于频繁，请稍后再试', en: 'Too many requests; try again later' },
  },
  internal: { status: 500, title: { 'zh-CN': '服务器出错，请稍后再试', en: 'The server failed; try again later' } },
  unavailable: {
    status: 503,
    title: { 'zh-CN': '暂时无法处理，请稍后再试', en: 'This cannot be served at the moment; try again later' },
  },
} as const satisfies Record<string, ProblemText>

export type ProblemName = keyof typeof PROBLEMS
