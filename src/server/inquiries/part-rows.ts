import type { Kysely, Transaction } from 'kysely'
import type { Part } from '#domain/inquiry/parts.ts'
import type { PartRow, Schema } from '../db/schema.ts'

/** Writes down which files inquiries announce, in the transaction that stores them. */
export async function announceParts(
  trx: Transaction<Schema>,
  letters: readonly { submissionId: string; inquiry: { parts: readonly Part[] } }[],
): Promise<void> {
  const rows = letters.flatMap(({ submissionId, inquiry: { parts } }) =>
    parts.map((part, seq) => ({ submission_id: submissionId, ...part, seq, received: 0, complete_at: null })),
  )
  if (rows.length > 0) await trx.insertInto('part').values(rows).execute()
}

/** @returns undefined when the inquiry announces no such file, or nothing of it is kept any more */
export async function findPart(
  db: Kysely<Schema>,
  { submission_id, sha256 }: Pick<PartRow, 'submission_id' | 'sha256'>,
): Promise<PartRow | undefined> {
  return db
    .selectFrom('part')
    .selectAll()
    .where('submission_id', '=', submission_id)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
}

/** The files of an inquiry, in the person's order. */
export async function partsOf(db: Kysely<Schema>, submissionId: string): Promise<PartRow[]> {
  return db.selectFrom('part').selectAll().where('submission_id', '=', submissionId).orderBy('seq').execute()
}

/** How many files each inquiry has that has any, and how many have come whole. */
export async function countFiles(db: Kysely<Schema>): Promise<Map<string, FileCount>> {
  const rows = await db
    .selectFrom('part')
    .select(({ fn }) => [
      'submission_id',
      fn.countAll<number>().as('announced'),
      fn.count<number>('complete_at').as('complete'),
    ])
    .groupBy('submission_id')
    .execute()
  return new Map(rows.map(({ submission_id: id, announced, complete }) => [id, { announced, complete }]))
}

export interface FileCount {
  announced: number
  complete: number
}

/** Names of the pieces of a file in the attachment store, from its beginning. */
export async function chunksOf(db: Kysely<Schema>, { submission_id, sha256 }: PartRow): Promise<string[]> {
  const rows = await db
    .selectFrom('part_chunk')
    .select('blob')
    .where('submission_id', '=', submission_id)
    .where('sha256', '=', sha256)
    .orderBy('start')
    .execute()
  return rows.map(({ blob }) => blob)
}

/**
 * Forgets the files of an inquiry: names and sizes too. The rows of `part` go first, for whoever is just adding a piece holds one
 * of them, and its piece is seen once it lets go.
 * @returns what is to be deleted from the attachment store once the transaction is committed
 */
export async function dropParts(trx: Transaction<Schema>, submissionId: string): Promise<string[]> {
  await trx.deleteFrom('part').where('submission_id', '=', submissionId).execute()
  const rows = await trx.deleteFrom('part_chunk').where('submission_id', '=', submissionId).returning('blob').execute()
  return rows.map(({ blob }) => blob)
}
