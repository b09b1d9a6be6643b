import { fieldErrors, type FieldError } from '#domain/problem.ts'
import type { Language } from '#domain/field-messages.ts'
import * as v from 'valibot'
import { computed, inject, type InjectionKey, provide, reactive, ref } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { type FormText, type InquiryForm, isShown, toFields } from '#domain/inquiry/form.ts'

export type InquiryFormState = ReturnType<typeof useInquiryForm>
const FORM: InjectionKey<InquiryFormState> = Symbol('inquiry form')

/**
 * A form being filled in: its text, and what is wrong with it. An error is shown once its field was left, or after 提交.
 * Provides itself to the fields below.
 */
export function useInquiryForm(form: InquiryForm) {
  const { locale } = useI18n()
  const text = reactive<FormText>({ ...form.initial })
  const agreed = ref(false)
  const shareWithPark = ref(false)
  const left = reactive(new Set<string>())
  const pressed = ref(false)
  const fromServer = ref<FieldError[]>([])

  const result = computed(() => v.safeParse(form.schema, toFields(form, text)))
  const found = computed<FieldError[]>(() => [
    ...(result.value.success ? [] : fieldErrors(result.value.issues, locale.value as Language)),
    ...fromServer.value,
  ])

  /** What is wrong with a field, if it is time to say so. */
  function errorOf(pointer: string): string | undefined {
    if (!pressed.value && !left.has(pointer) && fromServer.value.length === 0) return undefined
    return found.value.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.message
  }

  function edited(pointer: string): void {
    fromServer.value = fromServer.value.filter((error) => !error.pointer.startsWith(pointer))
  }

  /** The fields as they would be sent; undefined while something is wrong with them, which is then shown. */
  function check(): v.InferOutput<InquiryForm['schema']> | undefined {
    pressed.value = true
    return result.value.success && agreed.value ? result.value.output : undefined
  }

  const consentMissing = computed(() => pressed.value && !agreed.value)
  const state = { form, text, agreed, shareWithPark, left, fromServer, errorOf, edited, check, consentMissing }
  provide(FORM, state)
  return state
}

/**
 * One field of the form around it.
 * @param also another field whose mistakes are shown with its own
 */
export function useFormField(pointer: () => string, also: () => string | undefined = () => undefined) {
  const state = inject(FORM)
  if (state === undefined) throw new Error('A form field stands inside a form')
  const value = computed({
    get: () => state.text[pointer()] ?? '',
    set: (text: string) => {
      state.text[pointer()] = text
      state.edited(pointer())
    },
  })
  const error = computed(() => {
    const other = also()
    return state.errorOf(pointer()) ?? (other === undefined ? undefined : state.errorOf(other))
  })
  const required = computed(() => state.form.required.includes(pointer()))
  const shown = computed(() => isShown(state.form, state.text, pointer()))
  return { value, error, required, shown, leave: () => void state.left.add(pointer()) }
}
