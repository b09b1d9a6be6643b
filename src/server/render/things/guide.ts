import type { HowTo, HowToStep } from 'schema-dts'
import type { Guide } from '#domain/record/guide.ts'
import { addressOf } from '../site.ts'
import { known } from './known.ts'
import { pageAddress, partId, type RecordPage, writtenWork } from './record-page.ts'

/**
 * 投资流程 as schema.org/HowTo, "instructions that explain how to achieve a result by performing a sequence of steps". It is no
 * GovernmentService: its steps lead through several offices, and none of them provides the whole.
 */
export function guideThing(page: RecordPage<Guide>): HowTo {
  const { record } = page
  return known({
    '@type': 'HowTo',
    '@id': partId(page, 'guide'),
    ...writtenWork(page),
    name: record.title,
    about: record.track,
    step: record.steps.map((step, index) => stepThing(page.origin, step, index + 1)),
    mainEntityOfPage: { '@type': 'WebPage', '@id': pageAddress(page), lastReviewed: record.verifiedAt },
  })
}

function stepThing(origin: string, step: Guide['steps'][number], position: number): HowToStep {
  const text = [
    `找谁办：${step.office}`,
    step.materials.length > 0 ? `所需材料：${step.materials.join('、')}` : undefined,
    step.legalTerm && `法定时限：${step.legalTerm}`,
    step.promisedTerm && `承诺时限：${step.promisedTerm}`,
    step.note,
  ]
  return known({
    '@type': 'HowToStep',
    position,
    name: step.title,
    text: text.filter((part) => part !== undefined && part !== '').join('。'),
    url: webAddress(origin, step.link),
  })
}

/** A link that leads to a page; a telephone number or a mail address is none. */
function webAddress(origin: string, link: string | undefined): string | undefined {
  if (link === undefined || !/^(https?:|\/)/i.test(link) || !URL.canParse(link, origin)) return undefined
  return addressOf(origin, link)
}
