import Libsql from 'libsql'
import { join } from 'node:path'
import type { RunningServer } from './server.ts'

interface StoredInquiry {
  submission_id: string
  digest: string
  body: string
  receipt: string
}

/** The inquiries in the server's own file; nothing is left of the body of one that was withdrawn. */
export function storedInquiries(server: Pick<RunningServer, 'dataDir'>): StoredInquiry[] {
  const database = new Libsql(join(server.dataDir, 'luodi.db'), { readonly: true })
  try {
    const rows = database
      .prepare(
        `select inquiry.submission_id, inquiry.digest, inquiry.body, receipt.json as receipt
         from inquiry join receipt on receipt.submission_id = inquiry.submission_id`,
      )
      .all() as { submission_id: string; digest: string; body: Buffer | null; receipt: string }[]
    return rows.map((row) => ({ ...row, body: row.body === null ? '' : Buffer.from(row.body).toString('utf8') }))
  } finally {
    database.close()
  }
}
