import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'

/** Writes until it is killed, and says which number is stored: `tsx acknowledging-writer.ts FOLDER`. */
const database = await openDatabase({ dataDir: process.argv[2] ?? '' })
await migrate(database)
for (let n = 1; ; n++) {
  await database.db.transaction().execute((trx) =>
    trx
      .insertInto('meta')
      .values({ name: `n${n}`, value: '' })
      .execute(),
  )
  console.log(n)
}
