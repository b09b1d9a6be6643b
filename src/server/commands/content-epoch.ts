import { parseArgs } from 'node:util'
import { startEpoch } from '../feed/epoch.ts'
import { withDatabase } from './with-database.ts'

/** `content new-epoch`: after restoring a backup, and after withdrawing what must not be had from here any more. */
export async function newEpoch(args: string[]): Promise<number> {
  parseArgs({ args })
  const { epoch, records } = await withDatabase((database) => startEpoch(database, Date.now()))
  console.log(
    [
      `新的发布周期 ${epoch} 已开始，含已发布的 ${records} 条内容；从前的变更记录和快照已删除。`,
      '各手机下次联网时会重新取回全部列表和变了的正文，各人自己的提交、收藏和考察包不受影响。',
      '前面若有 CDN 或缓存，请清除 /sync/ 下的内容。',
    ].join('\n'),
  )
  return 0
}
