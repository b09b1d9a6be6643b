import fs from 'node:fs'
import TRADITIONAL from 'opencc-js/dict/TSCharacters'
import { pinyin } from 'pinyin-pro'
import { fail, inRoot, say, StepError } from './shell.mjs'

/** Digits of the tables: printable, and nothing that has to be escaped in a string. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/!#$%&()*,-.:;<=>?@[]^_{|}~'
/** 5,401 characters in common use where traditional script is written: the first level of Big5. */
const COMMON_TRADITIONAL = [...charactersOf('big5', 0xa4, 0xc6, [0x40, 0xa1])].slice(0, 5401)
/** 6,763 characters of GB 2312; the first 3,755, in common use, are in the order of their readings. */
const SIMPLIFIED = [...charactersOf('gb2312', 0xb0, 0xf7, [0xa1])]
const COMMON = 3755

/** Other readings in common use: of every heteronym those that stand in names of places, trades and companies. */
const READINGS =
  '柏bo薄bo堡pu便pian泊po参shen藏zang曾ceng差chai长zhang朝zhao车ju称chen乘sheng重chong传zhuan大dai单shan弹dan得dei的di地de' +
  '调diao都du度duo恶wu番pan佛fu否pi给ji盖ge行hang和huo核hu还huan会kuai稽qi夹ga贾gu降xiang角jue校jiao解xie劲jing觉jiao卡qia' +
  '壳qiao勒lei乐yue了liao率lv绿lu落la埋man没mo秘bi模mu朴piao屏bing奇ji强jiang区ou圈juan塞se色shai厦sha莎suo杉sha什shi省xing' +
  '盛cheng石dan识zhi数shuo说shui似si宿xiu提di系ji巷hang血xie叶xie轧ya粘nian着zhuo属zhu旅lu律lu虑lu铝lu'
/** Characters of the second level that trades, materials and names of companies and places are full of. */
const BEYOND =
  '芯鑫晟荟祺泓霆锂钛铖镓铟酯酰炔吡嘧啶嗪唑馨浏圳莘颛昊瀚煜炜烨钰珺琪瑞璟瑾璞璇璐泗泾浦澜淞漕滢沁沣涵浩淼湄溧漳潍澳鹭鹏' +
  '麒麟骏骋骥骅飒颐韬铭锐铠铂镁锆钒钼铌钽铑钯砜羧羟醛酚醚苷萃荃荔莅菁葳蓓蕴薇臻舸舜芮苒茗茵桦榕槿橙檬楠栎桢杭彤徕徽' +
  '岚岐嵩崴峪巽弘廪庾妍姝媛嫒婧孚孜宸寰寓珂珈珏玥玺琛琨瑜瑶璋璨竑翊翎翔翰聿晖晗晔暄曦朔睿禾秉稷穹竺笙筑筠箐簋籁粟' +
  '缤绮绫缦缪羿耘耜聆肽胧胰脲腈膦艺芃芸苏芷苓茂荀莹菀萱蔚藜蘅虞蛟螳裕覃谌谕贲赟轩轶辉辽迈迪逸遨邑邦邺郓郝郦酩釜'

function* charactersOf(encoding, firstRow, lastRow, starts) {
  const decoder = new TextDecoder(encoding)
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (const start of starts) {
      for (let cell = start; cell <= (start === 0x40 ? 0x7e : 0xfe); cell += 1) {
        const char = decoder.decode(Uint8Array.of(row, cell))
        if ([...char].length === 1 && /\p{Script=Han}/u.test(char)) yield char
      }
    }
  }
}

/** The block where all that is folded lies: CJK Unified Ideographs. */
const IN_BLOCK = /^[\u4e00-\u9fff]$/

/**
 * Traditional characters in common use and what they are simplified to, and with each its other forms (產: 産), which are simplified to
 * the same. One that is in use as a simplified character of its own (著, 乾) stays what it is: folding it would find what was not asked for.
 */
