import { runCommand } from './command-line.ts'
import { newEpoch } from './content-epoch.ts'
import { exportContent } from './content-export.ts'
import { generate } from './content-generate.ts'
import { importPages } from './content-import.ts'
import { publish, review, withdraw } from './content-review.ts'

const USAGE = `用法：
  npm run content -- import 文件… [--source 来源名称] [--url 原文网址] [--retrieved 年-月-日] [--dry-run] [--json]
                             导入公开网页（另存的 HTML 或页面文字）；--dry-run 只看结果，不写入
  npm run content -- review [--json]       列出待审的内容和原因
  npm run content -- publish 编号…         发布
  npm run content -- withdraw 编号…        撤下
  npm run content -- export 文件夹         把已发布的内容写成文件，可作为首批内容读回
  npm run content -- new-epoch             从头开始发布记录：恢复备份之后、依法撤下内容之后必须执行；
                             手机会重新取回全部列表，撤下的内容不再能从本站取得
  npm run content -- generate 数量 [--seed 种子] [--updates 变更数 [--day 第几天]] [--into-existing]
                             生成示例（虚构）内容用来试验；加 --updates 时不生成，只发布以后某一天的变更`

await runCommand(
  {
    usage: USAGE,
    actions: {
      import: importPages,
      review,
      publish,
      withdraw,
      export: exportContent,
      'new-epoch': newEpoch,
      generate,
    },
  },
  process.argv.slice(2),
)
