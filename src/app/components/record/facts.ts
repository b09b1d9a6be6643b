/** A line of a facts table. An undefined value is shown as 未提供, never as 0. */
export interface Fact {
  label: string
  value: string | undefined
  /** How to read the value: what a conversion assumes, when it was checked. */
  note?: string
}

/**
 * A quantity with its unit.
 * @returns undefined when the quantity is not known
 */
export function withUnit(
  value: number | undefined,
  unit: string,
  format: (value: number) => string,
): string | undefined {
  return value === undefined ? undefined : `${format(value)} ${unit}`
}

/** Several words as one value; undefined when there are none. */
export function joined(values: readonly (string | undefined)[] | undefined, separator = '、'): string | undefined {
  const known = values?.filter((value) => value !== undefined) ?? []
  return known.length === 0 ? undefined : known.join(separator)
}
