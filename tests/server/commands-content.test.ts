import { readStarter } from '#ingest/starter.ts'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, ensureServerBundle, ROOT, runProgram, startServer, temporaryFolder } from '../support/server.ts'
import { PAGE } from '../support/source-page.ts'

beforeAll(ensureServerBundle)

/** Where the person stands, with a page saved beside them. */
let here: string
let dataDir: string
beforeEach(() => {
  here = temporaryFolder()
  dataDir = join(here, 'data')
  writeFileSync(join(here, 'page.txt'), PAGE)
})

const content = (...args: string[]): Promise<Ended> =>
  runProgram('content', args, { DATA_DIR: dataDir, INIT_CWD: here }, { cwd: here })

interface Stored {
  added: string[]
  updated: string[]
  unchanged: string[]
  held: string[]
}
const stored = async (...args: string[]): Promise<Stored> =>
  JSON.parse((await content('import', 'page.txt', '--json', ...args)).stdout) as Stored

describe('import', () => {
  it('tells with --dry-run --json what would be stored, in one object, and opens no database', async () => {
    const { code, stdout } = await content('import', 'page.txt', '--dry-run', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      article: { column: '嘉定区招商' },
      projects: [{ kind: 'project' }],
      policies: [{ kind: 'policy' }],
      parks: [{ kind: 'park' }],
      review: [{ record: { kind: 'park' }, reasons: [{ message: expect.any(String) as string }] }],
      refused: null,
    })
    expect(existsSync(dataDir)).toBe(false)
  })

  it('stores the page once: again changes nothing, whenever that is', async () => {
    const first = await stored()
    expect([first.added.length, first.held.length]).toEqual([4, 1])
    utimesSync(join(here, 'page.txt'), new Date(), new Date('2030-01-01'))
    const again = await stored()
    expect([again.added, again.updated, again.unchanged.length]).toEqual([[], [], 4])
  })

  it('takes the good files when one is refused, and says which one was', async () => {
    writeFileSync(join(here, 'bad.txt'), 'Not Found')
    mkdirSync(join(here, 'folder'))
    const { code, stdout, stderr } = await content('import', 'bad.txt', 'page.txt', 'gone.txt', 'folder')
    expect(code).toBe(1)
    expect(stdout).toContain('page.txt：新增 4 条')
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.split('：')[0]),
    ).toEqual(['bad.txt', 'gone.txt', 'folder'])
  })

  it('lets the name of a file steer no terminal', async () => {
    writeFileSync(join(here, 'a\u001b[2J.txt'), PAGE)
    for (const name of ['a\u001b[2J.txt', 'gone\u001b[2J.txt']) {
      const { stdout, stderr } = await content('import', name, '--dry-run')
      expect(stdout + stderr).toContain('[2J.txt：')
      expect(stdout + stderr).not.toContain('\u001b')
    }
  })

  it('gives an array for several files', async () => {
    const { stdout } = await content('import', 'page.txt', 'page.txt', '--dry-run', '--json')
    expect(JSON.parse(stdout)).toHaveLength(2)
  })

  it('notes where and when the page was found', async () => {
    const { stdout } = await content(
      'import',
      'page.txt',
      '--dry-run',
      '--json',
      '--url',
      'https://example.cn/a',
      '--retrieved',
      '2025-08-01',
    )
    expect(JSON.parse(stdout)).toMatchObject({
      article: { source: { name: 'example.cn', url: 'https://example.cn/a', retrievedAt: '2025-08-01' } },
    })
  })
})

