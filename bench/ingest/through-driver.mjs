import Libsql from 'libsql'
import { join } from 'node:path'
import pg from 'pg'

const INSERTS = [
  {
    sql: `insert into inquiry (submission_id, type, schema_version, digest, key_hash, body, state, received_at, reply_due_at)
          values ($1, 'contact', 1, $2, $3, $4, '已送达', $5, $6)`,
    values: ({ id, digest, keyHash, body, now, dueAt }) => [id, digest, keyHash, body, now, dueAt],
  },
  {
    sql: `insert into receipt (submission_id, receipt_no, json) values ($1, $2, $3)`,
    values: ({ id, receiptNo, receipt }) => [id, receiptNo, receipt],
  },
  {
    sql: `insert into inquiry_event (submission_id, seq, state, at) values ($1, 1, '已送达', $2)`,
    values: ({ id, now }) => [id, now],
  },
]

/** Stores with the driver alone: statements prepared once, with the durability and the tables of our server. */
export const throughDriver = ({ dataDir, url }) => (url === undefined ? sqlite(dataDir) : postgres(url))

function sqlite(dataDir) {
  const libsql = new Libsql(join(dataDir, 'luodi.db'))
  for (const pragma of ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'secure_delete = on'])
    libsql.exec(`pragma ${pragma}`)
  const inserts = INSERTS.map(({ sql, values }) => ({ statement: libsql.prepare(sql.replace(/\$\d/g, '?')), values }))
  // Synchronous from begin to commit: nobody else can come in between.
  return (row) => {
    libsql.exec('begin immediate')
    for (const { statement, values } of inserts) statement.run(values(row))
    libsql.exec('commit')
  }
}

function postgres(url) {
  const pool = new pg.Pool({ connectionString: url })
  return async (row) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      for (const [place, { sql, values }] of INSERTS.entries())
        await client.query({ name: `insert-${place}`, text: sql, values: values(row) })
      await client.query('commit')
    } finally {
      client.release()
    }
  }
}
