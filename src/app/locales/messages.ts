import type zhCN from './zh-CN.ts'

type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

/** The shape of every language's words: a key that one of them lacks does not compile. */
export type Messages = Texts<typeof zhCN>
