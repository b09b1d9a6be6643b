import type { Field } from './content.ts'

/** A time that the person pressed 提交. */
export interface Submission {
  key: string
  content: string
  /** Absent while it is not answered; for ever, when its tab died. */
  outcome?: { id: string } | { failed: true; connectionLost: boolean }
}

/** What the person knows to lie on the phone of one draft. */
export interface KnownDraft {
  saved: Map<Field, string>
  /** What was typed over it and could not be saved: it is on the form alone. */
  unsaved: Set<string>
  /** What was typed and may or may not have been saved. */
  typed: Set<string>
  files: Set<string>
  /** Taken off, or perhaps. */
  taken: Set<string>
  /** How many changes have begun since the last look. */
  changes: number
}

/** All that the person did, and was told. */
export class Ledger {
  readonly submissions: Submission[] = []
  readonly drafts = new Map<string, KnownDraft>()
  /** Ids that the person took back, deleted, or corrected. */
  readonly withdrawn = new Set<string>()
  readonly removed = new Set<string>()
  readonly replaced = new Set<string>()
  /** Everything that failed and should not have. */
  readonly failures: string[] = []

  draft(key: string): KnownDraft {
    const known = this.drafts.get(key) ?? {
      saved: new Map<Field, string>(),
      unsaved: new Set<string>(),
      typed: new Set<string>(),
      files: new Set<string>(),
      taken: new Set<string>(),
      changes: 0,
    }
    this.drafts.set(key, known)
    return known
  }

  /** Ids that were given to the person. */
  get acknowledged(): string[] {
    return this.submissions.flatMap(({ outcome }) => (outcome !== undefined && 'id' in outcome ? [outcome.id] : []))
  }
}
