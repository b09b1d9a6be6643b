import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { LIST_PATHS, RECORD_KINDS, type RecordKind } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { ContentFileError } from './starter-error.ts'
import { CONTENT_ENDINGS, draftsIn } from './starter-file.ts'
import { MEDIA, readMedia, withImageSizes } from './starter-media.ts'
import { recordFrom } from './starter-record.ts'

const KIND_OF_FOLDER: ReadonlyMap<string, RecordKind> = new Map(
  RECORD_KINDS.flatMap((kind) => [[LIST_PATHS[kind].slice(1), kind] as const, [kind, kind] as const]),
)

/**
 * Every record of a content folder: one folder a kind, named in the plural (`policies/`) or as the kind itself (as
 * `content export` writes), with Markdown, JSON and YAML files. Order: kinds as in `RECORD_KINDS`, then folder and file
 * names by code unit, then the order within a file.
 * @param dir the folder; where it has pictures (`media/`), every picture of this site must be among them
 * @throws {ContentFileError} naming file and field; nothing is read in part
 */
export async function readStarter(dir: string): Promise<ContentRecord[]> {
  const { files, hasMedia } = await contentFiles(dir)
  const media = hasMedia ? await readMedia(join(dir, MEDIA)) : undefined
  const records: ContentRecord[] = []
  const homes = new Map<string, string>()
  for (const { kind, file } of files) {
    for (const draft of draftsIn(file, await readFile(join(dir, file), 'utf8'))) {
      const record = recordFrom(kind, draft, file)
      const home = homes.get(record.id)
      if (home !== undefined) {
        throw new ContentFileError(file, 'id', `${record.id}（${record.title}）已在 ${home} 里用过，请换一个或删去一处`)
      }
      homes.set(record.id, file)
      records.push(media === undefined ? record : withImageSizes(record, media, file))
    }
  }
  return records
}

async function contentFiles(dir: string) {
  const folders = await foldersIn(dir)
  const files: { kind: RecordKind; file: string }[] = []
  for (const name of folders) {
    if (name === MEDIA) continue
    const kind = KIND_OF_FOLDER.get(name)
    if (kind === undefined) {
      throw new ContentFileError(name, '', `没有这一类内容，文件夹应为 ${[...KIND_OF_FOLDER.keys()].join('、')} 之一`)
    }
    files.push(...(await filesIn(dir, name)).map((file) => ({ kind, file })))
  }
  const rank = ({ kind }: { kind: RecordKind }) => RECORD_KINDS.indexOf(kind)
  return { files: files.sort((a, b) => rank(a) - rank(b)), hasMedia: folders.includes(MEDIA) }
}

/** Folders only; a record that lies beside them would be overlooked, so it is refused. */
async function foldersIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    throw new ContentFileError(dir, '', `打不开这个内容文件夹，请检查路径和权限（${String(error)}）`)
  })
  const visible = entries.filter(({ name }) => !name.startsWith('.') && name !== 'README.md')
  const stray = visible.find((entry) => !entry.isDirectory() && isContent(entry.name))
  if (stray !== undefined) throw new ContentFileError(stray.name, '', '请移进所属类别的文件夹，例如 policies')
  return visible
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

async function filesIn(dir: string, folder: string): Promise<string[]> {
  const names = (await readdir(join(dir, folder))).filter((name) => !name.startsWith('.')).sort()
  return names.map((name) => {
    const file = `${folder}/${name}`
    if (isContent(name)) return file
    throw new ContentFileError(file, '', `这里只放 ${CONTENT_ENDINGS.join(' ')} 文件；图片请放进 ${MEDIA} 文件夹`)
  })
}

function isContent(name: string): boolean {
  return CONTENT_ENDINGS.some((ending) => ending === extname(name))
}
