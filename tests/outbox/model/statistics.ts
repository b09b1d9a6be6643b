/** What happened in all sequences together. */
export class Statistics {
  steps = 0
  sequences = 0
  submitted = 0
  stored = 0
  withdrawn = 0
  refused = 0
  deleted = 0
  crashes = 0
  lost = 0
  duplicated = 0
  stuck = 0
  readonly faults = new Map<string, number>()

  met(kind: string): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1)
  }
}
