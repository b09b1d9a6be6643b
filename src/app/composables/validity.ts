import { policyValidity, type PolicyTerm } from '#domain/policy-validity.ts'
import { computed } from 'vue'
import { useLocale } from '../locales/locale.ts'
import { VALIDITY_TONES, validityText } from '../components/policy/validity-text.ts'
import { useToday } from './today.ts'

/** A policy's validity as of today, in words and with its colour. */
export function useValidity(policy: () => PolicyTerm) {
  const { t } = useLocale()
  const today = useToday()
  const validity = computed(() => policyValidity(policy(), today.value))
  return {
    validity,
    tone: computed(() => VALIDITY_TONES[validity.value.state]),
    text: computed(() => t('validity.line', { text: validityText(validity.value, t) })),
  }
}
