import type { ContentRecord } from './record.ts'

/** Pictures and attachments of a record that are files of this site, by path, each once. What lies elsewhere is only linked to. */
export function ownFiles({
  images,
  attachments,
  body = [],
}: Pick<ContentRecord, 'images' | 'attachments' | 'body'>): string[] {
  const inBody = body.flatMap((block) => (block.type === 'image' ? [block.image.src] : []))
  const files = [...images.map(({ src }) => src), ...inBody, ...attachments.map(({ url }) => url)]
  return [...new Set(files.filter((file) => file.startsWith('/')))]
}