it('publishes what was held and withdraws it again, and a running server follows', async () => {
  const { held } = await stored()
  const [id = ''] = held
  const server = await startServer({ dataDir, env: { CONTENT: 'none' } })
  const head = async () => ((await (await fetch(`${server.url}/sync/v1/head.json`)).json()) as { head: number }).head
  const before = await head()

  expect((await content('review')).stdout).toContain(id)
  expect(await content('publish', id)).toMatchObject({ code: 0, stdout: `${id}  已发布\n` })
  expect(await head()).toBe(before + 1)
  expect((await content('review')).stdout).not.toContain(id)
  expect(await content('withdraw', id)).toMatchObject({ code: 0, stdout: `${id}  已撤下\n` })
  expect(await head()).toBe(before + 2)
  expect(await content('publish', 'park-unknown')).toMatchObject({ code: 1, stderr: 'park-unknown  没有这个编号\n' })
  await server.stop()
})

it('starts a new epoch while the server runs, and says what that does', async () => {
  await stored()
  const server = await startServer({ dataDir, env: { CONTENT: 'none' } })
  const head = async () =>
    (await (await fetch(`${server.url}/sync/v1/head.json`)).json()) as { epoch: string; snapshot: { url: string } }
  const before = await head()
  const { code, stdout } = await content('new-epoch')
  const after = await head()
  expect([code, after.epoch === before.epoch]).toEqual([0, false])
  expect(stdout).toContain(after.epoch)
  expect(stdout).toContain('已发布的 4 条内容')
  expect((await fetch(server.url + before.snapshot.url)).status).toBe(404)
  expect((await fetch(server.url + after.snapshot.url)).status).toBe(200)
  await server.stop()
})

describe('export', () => {
  it('writes files that read back as the same records', async () => {
    const { added } = await stored()
    expect((await content('export', 'out')).code).toBe(0)
    const records = await readStarter(join(here, 'out'))
    expect(records.map(({ id }) => id).sort()).toEqual([...added].sort())
  })

  it('takes the pictures along', async () => {
    const server = await startServer({ dataDir })
    await server.stop()
    expect((await content('export', 'out')).code).toBe(0)
    const records = await readStarter(join(here, 'out'))
    expect(records.length).toBeGreaterThan(20)
    expect(JSON.stringify(records)).not.toContain('variants')
    expect(readdirSync(join(here, 'out', 'media')).sort()).toEqual(readdirSync(join(ROOT, 'content', 'media')).sort())
  })

  it('writes nothing into a folder that holds files', async () => {
    mkdirSync(join(here, 'out'))
    writeFileSync(join(here, 'out', 'notes.txt'), '')
    const { code, stderr } = await content('export', 'out')
    expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1])
    expect(existsSync(dataDir)).toBe(false)
  })
})

it('answers a wrongly written command with its usage and exit code 2', async () => {
  for (const args of [
    [],
    ['lost'],
    ['import'],
    ['import', 'x', '--lost'],
    ['import', 'x', '--url', 'x'],
    ['import', 'x', '--url', 'ftp://example.cn'],
    ['import', 'x', '--retrieved', '2025-02-30'],
    ['publish'],
    ['export'],
    ['new-epoch', 'now'],
  ]) {
    const { code, stderr } = await content(...args)
    expect([args, code, stderr.includes('用法：')]).toEqual([args, 2, true])
  }
})

describe('generate', () => {
  it('fills an empty database, changes it as a later day does, and tells how many', async () => {
    const first = await content('generate', '60')
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('新增 60 条')])
    const later = await content('generate', '60', '--updates', '10', '--day', '2')
    expect(later.stdout).toContain('新增 1 条，更新 8 条，撤下 1 条')
    expect((await content('export', 'out')).code).toBe(0)
    expect(await readStarter(join(here, 'out'))).toHaveLength(60)
  })

  it('writes nothing where there is real content, unless told to', async () => {
    await stored()
    const refused = await content('generate', '10')
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--into-existing')])
    const { code, stdout } = await content('generate', '10', '--into-existing')
    expect([code, stdout]).toEqual([0, expect.stringContaining('新增 10 条')])
  })

  it('wants whole numbers', async () => {
    for (const args of [['generate'], ['generate', '0'], ['generate', '10', '--seed', 'x']])
      expect((await content(...args)).code).toBe(2)
  })
})
