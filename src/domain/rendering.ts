import type { FormText } from './inquiry/form.ts'
import type { Receipt } from './inquiry/receipt.ts'
import type { FieldError } from './problem.ts'
import type { RecordKind } from './record/kind.ts'
import type { ListItem } from './record/list-item.ts'
import type { RecordOf } from './record/record.ts'

/** The published content as it stood at one version. */
export interface ContentVersion {
  epoch: string
  version: number
  /** When that version was published, ms since 1970 (UTC). */
  changedAt: number
}

/** What a page may ask of the published content while it is rendered. */
export interface Catalogue {
  /** A whole record; only the one that the page is about is at hand. */
  record: <K extends RecordKind>(kind: K, id: string) => RecordOf<K> | undefined
  /** Every record of a kind as lists show it: newest `publishedAt` first, then by id. */
  list: <K extends RecordKind>(kind: K) => readonly ListItem<K>[]
}

/** An inquiry form that is posted without JavaScript: minted by the server, and what came of it. */
export interface PostedForm {
  submissionId: string
  trackingKey: string
  /** What was typed, when it has to be corrected. */
  text?: FormText
  agreed?: boolean
  shareWithPark?: boolean
  errors?: FieldError[]
  /** Why it was not taken, when no field is to blame. */
  refusal?: 'sentBefore' | 'otherSite'
  /** It has arrived. */
  receipt?: Receipt
}

/** What comes with a rendered page: its state, from which the phone goes on without asking again. */
export interface PageData {
  content: ContentVersion
  /** The day in Shanghai that it was rendered for, `YYYY-MM-DD`. */
  today: string
  /** What the page asked of the content, by question. */
  answers: Record<string, unknown>
  form?: PostedForm
}

/** A page to be rendered. */
export interface RenderRequest {
  /** Path and query. */
  url: string
  catalogue: Catalogue
  content: ContentVersion
  today: string
  form?: PostedForm
}

/** A page as it is shown before, or without, JavaScript. */
export interface RenderedPage {
  /** What stands in `#app`. */
  html: string
  /** The page's own name; undefined on the first page, which is called as the site is. */
  title: string | undefined
  /** Sources of the components that it was made with, from the package's root. */
  modules: string[]
  data: PageData
}

/** What the app's server entry exports as `render`. */
export type RenderPage = (request: RenderRequest) => Promise<RenderedPage>
