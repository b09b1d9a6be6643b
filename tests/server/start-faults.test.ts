import Libsql from 'libsql'
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureServerBundle, ROOT, runProgram, type Settings, startServer, temporaryFolder } from '../support/server.ts'

beforeAll(ensureServerBundle)

/** Starts with these settings and expects the one line that says why it cannot. */
async function refusal(settings: Settings, root = ROOT): Promise<string> {
  const { code, stdout, stderr } = await runProgram(
    'main',
    [],
    { PORT: '0', DATA_DIR: temporaryFolder(), ...settings },
    { root },
  )
  expect([code, stdout.includes('落地 Luodi:')]).toEqual([1, false])
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  return stderr.trimEnd()
}

describe('a setting that cannot be used stops the start with one line', () => {
  it.each([
    ['PORT', 'abc', '0 to 65535'],
    ['PORT', '70000', '0 to 65535'],
    ['PORT', '-1', '0 to 65535'],
    ['CONTENT', 'all', 'starter or none'],
    ['LOG_LEVEL', 'loud', 'info'],
    ['TRUST_PROXY', 'maybe', '1 (on) or 0 (off)'],
    ['HOST', 'http://here', '127.0.0.1'],
    ['ATTACHMENTS_S3_ENDPOINT', 's3.example.cn', 'https://s3.example.cn'],
    ['ATTACHMENTS_S3_BUCKET', 'A', 'the name of a bucket'],
  ])('%s=%s', async (name, value, accepted) => {
    const line = await refusal({ [name]: value })
    expect(line).toContain(`${name} is "${value}"`)
    expect(line).toContain(accepted)
  })

  it('half a bucket names what is missing, and quotes no secret', async () => {
    const line = await refusal({ ATTACHMENTS_S3_BUCKET: 'files', ATTACHMENTS_S3_SECRET_ACCESS_KEY: 'hush' })
    expect(line).toMatch(
      /^ATTACHMENTS_S3_ENDPOINT and ATTACHMENTS_S3_REGION and ATTACHMENTS_S3_ACCESS_KEY_ID must be set/,
    )
    expect(line).not.toContain('hush')
  })

  it('takes an empty variable for none', async () => {
    const server = await startServer({ env: { CONTENT: '', LOG_LEVEL: '', DATABASE_URL: '', HOST: '' } })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    await server.stop()
  })
})

describe('an address that cannot be listened on', () => {
  it('names the port that is taken, and another way', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expect(await refusal({ PORT: String(port) })).toMatch(new RegExp(`^Port ${port} is taken: .*PORT=\\d+ npm start$`))
    other.close()
  })

  it('names the host that is not of this machine', async () => {
    expect(await refusal({ HOST: '203.0.113.7' })).toContain('HOST is "203.0.113.7"')
  })
})

describe('a database that cannot be used', () => {
  it('names a DATA_DIR that is a file', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(await refusal({ DATA_DIR: file })).toContain(file)
  })

  it('names a DATA_DIR that cannot be written', async () => {
    const locked = join(temporaryFolder(), 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o500)
    // Root may write wherever the kernel lets anybody; in /proc it lets nobody.
    const dir = process.getuid?.() === 0 ? '/proc/luodi' : join(locked, 'data')
    expect(await refusal({ DATA_DIR: dir })).toContain(dir)
  })

  it('names a file that is no database', async () => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'luodi.db'), 'not a database'.repeat(200))
    expect(await refusal({ DATA_DIR: dir })).toContain('luodi.db')
  })

  it('names a folder where the database file should be', async () => {
    const dir = temporaryFolder()
    mkdirSync(join(dir, 'luodi.db'))
    expect(await refusal({ DATA_DIR: dir })).toContain('luodi.db is no file')
  })

  it('leaves the tables of another program alone', async () => {
    const dir = temporaryFolder()
    const database = new Libsql(join(dir, 'luodi.db'))
    database.exec('create table record (of_another integer)')
    database.close()
    expect(await refusal({ DATA_DIR: dir })).toContain('tables of another program')
  })

  it.each(['mysql://localhost/luodi', 'nonsense', 'postgres://'])('refuses DATABASE_URL=%s', async (url) => {
    expect(await refusal({ DATABASE_URL: url })).toContain('DATABASE_URL')
  })

  it('says that PostgreSQL cannot be reached, and never the password', async () => {
    const line = await refusal({ DATABASE_URL: 'postgres://luodi:geheim@127.0.0.1:1/luodi' })
    expect(line).toContain('127.0.0.1:1')
    expect(line).not.toContain('geheim')
  })

  it('leaves a database of a newer release alone', async () => {
    const server = await startServer({ env: { CONTENT: 'none' } })
    await server.stop()
    const database = new Libsql(join(server.dataDir, 'luodi.db'))
    database.exec("insert into luodi_migration (name, timestamp) values ('9999-from-the-future', '2999-01-01')")
    database.close()
    expect(await refusal({ DATA_DIR: server.dataDir })).toContain('newer release')
  })
})

it('names the content file that is broken', async () => {
  const root = temporaryFolder()
  cpSync(join(ROOT, 'dist', 'server'), join(root, 'dist', 'server'), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction')
  mkdirSync(join(root, 'content', 'articles'), { recursive: true })
  writeFileSync(join(root, 'content', 'articles', 'broken.json'), '{ "title": ')
  expect(await refusal({}, root)).toContain('articles/broken.json')
})
