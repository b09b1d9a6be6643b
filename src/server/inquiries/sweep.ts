import type { InquiryStores } from './stores.ts'

/** A piece is stored before the database names it: a young one may still be on its way there. */
const YOUNG_MS = 86_400_000
const NAMES_PER_QUERY = 500

/**
 * Deletes pieces of files that a crash left behind: older than a day, and named by no row. Those of an inquiry that this database
 * does not know stay, for it may be the wrong database, or an old backup of the right one.
 * @param now milliseconds since 1970 (UTC)
 * @returns how many were deleted, and how many belong to unknown inquiries
 */
export async function sweepAttachments(
  stores: InquiryStores,
  now: number,
): Promise<{ dropped: number; strange: number }> {
  const total = { dropped: 0, strange: 0 }
  let old: string[] = []
  const sweep = async () => {
    const { unused, strange } = await sort(stores, old)
    await stores.attachments.drop(unused)
    total.dropped += unused.length
    total.strange += strange
    old = []
  }
  for await (const { name, at } of stores.attachments.list()) {
    if (at < now - YOUNG_MS) old.push(name)
    if (old.length === NAMES_PER_QUERY) await sweep()
  }
  if (old.length > 0) await sweep()
  return total
}

async function sort(
  { database: { db } }: InquiryStores,
  names: readonly string[],
): Promise<{ unused: string[]; strange: number }> {
  const rows = await db.selectFrom('part_chunk').select('blob').where('blob', 'in', names).execute()
  const used = new Set(rows.map(({ blob }) => blob))
  const rest = names.filter((name) => !used.has(name))
  if (rest.length === 0) return { unused: [], strange: 0 }
  const ids = [...new Set(rest.map(inquiryOf))]
  const inquiries = await db
    .selectFrom('inquiry')
    .select('submission_id')
    .where('submission_id', 'in', ids)
    .where('submission_id', 'not in', (open) =>
      open.selectFrom('part').select('submission_id').where('complete_at', 'is', null),
    )
    .execute()
  // Of one that still lacks files, a restored database may not know what had come: they may be the only copy.
  const known = new Set(inquiries.map(({ submission_id: id }) => id))
  const unused = rest.filter((name) => known.has(inquiryOf(name)))
  return { unused, strange: rest.length - unused.length }
}

function inquiryOf(name: string): string {
  return name.slice(0, name.indexOf('/'))
}
