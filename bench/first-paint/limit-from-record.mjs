const STYLE =
  'body{margin:16px;font:17px/1.8 -apple-system,"PingFang SC","Noto Sans SC",sans-serif;color:#16202a}h1{font-size:22px;line-height:1.35}'

/** An article's record as the plainest page: what there is to compare with while our server sends an empty shell. */
export function pageFromRecord({ title, body }) {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${body.map(blockHtml).join('\n')}
</body>
</html>
`
}

function blockHtml(block) {
  switch (block.type) {
    case 'heading':
      return element(`h${block.level}`, inline(block.text))
    case 'list':
      return element(block.ordered ? 'ol' : 'ul', block.items.map((item) => element('li', inline(item))).join(''))
    case 'table':
      return element('table', tableRow('th', block.header) + block.rows.map((row) => tableRow('td', row)).join(''))
    case 'image':
      return ''
    case 'quote':
      return element('blockquote', inline(block.text))
    default:
      return element('p', inline(block.text))
  }
}

const element = (name, inner) => `<${name}>${inner}</${name}>`
const tableRow = (name, cells) => element('tr', cells.map((cell) => element(name, inline(cell))).join(''))
const inline = (spans) => spans.map(({ text }) => escape(text)).join('')
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
