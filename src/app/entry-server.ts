import type { RenderPage } from '#domain/rendering.ts'
import { createMemoryHistory } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { writtenAnswers } from './answers.ts'
import { createLuodi } from './app.ts'
import type { PageContext } from './composables/title.ts'
import type { Phone } from './phone.ts'

/** The server has no phone. */
const NO_PHONE: Phone = {
  content: undefined,
  replica: undefined,
  mine: undefined,
  wish: undefined,
  unkept: undefined,
  search: undefined,
  indexing: undefined,
  opened: () => Promise.reject(new Error('The person’s own store exists only on the phone')),
}

/** Renders a page as the phone will take it over. */
export const render: RenderPage = async ({ url, catalogue, content, today, form }) => {
  const data = { content, today, answers: {}, ...(form === undefined ? {} : { form }) }
  const { app, router } = createLuodi(NO_PHONE, writtenAnswers(catalogue, data), createMemoryHistory())
  await router.push(url)
  const context: PageContext = {}
  const html = await renderToString(app, context)
  return { html, title: context.title, modules: [...(context.modules ?? [])], data }
}
