import { fold } from './fold.ts'
import { type Place, PLACES } from './places.ts'

/** One way of naming a place. `full` names say what kind of place it is (昆山市), short ones do not (昆山). */
export interface PlaceName {
  text: string
  place: Place
  full: boolean
}

/** The peoples in names of autonomous places; people leave them out: 延边州, 长阳县. */
const PEOPLES =
  '蒙古|藏|回|苗|维吾尔|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|' +
  '柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|保安|裕固|独龙|鄂温克|鄂伦春|各'
const AUTONOMOUS = new RegExp(`^(.{2,}?)(?:(?:${PEOPLES})族?)+自治(州|县|旗)$`)
const SUFFIX = /(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|省|市|区|县|旗|盟)$/

const names = new Map<string, PlaceName[]>()
let longest = 0
for (const place of PLACES) {
  for (const name of namesOf(place)) {
    const text = fold(name.text)
    names.set(text, [...(names.get(text) ?? []), { ...name, text }])
    longest = Math.max(longest, text.length)
  }
}

function namesOf(place: Place): PlaceName[] {
  const { name } = place
  // 九龙 in Hong Kong says no more than the short name of 九龙县.
  const found: PlaceName[] = [{ text: name, place, full: SUFFIX.test(name) }]
  const add = (text: string | undefined, full: boolean): void => {
    if (text !== undefined && text.length >= 2 && !found.some((known) => known.text === text))
      found.push({ text, place, full })
  }
  const [, base, kind] = AUTONOMOUS.exec(name) ?? []
  if (base !== undefined && kind !== undefined) {
    add(base + kind, true)
    add(base, false)
  } else if (name.endsWith('自治区')) {
    const short = /^(内蒙古|广西|西藏|宁夏|新疆)/.exec(name)?.[0]
    add(short, false)
    add(short && `${short}自治区`, true)
  } else {
    add(name.replace(SUFFIX, ''), false)
  }
  return found
}

/** Every name of a place that stands in a folded text at an index, the longest first. */
export function namesAt(folded: string, index: number): PlaceName[] {
  const found: PlaceName[] = []
  for (let length = Math.min(longest, folded.length - index); length >= 2; length -= 1) {
    found.push(...(names.get(folded.slice(index, index + length)) ?? []))
  }
  return found
}
