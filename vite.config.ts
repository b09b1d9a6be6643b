import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** Dexie's smaller build, for browsers that know classes and async functions, as `target` asks. Tests and benches in a browser have it too. */
export const MODERN_DEXIE = { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }

/** Libraries that every page needs before it answers to a finger. */
const FIRST = /node_modules\/(vue|@vue|vue-router|pinia)\/|plugin-vue:export-helper|vite\/preload-helper/
/** What a record's page is made of. */
const READING =
  /src\/app\/(components\/(record|common|shell)\/|composables\/(as-of|bookmarks|gone|inquiries|kept|live|connection|pack|pull|record|refresh|selection|title|today)|fingerprint|phone|answers|format|clipboard|in-turn|stored-json|stores\/)|node_modules\/lucide-vue-next\/|src\/domain\/(body-text|shanghai|inquiry\/about|record\/(kind|list-item|own-files|pictures|split))/

/** What is loaded together: by when it is needed, and by how often it changes. Each page is a file of its own beside them. */
const CHUNKS = [
  { name: 'vue', test: FIRST, priority: 6 },
  { name: 'reading', test: READING, priority: 5 },
  { name: 'words', test: /src\/app\/locales\/(zh-CN(-forms)?\.|locale)/, priority: 5 },
  // Apart from what rests on it, to be evaluated in a task of its own.
  { name: 'dexie', test: /node_modules\/dexie\/|src\/replica\/database/, priority: 5 },
  {
    name: 'phone',
    test: /src\/(replica|outbox)\/|src\/app\/(open-phone|content-wish|start-search)|node_modules\/uuid\//,
    priority: 4,
  },
  { name: 'schemas', test: /src\/domain\/|node_modules\/(valibot|@noble|@scure)\//, priority: 3 },
  {
    name: 'requests',
    test: /src\/app\/((forms|components\/(inquiry|mine))\/|pages\/(Contact|Settlement)|save-file|locales\/\S*(request|storage))/,
    priority: 2,
  },
  // Pages of the person's own, of records but articles, and of lists, home among them, are small and alike: together they compress better.
  { name: 'own', test: /src\/app\/pages\/(Bookmarks|Compare|Inquir|Me|Pack|Privacy|Storage|Unknown)/, priority: 2 },
  { name: 'records', test: /src\/app\/pages\/(Guide|Listing|Park|Policy|Project)Page/, priority: 2 },
  { name: 'lists', test: /src\/app\/pages\/(Home|\w+List)Page/, priority: 2 },
  // With them what they debounce with.
  { name: 'places', test: /src\/app\/(components|composables)\/|node_modules\/@vueuse\//, priority: 1 },
]

const worker = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/sw',
  filename: 'sw.ts',
  injectRegister: false,
  registerType: 'prompt',
  injectManifest: {
    // Icons are for whoever installs the app, which takes a network; what is installed has them.
    globPatterns: ['**/*.{js,css,html,svg,webmanifest}'],
    maximumFileSizeToCacheInBytes: 1_000_000,
  },
  includeManifestIcons: false,
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
})

/** The page and its worker. The server is built by scripts/bundle.mjs. */
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [
    // Nothing here uses the Options API.
    vue({ features: { optionsAPI: false } }),
    isSsrBuild ? undefined : worker,
  ],
  resolve: { alias: [MODERN_DEXIE] },
  build: {
    outDir: 'dist/web',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The one style sheet stands in every rendered page.
    cssCodeSplit: false,
    // Which files a rendered page needs, by the sources of its components.
    ssrManifest: !isSsrBuild,
    rolldownOptions: isSsrBuild
      ? {}
      : { output: { codeSplitting: { groups: CHUNKS, includeDependenciesRecursively: false } } },
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/sync', '/media', '/healthz'].map((path) => [
        path,
        `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`,
      ]),
    ),
  },
}))
