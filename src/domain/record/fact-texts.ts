/** Fields that are no text to be found: names, codes and times, and what stands apart (title, tags, body) or is not shown. */
const NOT_TEXT = [
  'id',
  'kind',
  'title',
  'tags',
  'region',
  'publishedAt',
  'updatedAt',
  'source',
  'images',
  'attachments',
  'files',
  'body',
  'park',
  'supersedes',
]

/** Nor are these, wherever they stand: keys, and units of numbers that are no text either. */
const NEVER_TEXT = ['type', 'unit', 'datum']

/** What a search finds of a record, or of what a list holds of it, beside title, tags and body; the place comes last. */
export function factTexts(record: { region: { name: string } }): string[] {
  const facts = Object.entries(record).filter(([field]) => ![...NOT_TEXT, ...NEVER_TEXT].includes(field))
  return [...facts.flatMap(([, value]) => textsOf(value)), record.region.name]
}

/** Every piece of text in a value, wherever it stands: addresses, document numbers, steps. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, part]) => (NEVER_TEXT.includes(field) ? [] : textsOf(part)))
}
