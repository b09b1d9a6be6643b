import type { Database } from '../db/database.ts'

/** As JSON.stringify writes it. A text that holds these characters has its quotation marks escaped, so it never looks the same. */
const MARK = '%"sample":true%'

/** How many records, published or not, are not marked as invented. */
export async function countReal({ db }: Database): Promise<number> {
  const counts = await Promise.all(
    (['record', 'waiting'] as const).map((table) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number | bigint | string>().as('count'))
        .where('json', 'not like', MARK)
        .executeTakeFirstOrThrow(),
    ),
  )
  return counts.reduce((sum, { count }) => sum + Number(count), 0)
}
