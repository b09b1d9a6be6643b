import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import zlib from 'node:zlib'
import { inRoot, say, StepError } from './shell.mjs'

/** What a first visit and full offline use may weigh, in kB of 1,000 bytes, gzip. */
const BUDGETS = { html: 25, css: 15, scripts: 75, offline: 300 }

/** What the service worker keeps, as vite.config.ts says, and the worker itself. */
const KEPT = /\.(css|html|js|svg|webmanifest)$/

const gzip = (bytes) => zlib.gzipSync(bytes, { level: 9 }).length
const kB = (bytes) => (bytes / 1000).toFixed(1)

/**
 * Opens the starter content's article as a first visit does, on the server as it was built, and weighs what comes.
 * Prints a table of every part.
 * @throws StepError that names what is over its budget
 */
export async function checkBudgets() {
  const html = await articlePage()
  const files = offlineFiles()
  const css = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
  const text = readableText(html)
  const first = (/ data-scripts="([^"]+)"/.exec(html)?.[1] ?? '').split(' ')
  if (css === '' || text.trim() === '' || !first.every((file) => files.has(file))) {
    throw new StepError(
      'The page does not name its style sheet and scripts as scripts/budget.mjs reads them: nothing was weighed.',
    )
  }
  const sizes = {
    html: gzip(html) - gzip(text),
    css: gzip(css),
    scripts: sum(first.map((file) => files.get(file))),
    offline: sum([...files.values()]),
  }
  printTable(files, first, { ...sizes, text: gzip(text) })
  const over = Object.keys(BUDGETS).filter((part) => sizes[part] > BUDGETS[part] * 1000)
  if (over.length > 0) {
    throw new StepError(
      `Over budget: ${over.map((part) => `${part} ${kB(sizes[part])} of ${BUDGETS[part]} kB`).join(', ')}`,
    )
  }
}

/** The article's page, from a server of its own with the starter content. */
async function articlePage() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'luodi-budget-'))
  const env = {
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    CONTENT: 'starter',
    LOG_LEVEL: 'silent',
  }
  for (const name of ['DATABASE_URL', 'SITE_URL', 'TRUST_PROXY']) delete env[name]
  const server = spawn(process.execPath, [inRoot('dist', 'server', 'main.js')], { env, stdio: ['ignore', 'pipe', 2] })
  try {
    const origin = await addressOf(server)
    const list = await (await fetch(`${origin}/articles`)).text()
    const article = /href="(\/articles\/article-[^"]+)"/.exec(list)?.[1]
    if (article === undefined) throw new StepError('The starter content has no article to weigh.')
    return await (await fetch(origin + article)).text()
  } finally {
    server.kill('SIGKILL')
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
}

async function addressOf(server) {
  for await (const line of readline.createInterface({ input: server.stdout })) {
    const origin = /^落地 Luodi: (\S+)$/.exec(line)?.[1]
    if (origin !== undefined) return origin
  }
  throw new StepError('The server did not start, so that the first visit cannot be weighed: see above.')
}

/** What a person reads on the page: the text of the article itself. */
function readableText(html) {
  const article = /<article[\s\S]*<\/article>/.exec(html)?.[0] ?? ''
  return article.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

/** Weight of every file for offline use, by path: the server compresses all of them. */
function offlineFiles() {
  const root = inRoot('dist', 'web')
  const names = fs.readdirSync(root, { recursive: true }).map((name) => name.replaceAll('\\', '/'))
  const kept = names.filter((name) => KEPT.test(name) && !/(^|\/)\./.test(name)).sort()
  return new Map(
    kept.map((name) => {
      const bytes = fs.readFileSync(path.join(root, name))
      return [`/${name}`, gzip(bytes)]
    }),
  )
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

function printTable(files, first, sizes) {
  const isPage = (file) => /^\/assets\/[A-Z]\w*Page-/.test(file)
  const others = [...files].filter(([file]) => !first.includes(file))
  const pages = others.filter(([file]) => isPage(file))
  const named = others.filter(([file]) => !isPage(file))
  const row = (part, bytes, budget) =>
    say(`${part.padEnd(52)}${kB(bytes).padStart(8)}${(budget ?? '').toString().padStart(9)}`)
  say(`${'First visit to an article (gzip)'.padEnd(52)}${'kB'.padStart(8)}${'budget'.padStart(9)}`)
  row('  its text', sizes.text)
  row('  page besides the text, style sheet and data included', sizes.html, BUDGETS.html)
  row('  of that, the style sheet', sizes.css, BUDGETS.css)
  for (const file of first) row(`  ${path.basename(file)}`, files.get(file))
  row('  scripts until it answers to a finger', sizes.scripts, BUDGETS.scripts)
  say('After the first paint, for offline use')
  for (const [file, bytes] of named.sort(([, a], [, b]) => b - a)) row(`  ${path.basename(file)}`, bytes)
  row(`  ${pages.length} pages' own files`, sum(pages.map(([, bytes]) => bytes)))
  row('  everything for full offline use', sizes.offline, BUDGETS.offline)
}
