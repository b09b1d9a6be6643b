import { runCommand } from './command-line.ts'
import { exportContent } from './content-export.ts'
import { importPages } from './content-import.ts'
import { publish, review, withdraw } from './content-review.ts'

const USAGE = `用法：
  npm run content -- import 文件… [--source 来源名称] [--url 原文网址] [--retrieved 年-月-日] [--dry-run] [--json]
                             导入公开网页（另存的 HTML 或页面文字）；--dry-run 只看结果，不写入
  npm run content -- review [--json]       列出待审的内容和原因
  npm run content -- publish 编号…         发布
  npm run content -- withdraw 编号…        撤下
  npm run content -- export 文件夹         把已发布的内容写成文件，可作为首批内容读回`

await runCommand(
  { usage: USAGE, actions: { import: importPages, review, publish, withdraw, export: exportContent } },
  process.argv.slice(2),
)
