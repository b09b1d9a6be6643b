import { withPwa } from '@vite-pwa/vitepress'
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

/** Title and path of every article, written by the bench. */
const articles = JSON.parse(readFileSync(new URL('articles.json', import.meta.url), 'utf8'))

/** What people would set up: VitePress with its theme, vite-plugin-pwa with its defaults, a worker that precaches the site. */
export default withPwa(
  defineConfig({
    lang: 'zh-CN',
    title: '嘉定招商',
    description: '招商资讯、项目、政策、园区与房源，离线可读。',
    cleanUrls: true,
    // Articles link to records of other kinds, which this site leaves out.
    ignoreDeadLinks: true,
    head: [['link', { rel: 'icon', href: '/icons/favicon.svg', type: 'image/svg+xml' }]],
    themeConfig: {
      sidebar: [{ text: '资讯', items: articles.map(({ title, path }) => ({ text: title, link: path })) }],
    },
    pwa: {
      manifest: {
        name: '嘉定招商',
        short_name: '嘉定招商',
        lang: 'zh-CN',
        theme_color: '#ffffff',
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        ],
      },
    },
  }),
)
