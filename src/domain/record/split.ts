/** What no list shows: the rest of a record, its body. */
export const LONG_FIELDS = ['body', 'images', 'attachments', 'source'] as const
export type LongField = (typeof LONG_FIELDS)[number]

type Raw = Record<string, unknown>

const isLong = (field: string) => (LONG_FIELDS as readonly string[]).includes(field)

/** Parts a record into what lists show and the rest, each with its fields in the order that they had. */
export function splitRecord(record: object): { short: Raw; rest: Raw } {
  const fields = Object.entries(record)
  return {
    short: Object.fromEntries(fields.filter(([field]) => !isLong(field))),
    rest: Object.fromEntries(fields.filter(([field]) => isLong(field))),
  }
}
