import { fieldErrors, type FieldError } from '#domain/problem.ts'
import * as v from 'valibot'
import { computed, inject, type InjectionKey, onMounted, provide, reactive, ref } from 'vue'
import { useAnswers } from '../answers.ts'
import { useLocale } from '../locales/locale.ts'
import { type FormText, type InquiryForm, isShown, toFields } from '#domain/inquiry/form.ts'

export type InquiryFormState = ReturnType<typeof useInquiryForm>
const FORM: InjectionKey<InquiryFormState> = Symbol('inquiry form')

/**
 * A form being filled in: its text, and what is wrong with it. An error is shown once its field was left, or after 提交.
 * Provides itself to the fields below. A form that was posted without JavaScript begins with what came of it.
 */
export function useInquiryForm(form: InquiryForm) {
  const { language } = useLocale()
  const answers = useAnswers()
  const posted = answers.page?.form
  const text = reactive<FormText>({ ...form.initial, ...posted?.text })
  const agreed = ref(posted?.agreed ?? false)
  const shareWithPark = ref(posted?.shareWithPark ?? false)
  // Whoever was quicker than the scripts keeps what they typed.
  const typed = answers.typed()
  for (const pointer of Object.keys(form.initial)) text[pointer] = typed.get(pointer) ?? text[pointer] ?? ''
  if (typed.has('agreed')) agreed.value = true
  if (typed.has('shareWithPark')) shareWithPark.value = true
  const left = reactive(new Set<string>())
  const pressed = ref(posted?.text !== undefined)
  const fromServer = ref<FieldError[]>(posted?.errors ?? [])
  const hasScript = ref(false)
  onMounted(() => (hasScript.value = true))

  // The server has checked what was posted, all of it; what is shown here is checked once something is changed.
  const isAsPosted = ref(posted?.text !== undefined)
  const result = computed(() => v.safeParse(form.schema, toFields(form, text)))
  const found = computed<FieldError[]>(() => [
    ...(result.value.success || isAsPosted.value ? [] : fieldErrors(result.value.issues, language.value)),
    ...fromServer.value,
  ])

  /** What is wrong with a field, if it is time to say so. */
  function errorOf(pointer: string): string | undefined {
    if (!pressed.value && !left.has(pointer) && fromServer.value.length === 0) return undefined
    return found.value.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.message
  }

  function edited(pointer: string): void {
    isAsPosted.value = false
    fromServer.value = fromServer.value.filter((error) => !error.pointer.startsWith(pointer))
  }

  /** The fields as they would be sent; undefined while something is wrong with them, which is then shown. */
  function check(): v.InferOutput<InquiryForm['schema']> | undefined {
    pressed.value = true
    isAsPosted.value = false
    return result.value.success && agreed.value ? result.value.output : undefined
  }

  /** What has to be done before the form can be sent; false while it needs the person. */
  const beforeSubmit = new Set<() => Promise<boolean>>()
  /** How many files were added on this page: they belong to a draft on disk. */
  const attached = ref(0)
  const consentMissing = computed(() => pressed.value && !agreed.value)
  const isRight = computed(() => result.value.success && agreed.value && fromServer.value.length === 0)
  const state = {
    form,
    posted,
    text,
    agreed,
    shareWithPark,
    left,
    fromServer,
    hasScript,
    errorOf,
    edited,
    check,
    consentMissing,
    isRight,
    beforeSubmit,
    attached,
  }
  provide(FORM, state)
  return state
}

/** The form around a component. */
export function useForm(): InquiryFormState {
  const state = inject(FORM)
  if (state === undefined) throw new Error('A form field stands inside a form')
  return state
}

/**
 * One field of the form around it.
 * @param also another field whose mistakes are shown with its own
 */
export function useFormField(pointer: () => string, also: () => string | undefined = () => undefined) {
  const state = useForm()
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
  const asked = computed(() => isShown(state.form, state.text, pointer()))
  // Without JavaScript nothing can bring a field back: all of them stand there then.
  const shown = computed(() => asked.value || !state.hasScript.value)
  return { value, error, required, asked, shown, leave: () => void state.left.add(pointer()) }
}
