import type { DocType } from '#domain/record/terms.ts'
import { fold } from './fold.ts'

/** What kind of document a name ends in. A new kind goes here; the first that fits wins. */
const KINDS: readonly (readonly [RegExp, DocType])[] = [
  [/(办法|措施|规定|细则|条例|意见|政策|规则|准则|标准|规范|制度|若干条|条政策|\d+条)$/, '规范性文件'],
  [/(方案|规划|计划|纲要|要点|路线图|蓝图|行动)$/, '规划方案'],
]
const COMMENDATION = /通报表扬|通报表彰|通报嘉奖|表彰|表扬|嘉奖|授予.*(称号|荣誉)|记(大)?功/
/** A document that a notice brings: 关于印发《…》的通知, 关于印发…的通知. */
const BROUGHT = /(?:印发|转发|发布|公布|出台|下发)(?:.*?《(.+)》|(.+?)的(?:通知|公告|通告|函|决定))/
/** What is left at the end of a name in brackets: （试行）, （2024—2026年）. */
const ENDING = /[（([〔【][^）)\]〕】]*[）)\]〕】]$|(?:的)?(?:暂行|试行)$/

/** Titles are shorter (the schema's limit is 200); what is longer is no title. */
const LONGEST = 300

/** The kind of a policy document, told from its title. A notice counts as the document it brings. */
export function docTypeOf(title: string): DocType {
  const folded = fold(title.slice(0, LONGEST)).trim()
  const [, bracketed, bare] = BROUGHT.exec(folded) ?? []
  const brought = bracketed ?? bare
  const named = brought === undefined ? undefined : kindOf(brought)
  if (named) return named
  if (COMMENDATION.test(folded)) return '表彰'
  return kindOf(folded.replace(/^《(.+)》$/, '$1')) ?? '通知公告'
}

function kindOf(name: string): DocType | undefined {
  let bare = name.trim()
  for (
    let shorter = bare.replace(ENDING, '').trim();
    shorter !== bare && shorter !== '';
    shorter = bare.replace(ENDING, '').trim()
  )
    bare = shorter
  return KINDS.find(([form]) => form.test(bare))?.[1]
}
