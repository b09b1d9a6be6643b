import { groupCommit } from '../../src/server/db/group-commit.ts'

/** Stores through our database layer, in groups as our server does: whatever comes while one is committed shares the next. */
export const throughGroups = (database) =>
  groupCommit(database, async (trx, group) => {
    await trx
      .insertInto('inquiry')
      .values(
        group.map(({ id, body, digest, keyHash, now, dueAt }) => ({
          submission_id: id,
          type: 'contact',
          schema_version: 1,
          digest,
          key_hash: keyHash,
          body,
          state: '已送达',
          received_at: now,
          reply_due_at: dueAt,
        })),
      )
      .execute()
    await trx
      .insertInto('receipt')
      .values(group.map(({ id, receiptNo, receipt }) => ({ submission_id: id, receipt_no: receiptNo, json: receipt })))
      .execute()
    await trx
      .insertInto('inquiry_event')
      .values(group.map(({ id, now }) => ({ submission_id: id, seq: 1, state: '已送达', at: now })))
      .execute()
    return () => undefined
  })
