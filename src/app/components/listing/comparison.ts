import type { Fact } from '../record/facts.ts'

/** One line of a comparison: what each listing has to say to it, in their order; undefined where it is not asked of such a listing. */
export interface ComparedFact {
  label: string
  facts: (Fact | undefined)[]
  /** Whether two of them say different things. What is not known says nothing. */
  differs: boolean
}

/** Lays the facts of several listings side by side, in the order in which they come up. */
export function compareFacts(listed: readonly (readonly Fact[])[]): ComparedFact[] {
  const labels = [...new Set(listed.flatMap((list) => list.map((fact) => fact.label)))]
  return labels.map((label) => {
    const facts = listed.map((list) => list.find((fact) => fact.label === label))
    const known = facts.flatMap((fact) => fact?.value ?? [])
    return { label, facts, differs: new Set(known).size > 1 }
  })
}
