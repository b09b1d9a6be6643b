import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Font } from 'satori'
import subsetFont from 'subset-font'
import * as v from 'valibot'

/** Weights that are drawn with. */
const WEIGHTS = [400, 600] as const
type Weight = (typeof WEIGHTS)[number]

/** The package has the font in a hundred slices, and this file says which characters each has. */
const INDEX = createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/unicode.json')
const IndexSchema = v.record(v.string(), v.string())

type Range = readonly [first: number, last: number]

interface Slice {
  name: string
  ranges: readonly Range[]
}

/** Noto Sans SC, as much of it as a text needs. A slice that was needed once stays in memory: all of them are 10 MB. */
export class Fonts {
  private readonly instances = new Map<string, Promise<Font>>()

  private constructor(private readonly slices: readonly Slice[]) {}

  static async open(): Promise<Fonts> {
    const index = v.parse(IndexSchema, JSON.parse(await readFile(INDEX, 'utf8')))
    return new Fonts(
      Object.entries(index).map(([key, ranges]) => ({
        name: key.replace(/[[\]]/g, ''),
        ranges: ranges.split(',').map(parseRange),
      })),
    )
  }

  /** @returns a font for each slice that holds some of the text, at each weight; they are to be tried in this order */
  async for(text: string): Promise<Font[]> {
    const points = new Set([...text].map((character) => character.codePointAt(0) ?? 0))
    const needed = new Set(
      [...points].flatMap((point) => {
        const holds = ([first, last]: Range) => first <= point && point <= last
        return this.slices.find(({ ranges }) => ranges.some(holds)) ?? []
      }),
    )
    return Promise.all([...needed].flatMap((slice) => WEIGHTS.map((weight) => this.instance(slice, weight))))
  }

  private instance(slice: Slice, weight: Weight): Promise<Font> {
    const key = `${slice.name}-${weight}`
    const instance = this.instances.get(key) ?? instantiate(slice, weight)
    this.instances.set(key, instance)
    return instance
  }
}

/** `U+4e00-4e8b`, `U+3013` */
function parseRange(range: string): Range {
  const [first = '', last = first] = range.replace('U+', '').split('-')
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
}

/** Satori draws a variable font as it is by default, which is at its thinnest: the weight is cut out here. */
async function instantiate({ name, ranges }: Slice, weight: Weight): Promise<Font> {
  const file = join(dirname(INDEX), 'files', `noto-sans-sc-${name}-wght-normal.woff2`)
  const data = await subsetFont(await readFile(file), ranges.map(charactersOf).join(''), {
    targetFormat: 'truetype',
    variationAxes: { wght: weight },
  })
  return { name: `Noto Sans SC ${name}`, data, weight, style: 'normal' }
}

function charactersOf([first, last]: Range): string {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at))
}
