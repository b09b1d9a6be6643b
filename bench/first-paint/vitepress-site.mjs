import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ROOT, temporaryFolder } from '../../tests/support/server.ts'
import { ask } from '../lib/answer.mjs'
import { articlePath } from '../lib/luodi.mjs'
import { folderAnswers } from './folder-answers.mjs'
import { markdownPage } from './markdown.mjs'

const SKELETON = fileURLToPath(new URL('vitepress', import.meta.url))
const PACKAGES = join(ROOT, 'bench', 'node_modules')

/**
 * Builds the articles as a VitePress site in a temporary folder.
 * @param {object[]} articles records of the feed
 * @param {string} url of our server, which has their pictures
 * @returns {Promise<import('../lib/answer.mjs').Answer[]>} its files, as a server would send them
 */
export async function buildVitePressSite(articles, url) {
  const site = temporaryFolder()
  const put = (path, content) => {
    const file = join(site, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  cpSync(SKELETON, site, { recursive: true })
  symlinkSync(PACKAGES, join(site, 'node_modules'), 'junction')
  cpSync(join(ROOT, 'public', 'icons'), join(site, 'public', 'icons'), { recursive: true })

  const entries = articles.map((record) => ({ title: record.title, path: articlePath(record) }))
  put('.vitepress/articles.json', JSON.stringify(entries))
  put('index.md', ['# 资讯', ...entries.map(({ title, path }) => `- [${title}](${path})`)].join('\n\n'))
  for (const record of articles) put(`${articlePath(record)}.md`, markdownPage(record))
  for (const path of new Set(articles.flatMap(pictures))) put(`public${path}`, (await ask(url, path)).body)

  await promisify(execFile)(process.execPath, [join(PACKAGES, 'vitepress', 'bin', 'vitepress.js'), 'build', site])
  return folderAnswers(join(site, '.vitepress', 'dist'))
}

const pictures = ({ body }) => body.filter(({ type }) => type === 'image').map(({ image }) => image.src)
