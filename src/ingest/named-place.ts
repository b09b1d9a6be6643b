import { JIADING, JIADING_TOWNS } from '#domain/jiading.ts'
import { fold } from './fold.ts'
import { fullName, isIn, type Place } from './places.ts'
import { type PlaceReading, readPlaces } from './place-reading.ts'

/** A place that a text begins with. Several where namesakes cannot be told apart. */
export interface NamedPlace {
  /** As the text prints it. */
  text: string
  places: Place[]
}

/** Names that are words first: every old town has a 城区, and many plans a 新城区. */
const WORDS =
  /^(城区|郊区|矿区|东区|西区|南区|北区|新城区|市中区|城中区|城关区|城东区|城西区|城南区|城北区|新市区|高新区|新县|和县|成县)$/
/** What makes another word of a name's last character: 东方市场, 海港区域, 和平县域. */
const OTHER_WORD: Readonly<Record<string, RegExp>> = {
  市: /^(场|民|值|价|政(?!府)|容|面)/,
  区: /^(域|块|间|位|别|划|分)/,
  县: /^(域|级)/,
  省: /^(级|心|力)/,
}
/** Longest stretch of a text that is searched. */
const REACH = 120

/**
 * The place that a text begins with, if it says so beyond doubt: a name with its kind (临清市), or larger and smaller
 * place together (山东临清). A short name alone (中山, 长安) may be a person, a road or a firm.
 */
export function leadingPlace(text: string): NamedPlace | undefined {
  return placeAt(text, fold(text.slice(0, REACH)), 0)
}

/** What makes a zone of the place whose short name stands before it: 昆山经济技术开发区. */
const ZONE =
  /^(国家级|省级)?(经济(技术)?开发区|高新(技术)?(产业)?(开发区|园区|区)|经开区|综合保税区|保税区|开发区|工业园区|经济特区)/
/** Short names that are words, directions, or names of people and firms, before they are places. */
const SHORT_WORDS = new RegExp(
  '^(新城|和平|新华|中山|东方|平安|朝阳|长安|大同|永安|太平|兴隆|吉安|安康|三明|白银|金山|宝山|新兴|向阳|' +
    '新民|新乐|高平|大安|乐平|德惠|天长|安国|安达|高安|文昌|龙泉|永康|明光|同江|东兴|凤城|海城|海阳|长葛|[河江海湖山城][东西南北])$',
)

/**
 * The place whose development zone a text begins with: a city or county under its short name, and the zone. A district
 * only beside the page's own, for elsewhere its short name is more often a word.
 */
export function leadingZone(text: string, region: Place): NamedPlace | undefined {
  const folded = fold(text.slice(0, REACH))
  const readings = furthest(readPlaces(folded, 0))
  const isZone = readings.some(
    ({ end, place }) =>
      ZONE.test(folded.slice(end)) &&
      (!place.name.endsWith('区') || outermost(place) === outermost(region)) &&
      !SHORT_WORDS.test(folded.slice(0, end)),
  )
  return isZone ? named(text, 0, readings) : undefined
}

/** 开平区 is no 开平 with something behind it, and 黔西南 no 黔西. */
function furthest(readings: readonly PlaceReading[]): PlaceReading[] {
  const end = Math.max(...readings.map((reading) => reading.end))
  return readings.filter((reading) => reading.end === end)
}

function outermost(place: Place): Place {
  return place.parent ? outermost(place.parent) : place
}

/**
 * What parks are called behind the short name of their place. Behind anything else — 南京路, 杭州湾, 青岛啤酒 — the name
 * may be a road's, a water's or a firm's.
 */
