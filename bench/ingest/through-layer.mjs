/** Stores through our database layer (Kysely on our own driver for SQLite). */
export const throughLayer =
  ({ db }) =>
  ({ id, body, digest, keyHash, now, dueAt, receiptNo, receipt }) =>
    db.transaction().execute(async (trx) => {
      await trx
        .insertInto('inquiry')
        .values({
          submission_id: id,
          type: 'contact',
          schema_version: 1,
          digest,
          key_hash: keyHash,
          body,
          state: '已送达',
          received_at: now,
          reply_due_at: dueAt,
        })
        .execute()
      await trx.insertInto('receipt').values({ submission_id: id, receipt_no: receiptNo, json: receipt }).execute()
      await trx.insertInto('inquiry_event').values({ submission_id: id, seq: 1, state: '已送达', at: now }).execute()
    })
