import { runCommand } from './command-line.ts'
import { files } from './inquiries-files.ts'
import { importUnsent } from './inquiries-import.ts'
import { exportAll, list } from './inquiries-list.ts'
import { erase, show, status } from './inquiries-show.ts'
import { STATE_WORDS } from './inquiry-words.ts'

const USAGE = `用法：
  npm run inquiries -- list                列出收到的请求，新的在前
  npm run inquiries -- show 回执号         看一件请求的全部内容和进展
  npm run inquiries -- status 回执号 状态  变更状态：${STATE_WORDS}
  npm run inquiries -- erase 回执号        应本人要求删除内容，只留下回执
  npm run inquiries -- files 回执号 --to 文件夹
                                           把收到的附件写进文件夹，已有的文件不会被覆盖
  npm run inquiries -- import 文件…        收下手机“导出未发送”的文件里的请求
  npm run --silent inquiries -- export --csv > 文件.csv
                                           导出为表格（Excel 可直接打开）`

await runCommand(
  { usage: USAGE, actions: { list, show, status, erase, files, import: importUnsent, export: exportAll } },
  process.argv.slice(2),
)
