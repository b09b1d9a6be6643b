import type zhCN from './zh-CN.ts'

/** The shape of another language's words: a key that it lacks does not compile. */
export type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

/** What every language says everywhere. */
export type Messages = Texts<typeof zhCN>
