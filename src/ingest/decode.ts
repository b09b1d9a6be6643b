import { PageRefused } from './refusal.ts'

/** Largest file that is read, in bytes: a saved page with its pictures inlined. */
export const MAX_BYTES = 8 * 1024 * 1024

/** Byte order marks, as Latin-1. */
const MARKS = [
  ['\xEF\xBB\xBF', 'utf-8'],
  ['\xFF\xFE', 'utf-16le'],
  ['\xFE\xFF', 'utf-16be'],
] as const
const EXPECTED = '本模板的网页（HTML）或网页文字'
/** How other kinds of file begin (their magic numbers, as Latin-1). */
const MAGIC: readonly (readonly [string, string])[] = [
  ['%PDF-', 'PDF 文件'],
  ['\x89PNG', 'PNG 图片'],
  ['\xFF\xD8\xFF', 'JPEG 图片'],
  ['GIF8', 'GIF 图片'],
  ['RIFF', '音视频或 WebP 图片'],
  ['PK\x03\x04', '压缩包或 Office 文档（ZIP）'],
  ['Rar!', 'RAR 压缩包'],
  ['7z\xBC\xAF', '7z 压缩包'],
  ['\x1F\x8B', 'gzip 压缩文件'],
  ['\xD0\xCF\x11\xE0', 'Office 97–2003 文档'],
  ['\x7FELF', '可执行文件'],
  ['SQLite format 3', 'SQLite 数据库'],
]
/**
 * Words that a page of the template cannot do without, in either script: they show that a guessed encoding is right.
 */
const TELLTALE = /地区|地區|日期|时间|時間|招商/
// eslint-disable-next-line no-control-regex -- controls that no text has
const NOT_TEXT = /[\0-\x08\x0E-\x1A]/

/**
 * Bytes of a page to text. A byte order mark decides; else UTF-8 if the bytes are that, for no Chinese page in
 * another encoding is by chance; else what the page declares, GB18030 (of which GBK is a part), Big5 and UTF-16,
 * whichever reads as Chinese.
 * @throws PageRefused when it is empty, too large, no text, or cut off inside a character
 */
export function decodePage(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) {
    throw new PageRefused(
      'too-large',
      `不超过 ${MAX_BYTES / 1024 / 1024} MB 的文件`,
      `${(bytes.length / 1024 / 1024).toFixed(1)} MB`,
    )
  }
  const head = latin1(bytes.subarray(0, 4096))
  const magic = MAGIC.find(([start]) => head.startsWith(start))
  if (magic) throw new PageRefused('binary', EXPECTED, magic[1])
  const text = decode(bytes, head)
  if (text.includes('\0')) throw new PageRefused('binary', EXPECTED, '二进制内容')
  if (!/[^\s\uFEFF\u200B-\u200F\u2060]/.test(text)) throw new PageRefused('empty', EXPECTED, '空文件')
  if (isJson(text)) throw new PageRefused('not-template', EXPECTED, 'JSON 数据')
  return text
}

/** What an interface answers may carry a whole page in a string, and is none. */
function isJson(text: string): boolean {
  return /^[\s\uFEFF]*(?:\{\s*(?:"|\})|\[\s*[[{"])/.test(text)
}

function decode(bytes: Uint8Array, head: string): string {
  const marked = MARKS.find(([mark]) => head.startsWith(mark))?.[1]
  const certain = strictly(bytes, marked ?? 'utf-8')
  if (certain !== undefined) return certain
  const encodings =
    marked === undefined ? ['utf-8', ...declared(head), 'gb18030', 'big5', 'utf-16le', 'utf-16be'] : [marked]
  const texts = encodings.map((encoding) => strictly(bytes, encoding))
  const text = texts.find((candidate) => candidate !== undefined && TELLTALE.test(candidate))
  if (text !== undefined) return text
  for (const encoding of encodings) {
    for (const missing of [1, 2, 3]) {
      const shorter = strictly(bytes.subarray(0, -missing), encoding)
      if (shorter !== undefined && TELLTALE.test(shorter)) {
        throw new PageRefused('truncated', '完整的文件', '文件在一个字的中间断开')
      }
    }
  }
  const code = NOT_TEXT.test(head) ? 'binary' : 'encoding'
  throw new PageRefused(code, 'UTF-8 或 GBK 编码的中文网页', '无法识别的字节内容')
}

/** The encoding that `<meta charset>` or `http-equiv` names, if there is a decoder for it. */
function declared(head: string): string[] {
  const label = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,20})/i.exec(head)?.[1]
  if (label === undefined) return []
  try {
    return [new TextDecoder(label).encoding]
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
