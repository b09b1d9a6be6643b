import type { PolicyValidity } from '#domain/policy-validity.ts'
import type { Translate } from '../../locales/locale.ts'

/** A policy's validity in a few words. */
export function validityText(validity: PolicyValidity, t: Translate): string {
  switch (validity.state) {
    case 'repealed':
      return t('validity.repealed')
    case 'lapsed':
      return t('validity.lapsed')
    case 'unmarked':
      return t('validity.unmarked')
    case 'current':
      return t('validity.current')
    case 'upcoming':
      return t('validity.upcoming', { from: validity.from, count: validity.daysUntil })
    case 'inForce':
      return t('validity.inForce', { until: validity.until })
    case 'ending':
      return validity.daysLeft === 0
        ? t('validity.endsToday')
        : t('validity.ending', { until: validity.until, count: validity.daysLeft })
    case 'ended':
      return t('validity.ended', { until: validity.until })
  }
}

/** How a validity is coloured. */
export const VALIDITY_TONES: Readonly<Record<PolicyValidity['state'], 'ok' | 'wait' | 'stop' | 'plain'>> = {
  repealed: 'stop',
  lapsed: 'stop',
  unmarked: 'plain',
  current: 'ok',
  upcoming: 'wait',
  inForce: 'ok',
  ending: 'wait',
  ended: 'stop',
}
