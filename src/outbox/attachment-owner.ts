/** Whose attachments they are while a form is being filled in. */
export function draftOwner(draftKey: string): string {
  return `draft/${draftKey}`
}

/** Whose they are once it was submitted. */
export function entryOwner(submissionId: string): string {
  return `entry/${submissionId}`
}
