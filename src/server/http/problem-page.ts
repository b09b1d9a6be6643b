import type { Language } from '#domain/field-messages.ts'

const WORDS = {
  'zh-CN': { again: '再试一次', home: '首页' },
  en: { again: 'Try again', home: 'Home' },
} as const satisfies Record<Language, { again: string; home: string }>

/**
 * A page for a person whom the server can show nothing else. It rests on nothing that may be missing too: no database, no file,
 * no script.
 * @param title what is wrong and what to do, in `language`; none of it is from outside
 */
export function problemPage(title: string, language: Language): string {
  const { again, home } = WORDS[language]
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"></head>',
    `<body><main><h1>${title}</h1><p><a href="">${again}</a></p><p><a href="/">${home}</a></p></main></body></html>`,
  ].join('')
}
