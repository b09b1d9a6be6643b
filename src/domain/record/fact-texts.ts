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

/** What a search finds of a record, or of what a list holds of it, beside title, tags and body; the place comes last. */
export function factTexts(record: { region: { name: string } }): string[] {
  const facts = Object.entries(record).filter(([field]) => !NOT_TEXT.includes(field))
  return [...facts.flatMap(([, value]) => textsOf(value)), record.region.name]
}

/** Every piece of text in a value, wherever it stands: addresses, document numbers, steps. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
