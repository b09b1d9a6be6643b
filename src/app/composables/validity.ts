import { policyValidity } from '#domain/policy-validity.ts'
import type { Policy } from '#domain/record/policy.ts'
import { computed } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { VALIDITY_TONES, validityText } from '../components/policy/validity-text.ts'
import { useToday } from './today.ts'

/** A policy's validity as of today, in words and with its colour. */
export function useValidity(policy: () => Policy) {
  const { t } = useI18n()
  const today = useToday()
  const validity = computed(() => policyValidity(policy(), today.value))
  return {
    validity,
    tone: computed(() => VALIDITY_TONES[validity.value.state]),
    text: computed(() => t('validity.line', { text: validityText(validity.value, t) })),
  }
}
