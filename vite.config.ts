import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** What is loaded together: by when it is needed, and by how often it changes. */
const CHUNKS = [
  { name: 'vue', test: /node_modules\/(vue|@vue|vue-router|pinia|petite-vue-i18n|@intlify|@vueuse)\//, priority: 5 },
  { name: 'phone', test: /src\/(replica|outbox)\/|node_modules\/(dexie|uuid)\//, priority: 4 },
  { name: 'domain', test: /src\/domain\/|node_modules\/(valibot|@noble|@scure)\//, priority: 3 },
  {
    name: 'requests',
    test: /src\/app\/(forms|components\/(inquiry|mine))\/|pages\/(Contact|Settlement|Inquir|Me|Pack|Bookmarks|Storage|Privacy)/,
    priority: 2,
  },
  {
    name: 'reading',
    test: /src\/app\/(pages|components|composables)\/|node_modules\/(lucide-vue-next|gcoord)\//,
    priority: 1,
  },
]

/** The page and its worker. The server is built by scripts/build.mjs. */
export default defineConfig({
  plugins: [
    vue(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectRegister: false,
      registerType: 'prompt',
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: 1_000_000,
      },
      manifest: {
        id: '/',
        name: '落地 · 嘉定招商',
        short_name: '落地',
        description: '招商资讯、项目、政策、园区与房源，离线可读；联系与入驻申请必达一次。',
        lang: 'zh-CN',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f5f7f6',
        theme_color: '#0b5c63',
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icons/monochrome-512.png', sizes: '512x512', type: 'image/png', purpose: 'monochrome' },
        ],
      },
    }),
  ],
  build: {
    outDir: 'dist/web',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A dozen files rather than a hundred: on a phone each costs a round trip before the app opens offline.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/sync', '/media', '/healthz'].map((path) => [
        path,
        `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`,
      ]),
    ),
  },
})
