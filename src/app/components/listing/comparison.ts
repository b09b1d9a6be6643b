import type { Fact } from '../record/facts.ts'

/** One line of a comparison: what each listing has to say to it, in their order. */
export interface ComparedFact {
  label: string
  values: (string | undefined)[]
  /** Whether they do not all say the same. */
  differs: boolean
}

/** Lays the facts of several listings side by side, in the order in which they come up. */
export function compareFacts(facts: readonly (readonly Fact[])[]): ComparedFact[] {
  const labels = [...new Set(facts.flatMap((list) => list.map((fact) => fact.label)))]
  return labels.map((label) => {
    const values = facts.map((list) => list.find((fact) => fact.label === label)?.value)
    return { label, values, differs: new Set(values).size > 1 }
  })
}
