import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ContentFileError } from '#ingest/starter-error.ts'
import { readStarter } from '#ingest/starter.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'luodi-content-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

async function fault(files: Record<string, string>): Promise<ContentFileError> {
  const error: unknown = await readStarter(await folderWith(files)).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ContentFileError)
  return error as ContentFileError
}

const SOURCE = 'source: { name: 乙, retrievedAt: 2026-01-02 }\n'
const HEAD = `title: 甲\npublishedAt: 2026-01-02\n${SOURCE}`
const article = (fields: string, body = '') => `---\n${HEAD}${fields}---\n${body}`

describe('what a writer may leave out', () => {
  it('is filled in: region, sample, lists, id and the time of the last change', async () => {
    const [record] = await readStarter(await folderWith({ 'articles/a.md': article('') }))
    expect(record).toEqual({
      id: expect.stringMatching(/^article-[a-z2-7]{12}$/) as string,
      kind: 'article',
      title: '甲',
      summary: '',
      region: { code: '310114', name: '上海市嘉定区' },
      tags: [],
      publishedAt: '2026-01-02',
      updatedAt: '2026-01-01T16:00:00.000Z',
      source: { name: '乙', retrievedAt: '2026-01-02' },
      sample: false,
      images: [],
      attachments: [],
    })
  })

  it('includes the name of a town whose code is given', async () => {
    const [record] = await readStarter(await folderWith({ 'articles/a.md': article('region: 310114103\n') }))
    expect(record?.region).toEqual({ code: '310114103', name: '上海市嘉定区安亭镇' })
  })

  it('does not include the line ends and the mark that Windows editors write', async () => {
    const text = `\uFEFF${article('', '正文\n')}`.replaceAll('\n', '\r\n')
    const [record] = await readStarter(await folderWith({ 'articles/a.md': text }))
    expect(record?.body).toEqual([{ type: 'paragraph', text: [{ text: '正文' }] }])
  })

  it('leaves hidden files and a README beside the folders alone', async () => {
    const folder = await folderWith({ 'README.md': '# 说明', 'articles/.DS_Store': 'x', '.git/config': 'x' })
    expect(await readStarter(folder)).toEqual([])
  })
})

describe('a content file that is wrong is named with its field and the remedy', () => {
  it.each([
    ['a missing title', 'title', '缺少', `---\npublishedAt: 2026-01-02\n${SOURCE}---\n`],
    ['a date that does not exist', 'source.retrievedAt', '存在的日期', article('').replace('01-02 }', '02-30 }')],
    ['a word not in the list', 'docType', '规范性文件', article('docType: 文件\n')],
    ['a slip in a field name', 'docTpye', '没有这个字段', article('docType: 表彰\ndocTpye: 表彰\n')],
    [
      'a slip deep inside',
      'applicability.scope',
      '没有这个字段',
      article('docType: 表彰\napplicability: { scope: 甲 }\n'),
    ],
    ['a number where text belongs', 'documentNo', '数字请加引号', article('docType: 表彰\ndocumentNo: 3\n')],
    ['an unknown town', 'region.name', '缺少', article('docType: 表彰\nregion: 310114999\n')],
    ['a kind that is not of its folder', 'kind', '移到', article('kind: park\n')],
    ['raw HTML, with the line in the file', 'body', '第 10 行', article('docType: 表彰\n', '\n正文\n\n<div>x</div>\n')],
    ['an unsafe link', 'body', 'https://', article('docType: 表彰\n', '[x](javascript:x)')],
    ['front matter that is missing', '', '---', '# 标题\n'],
    ['broken YAML, with the line in the file', '', '第 5 行', article('docType: 表彰: 甲\n')],
    ['a body given twice', 'body', '第二个 ---', article('docType: 表彰\nbody: 甲\n', '乙')],
  ])('%s', async (_, field, remedy, text) => {
    const error = await fault({ 'policies/p.md': text })
    expect(error).toMatchObject({ file: 'policies/p.md', field })
    expect(error.message).toContain('policies/p.md')
    expect(error.message).toContain(field)
    expect(error.message).toContain(remedy)
    expect(error.message).not.toContain('\n')
  })

  it('an id used twice, with the file that has it already', async () => {
    const error = await fault({ 'articles/a.md': article('id: one\n'), 'articles/b.md': article('id: one\n') })
    expect(error).toMatchObject({ file: 'articles/b.md', field: 'id' })
    expect(error.message).toContain('articles/a.md')
  })

  it('the same title in two files, for it is the same record', async () => {
    const files = { 'articles/a.md': article(''), 'articles/b.md': article('').replace('甲', ' 甲。') }
    expect(await fault(files)).toMatchObject({ file: 'articles/b.md', field: 'id' })
  })

  it('a folder of no kind, and a file that holds no record', async () => {
    expect((await fault({ 'polices/p.md': article('') })).message).toContain('policies')
    expect((await fault({ 'p.yaml': article('') })).message).toContain('移进')
    expect((await fault({ 'parks/map.png': '' })).message).toContain('media')
    expect((await fault({ 'parks/p.json': '{' })).message).toContain('JSON')
    expect((await fault({ 'parks/p.yaml': '- 甲\n' })).message).toContain('一条记录')
  })

  it('a picture that is not in the media folder', async () => {
    const files = { 'articles/a.md': article('', '![图](/media/none.svg)'), 'media/plan.svg': '<svg/>' }
    expect((await fault(files)).message).toContain('/media/none.svg')
  })

  it('a folder that is not there', async () => {
    await expect(readStarter(join(tmpdir(), 'luodi-no-such-folder'))).rejects.toBeInstanceOf(ContentFileError)
  })
})
