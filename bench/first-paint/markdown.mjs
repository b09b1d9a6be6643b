const SPECIAL = /[\\`*_[\]<>#|~]/g

/** A record's title and body as a Markdown page, which holds all that a body can hold. */
export function markdownPage({ title, summary, body }) {
  const head = ['---', `title: ${JSON.stringify(title)}`, `description: ${JSON.stringify(summary)}`, '---']
  return `${head.join('\n')}\n\n# ${escape(title)}\n\n${body.map(blockText).join('\n\n')}\n`
}

function blockText(block) {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.text)}`
    case 'list':
      return block.items.map((item) => `${block.ordered ? '1.' : '-'} ${inline(item)}`).join('\n')
    case 'table':
      return [block.header, block.header.map(() => [{ text: '' }]), ...block.rows].map(tableRow).join('\n')
    case 'image':
      return `![${escape(block.image.alt)}](${block.image.src})`
    case 'quote':
      return `> ${inline(block.text)}`
    default:
      return inline(block.text)
  }
}

function tableRow(cells, place) {
  return place === 1 ? `|${cells.map(() => ' --- |').join('')}` : `| ${cells.map(inline).join(' | ')} |`
}

const MARKS = { strong: '**', emphasis: '*' }

function inline(spans) {
  return spans
    .map(({ text, marks = [], href }) => {
      const fences = marks.map((mark) => MARKS[mark])
      const marked = `${fences.join('')}${escape(text)}${fences.reverse().join('')}`
      return href === undefined ? marked : `[${marked}](${href})`
    })
    .join('')
}

function escape(text) {
  return text.replace(SPECIAL, '\\$&').replaceAll('\n', ' ')
}
