import type { ShareText } from '../share-picture.ts'

export const WIDTH = 1200
export const HEIGHT = 630

/** As in the app's tokens.css, light. */
const COLOURS = { ink: '#16202a', secondary: '#5b6772', paper: '#f5f7f6', brand: '#0b5c63', hairline: '#c9d1d4' }

const BRAND = '落地 · 嘉定招商'
const SAMPLE = '示例'
const ELLIPSIS = '…'
const TITLE_LINES = 4

type Style = Readonly<Record<string, string | number>>

/** An element as Satori takes it. */
export interface Element {
  type: 'div'
  props: { style: Style; lang?: string; children?: string | Element[] }
}

/** Every character that the picture of a text may show. */
export function drawnCharacters({ kind, title, place, date }: ShareText): string {
  return [kind, title, place, date, BRAND, SAMPLE, ELLIPSIS].join('')
}

/**
 * A page of a newspaper: the paper's name over a rule, the heading, and where and when at the foot.
 * @param fontFamily CSS
 */
export function layOut({ kind, title, place, date, sample }: ShareText, fontFamily: string): Element {
  const page = {
    ...{ display: 'flex', flexDirection: 'column', width: WIDTH, height: HEIGHT, boxSizing: 'border-box' },
    ...{ padding: '52px 72px 44px', backgroundColor: COLOURS.paper, color: COLOURS.ink, fontFamily, fontSize: 30 },
  }
  return box({ ...page }, [
    box({ display: 'flex', justifyContent: 'space-between', alignItems: 'center', color: COLOURS.brand }, [
      text({ fontWeight: 600 }, BRAND),
      sample ? text(SAMPLE_MARK, SAMPLE) : box({ display: 'flex', height: 54 }, []),
    ]),
    box({ display: 'flex', height: 5, marginTop: 20, backgroundColor: COLOURS.brand }, []),
    box({ display: 'flex', height: 1, marginTop: 5, backgroundColor: COLOURS.brand }, []),
    text({ marginTop: 24, color: COLOURS.brand, fontWeight: 600 }, kind),
    box({ display: 'flex', flexDirection: 'column', flexGrow: 1, marginTop: 6 }, [
      text({ ...TITLE, fontSize: titleSize(title) }, title),
    ]),
    box({ ...FOOT }, [text({}, place), text({}, date)]),
  ])
}

const SAMPLE_MARK: Style = {
  ...{ padding: '5px 18px 7px', border: `2px solid ${COLOURS.brand}`, borderRadius: 8 },
  ...{ fontSize: 28, lineHeight: 1.3, fontWeight: 600 },
}
const TITLE: Style = {
  ...{ display: 'block', width: WIDTH - 144, fontWeight: 600, lineHeight: 1.32 },
  ...{ lineClamp: TITLE_LINES, overflow: 'hidden', wordBreak: 'break-word' },
}
const FOOT: Style = {
  ...{ display: 'flex', justifyContent: 'space-between', paddingTop: 20, borderTop: `1px solid ${COLOURS.hairline}` },
  ...{ color: COLOURS.secondary, fontWeight: 400 },
}

/** Large for a heading of two lines, smaller for what would be more than four. Pixels. */
function titleSize(title: string): number {
  // A Latin letter is about half as wide as a Chinese one.
  const units = [...title].reduce((sum, character) => sum + (/[\u0020-\u024f]/.test(character) ? 0.55 : 1), 0)
  return units <= 28 ? 72 : units <= 48 ? 64 : 56
}

function box(style: Style, children: Element[]): Element {
  return { type: 'div', props: { style, children } }
}

function text(style: Style, children: string): Element {
  return { type: 'div', props: { style, lang: 'zh-CN', children } }
}
