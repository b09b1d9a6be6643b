import { createPinia } from 'pinia'
import { createApp, createSSRApp } from 'vue'
import type { RouterHistory } from 'vue-router'
import App from './App.vue'
import { ANSWERS, type Answers } from './answers.ts'
import { createLocale } from './locales/locale.ts'
import { PHONE, type Phone } from './phone.ts'
import { createPages } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'

/**
 * Makes the app, the same on the phone and on the server.
 * @param phone what lies below the screen
 * @param answers what is known before the phone is asked
 * @param history the browser's, or one in memory
 */
export function createLuodi(phone: Phone, answers: Answers, history: RouterHistory) {
  // With a page come its elements, which are taken over instead of made.
  const app = answers.page === undefined ? createApp(App) : createSSRApp(App)
  const router = createPages(history)
  const pinia = createPinia()
  app.use(pinia).use(router).use(createLocale()).provide(PHONE, phone).provide(ANSWERS, answers)
  return { app, router, pinia }
}
