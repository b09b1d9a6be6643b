import type { Article } from '#domain/record/article.ts'
import type { Park } from '#domain/record/park.ts'
import type { Policy } from '#domain/record/policy.ts'
import type { Project } from '#domain/record/project.ts'
import type { ContentRecord } from '#domain/record/record.ts'

/** Why an officer should look at a record. `message` is Chinese, for the officer. */
export interface Doubt {
  code: string
  message: string
}

/** A record that waits for an officer, with the reasons. */
export interface HeldRecord {
  record: ContentRecord
  reasons: Doubt[]
}

/** Why a whole page was not taken. Nothing of it is stored. */
export interface Refusal {
  code: string
  /** What was expected and what was found, in one line. */
  message: string
}

/** What one source page becomes. The four lists are ready to publish; `review` waits; a refused page has nothing else. */
export interface PageImport {
  article: Article | null
  projects: Project[]
  policies: Policy[]
  parks: Park[]
  review: HeldRecord[]
  /** Published all the same, but worth a look: an issuer that does not fit its document, and the like. */
  remarks: { id: string; reasons: Doubt[] }[]
  refused: Refusal | null
}
