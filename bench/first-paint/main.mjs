import { parseArgs } from 'node:util'
import { startBare } from '../lib/bare.mjs'
import { checkLine } from '../lib/line-check.mjs'
import { articlePath, measuredArticle, readFeed, startLuodi } from '../lib/luodi.mjs'
import { browserVersion, conditions, versionOf } from '../lib/machine.mjs'
import { audit } from './lighthouse.mjs'
import { limitPage } from './limit.mjs'
import { report } from './report.mjs'
import { visit } from './visit.mjs'
import { buildVitePressSite } from './vitepress-site.mjs'

/** Lighthouse simulates its line from one load, which leaves it little noise: more runs than this tell nothing new. */
const MOST_AUDITS = 3

const { values } = parseArgs({ options: { runs: { type: 'string', default: '9' } } })
const runs = Number(values.runs)
const say = (text) => console.error(text)

const luodi = await startLuodi()
const { records } = await readFeed(luodi.url)
const article = measuredArticle(records)
say('Building the VitePress site …')
const site = await buildVitePressSite(
  records.filter(({ kind }) => kind === 'article'),
  luodi.url,
)
const limit = await limitPage(article, luodi.url)
const servers = { limit: await startBare(limit), vitepress: await startBare(site) }

const text = article.body.find(({ type }) => type === 'paragraph').text[0].text
const shared = { path: articlePath(article), text }
const contestants = [
  { name: 'luodi', url: luodi.url, worker: true, ...shared },
  { name: 'limit', url: servers.limit.url, worker: false, ...shared },
  { name: 'vitepress', url: servers.vitepress.url, worker: true, ...shared },
]

const line = await checkLine()
say(line)
say('Warming up …')
for (const contestant of contestants) await visit({ ...contestant, worker: false })
const visits = { luodi: [], limit: [], vitepress: [] }
for (let run = 0; run < runs; run += 1) {
  // Each in turn is first, second and last.
  const turn = contestants.map((_, place) => contestants[(run + place) % contestants.length])
  for (const contestant of turn) visits[contestant.name].push(await visit(contestant))
  say(`Run ${run + 1} of ${runs} done`)
}

const audits = { luodi: [], vitepress: [] }
for (let run = 0; run < Math.min(runs, MOST_AUDITS); run += 1) {
  for (const { name, url, path, worker } of contestants)
    if (worker) audits[name].push(await audit(new URL(path, url).href))
  say(`Audit ${run + 1} done`)
}

console.log(`## First paint of an article

${conditions([browserVersion(process.env.CHROMIUM_PATH), versionOf('vitepress'), versionOf('vite-plugin-pwa'), versionOf('lighthouse')])}
${runs} runs each, interleaved, new profile each time; median (range). 360 × 780 at 3 dpr, main thread slowed 4×,
one TCP line of 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, HTTP/1.1 without TLS. ${line}
(a) is our own page without its scripts.

${report(visits, audits)}
`)

await Promise.all([luodi.stop(), servers.limit.stop(), servers.vitepress.stop()])
