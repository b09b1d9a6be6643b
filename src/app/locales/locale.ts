import { createI18n, type MessageCompiler, type MessageContext, type MessageResolver } from 'petite-vue-i18n'
import zhCN from './zh-CN.ts'

/**
 * Reads `{name}` in a message, all that our messages use of the library's syntax: its own compiler would weigh 5 kB on
 * every first visit.
 */
const messageCompiler: MessageCompiler = (message) => (context: MessageContext) =>
  typeof message === 'string'
    ? message.replace(/\{(\w+)\}/g, (_whole, name: string) => String(context.named(name)))
    : ''

/** Finds `form.contact.name` in nested messages. */
const messageResolver: MessageResolver = (messages, path) =>
  path
    .split('.')
    .reduce<unknown>(
      (place, key) =>
        typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[key] : undefined,
      messages,
    ) as ReturnType<MessageResolver>

/** The words on screen. Chinese until the person chooses otherwise; other languages are loaded when they are chosen. */
export function createLocale() {
  return createI18n({
    legacy: false,
    locale: 'zh-CN',
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': zhCN },
    messageCompiler,
    messageResolver,
  })
}
