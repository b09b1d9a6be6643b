import { replyDueAt } from '#domain/working-days.ts'

/** When an answer is due to what came at each of these instants, as JSON: `tsx reply-due.ts INSTANT…`. */
console.log(
  JSON.stringify(process.argv.slice(2).map((received) => new Date(replyDueAt(Date.parse(received))).toISOString())),
)