function simplifications() {
  const place = new Map(SIMPLIFIED.map((char, index) => [char, index]))
  const known = new Map(TRADITIONAL.split('|').map((pair) => [[...pair][0], [...pair.slice(pair.indexOf(' ') + 1)][0]]))
  const common = new Set(COMMON_TRADITIONAL.map((char) => known.get(char) ?? char))
  return [...known]
    .filter(([char, target]) => IN_BLOCK.test(char) && !place.has(char) && place.has(target) && common.has(target))
    .map(([char, target]) => ({ char, target: place.get(target) }))
    .sort((a, b) => (a.char < b.char ? -1 : 1))
}

/** The module of traditional characters: distances between them, and the two digits of each target. */
function simplifiedModule() {
  const pairs = simplifications()
  const gaps = pairs.map(
    ({ char }, index) => char.charCodeAt(0) - (index === 0 ? 0x4e00 : pairs[index - 1].char.charCodeAt(0)),
  )
  if (Math.max(...gaps) >= DIGITS.length ** 2) throw new Error('A gap takes more than two digits')
  const digit = (value) => DIGITS[value]
  // A gap that does not fit into a digit is written as the last digit and two more.
  const last = DIGITS.length - 1
  const written = gaps.map((gap) =>
    gap < last ? digit(gap) : digit(last) + digit(Math.floor(gap / DIGITS.length)) + digit(gap % DIGITS.length),
  )
  return `/*
 * Made by scripts/search-tables.mjs from OpenCC's dictionary of characters (opencc-js, Apache-2.0): ${pairs.length} traditional characters
 * in common use and their other forms, by the distances between their code points, and the places of their simplified ones in GB 2312.
 */
export const DIGITS = '${DIGITS}'
export const GAPS =
  '${written.join('')}'
export const TARGETS_HIGH =
  '${pairs.map(({ target }) => digit(Math.floor(target / DIGITS.length))).join('')}'
export const TARGETS_LOW =
  '${pairs.map(({ target }) => digit(target % DIGITS.length)).join('')}'
`
}

const readingOf = (char) => pinyin(char, { toneType: 'none', type: 'array', v: true })[0]

/** The module of readings: runs of characters of GB 2312 that are read alike, and single characters with one more reading. */
function pinyinModule() {
  const runs = []
  for (const char of SIMPLIFIED.slice(0, COMMON)) {
    const reading = readingOf(char)
    if (runs.at(-1)?.reading === reading) runs.at(-1).length += 1
    else runs.push({ reading, length: 1 })
  }
  const known = new Set(SIMPLIFIED.slice(0, COMMON))
  const beyond = [...new Set(BEYOND)].filter((char) => !known.has(char)).map((char) => char + readingOf(char))
  return `/*
 * Made by scripts/search-tables.mjs from pinyin-pro (MIT): readings of the ${COMMON.toLocaleString('en')} common characters of GB 2312 in its order, each with
 * the number of characters that are read so, and further readings of single characters. ü is written v.
 */
export const RUNS =
  '${runs.map(({ reading, length }) => reading + (length === 1 ? '' : length)).join(' ')}'
export const FURTHER =
  '${READINGS}${beyond.join('')}'
`
}

/** Where each module is kept. */
const TABLES = {
  'src/replica/search/simplified-data.ts': simplifiedModule,
  'src/replica/search/pinyin-data.ts': pinyinModule,
}

/** `node scripts/search-tables.mjs [--check]`: writes the tables of the search on the phone anew, or says which are not as they would be. */
function main() {
  const stale = Object.entries(TABLES).filter(([file, make]) => fs.readFileSync(inRoot(file), 'utf8') !== make())
  if (process.argv.includes('--check')) {
    if (stale.length > 0)
      throw new StepError(`Not what its dictionaries say: ${stale.map(([file]) => file).join(', ')}`)
    return
  }
  for (const [file, make] of stale) {
    fs.writeFileSync(inRoot(file), make())
    say(`${file} written`)
  }
}

try {
  main()
} catch (error) {
  fail(error)
}
