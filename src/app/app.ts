import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { RouterHistory } from 'vue-router'
import App from './App.vue'
import { createLocale } from './locales/locale.ts'
import { PHONE, type Phone } from './phone.ts'
import { createPages } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'

/**
 * Makes the app, the same on the phone and on the server.
 * @param phone what lies below the screen
 * @param history the browser's, or one in memory
 */
export function createLuodi(phone: Phone, history: RouterHistory) {
  const app = createApp(App)
  const router = createPages(history)
  const pinia = createPinia()
  const i18n = createLocale()
  app.use(pinia).use(router).use(i18n).provide(PHONE, phone)
  return { app, router, pinia, i18n }
}
