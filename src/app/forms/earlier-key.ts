/**
 * Key of the draft that keeps text which the present form has no place for.
 * @param draftKey of the form that it was found in
 */
export function earlierKey(draftKey: string): string {
  return `earlier:${draftKey}`
}
