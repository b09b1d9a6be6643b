/** What happened in all histories together. */
export class Statistics {
  histories = 0
  steps = 0
  changes = 0
  /** Times that sixteen writers or more were at work at once. */
  crowds = 0
  epochs = 0
  crashes = 0
  /** Copies that were compared, record by record, with the state of the feed that they say they are. */
  checks = 0
  /** Records among them that were there with their text, and compared whole. */
  texts = 0
  readonly syncs = new Map<string, number>()
  readonly troubles = new Map<string, number>()

  /** @param outcome undefined for a tab that died */
  synced(outcome: string | undefined): void {
    count(this.syncs, outcome ?? 'died')
  }

  met(trouble: string): void {
    count(this.troubles, trouble)
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