const PARK_WORDS = new RegExp(
  '^((东|西|南|北)[门郊部城])?(国际|国家|现代|高端|智能|智慧|数字|绿色|低碳|循环|创新|创业|中小企业|民营|示范|综合|文化|创意|' +
    '科技|科创|科学|高新|产业|工业|农业|物流|软件|信息|生物|医药|医疗|电子|机械|机器人|装备|制造|化工|食品|纺织|服装|家居|家具|建材|新材料|' +
    '新能源|光电|半导体|集成电路|人工智能|大数据|云计算|航空|航天|汽车|电商|电子商务|跨境|总部|商贸|金融|孵化|留学|双创|临港|临空|空港|园区)',
)
const ZONE_WORDS = /^.{1,6}?(高新区|开发区|经开区|新区|新城|工业园区|保税区)/

/** The province or city that a park's name begins with under its short name: 杭州软件园, 义乌国际商贸城. */
export function leadingCity(text: string, region: Place): NamedPlace | undefined {
  const folded = fold(text.slice(0, REACH))
  const readings = furthest(readPlaces(folded, 0))
  const isCity = readings.some(({ end, place }) => {
    const rest = folded.slice(end)
    const name = folded.slice(0, end)
    const large = /[省市]$|自治区$|行政区$/.test(place.name) && place.parent?.code !== place.code
    if (!large || SHORT_WORDS.test(name) || isTownOf(name, region)) return false
    return PARK_WORDS.test(rest) || ZONE_WORDS.test(rest)
  })
  // Its namesakes too: 西安产业园 lies as well in a 西安区.
  return isCity ? named(text, 0, readings) : undefined
}

/** 华亭 is a city in Gansu and a town of Jiading. */
function isTownOf(name: string, { code }: Place): boolean {
  return code === JIADING.code && Object.values(JIADING_TOWNS).some((town) => town.startsWith(name))
}

/** The place that stands in brackets in a text: 示范园（临清市）. */
export function bracketedPlace(text: string): NamedPlace | undefined {
  return [...text.matchAll(/[（(]([^（）()]{2,30})[）)]/g)]
    .map(([, inner = '']) => leadingPlace(inner))
    .find((place) => place !== undefined)
}

/** The first two-level full name anywhere in a text: 济南市历下区. */
export function locatedPlace(text: string): NamedPlace | undefined {
  const folded = fold(text.slice(0, REACH))
  for (let index = 0; index < folded.length; index += 1) {
    const readings = certain(folded, index).filter(({ levels, full, anyFull }) => levels >= 2 && full && anyFull)
    if (readings.length > 0) return named(text, index, readings)
  }
  return undefined
}

function placeAt(text: string, folded: string, index: number): NamedPlace | undefined {
  const readings = certain(folded, index)
  return readings.length === 0 ? undefined : named(text, index, readings)
}

function certain(folded: string, index: number): PlaceReading[] {
  return readPlaces(folded, index).filter(({ end, full, levels }) => {
    const name = folded.slice(index, end)
    const spoilt = OTHER_WORD[name.at(-1) ?? '']?.test(folded.slice(end)) === true
    return !spoilt && ((full && !WORDS.test(name)) || levels >= 2)
  })
}

function named(text: string, index: number, readings: readonly PlaceReading[]): NamedPlace {
  const end = Math.max(...readings.map((reading) => reading.end))
  const places = readings.filter((reading) => reading.end === end).map(({ place }) => place)
  return { text: text.slice(index, end), places: [...new Set(places)] }
}

/** Zones that the statistics count beside districts, 130471 邯郸经济技术开发区; they lie across the city's districts. */
const ZONE_CODE = /^\d{4}7\d$/

/** Whether one of the places meant may contain the region, lie in it, or be it. */
export function touches(named: NamedPlace, region: Place): boolean {
  return named.places.some((place) => {
    const around = ZONE_CODE.test(place.code) ? (place.parent ?? place) : place
    return isIn(around, region) || isIn(region, place)
  })
}

/** 山东省聊城市临清市，371581, or the several that bear the name. */
export function describePlaces(places: readonly Place[]): string {
  return places
    .slice(0, 3)
    .map((place) => `${fullName(place)}，${place.code}`)
    .join('；')
}
