import js from '@eslint/js'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

/** The house: which rooms each room may import from. Arrows point down only (see README, "The house"). */
const ARROWS = {
  domain: [],
  ingest: ['domain'],
  replica: ['domain'],
  outbox: ['domain'],
  server: ['ingest', 'domain'],
  sw: ['outbox', 'replica', 'domain'],
  app: ['replica', 'outbox', 'domain'],
}
const ROOMS = Object.keys(ARROWS)

const zones = ROOMS.flatMap((room) =>
  ROOMS.filter((other) => other !== room && !ARROWS[room].includes(other)).map((other) => ({
    target: `./src/${room}`,
    from: `./src/${other}`,
    message: `Arrows point down only: ${room} may import from ${ARROWS[room].join(', ') || 'no other room'}.`,
  })),
)

const FRAMEWORKS = ['vue', 'vue-*', '@vue/*', '@vueuse/*', 'pinia', 'lucide-vue-next']
const NODE_SIDE = ['node:*', 'hono', '@hono/*', 'kysely', 'libsql', 'pg', 'pino']
const BENCH_PACKAGES =
  '^(@tanstack/.*|@vite-pwa/vitepress|autocannon|express|express-pouchdb|fake-indexeddb|flexsearch|chrome-launcher|lighthouse|minisearch|pouchdb-.*|puppeteer-core|rxdb|vitepress|workbox-background-sync)(/|$)'
const forbid = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
})

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'bench/node_modules/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.vue', '.js', '.mjs', '.json'] })],
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-unresolved': ['error', { ignore: ['^virtual:'] }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines': ['error', 400],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
    rules: {
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always' } }],
      'vue/require-default-prop': 'off',
      // How templates are laid out is Prettier's business.
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
    },
  },
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  {
    // Only vue-tsc knows the types of single-file components; it checks what these rules cannot see.
    files: ['src/app/**'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
        `@typescript-eslint/no-unsafe-${what}`,
        'off',
      ]),
    ),
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { globals: globals.node, ...ts.configs.disableTypeChecked.languageOptions },
  },
  { files: ['scripts/**', 'src/server/commands/**', 'tests/**', 'bench/**'], rules: { 'no-console': 'off' } },
  {
    // Its packages are there only after a benchmark ran.
    files: ['bench/**'],
    rules: { 'import-x/no-unresolved': ['error', { ignore: [BENCH_PACKAGES] }] },
  },
  { files: ['bench/**/in-page/**'], languageOptions: { globals: globals.browser } },
  forbid(
    ['src/domain/**'],
    [...FRAMEWORKS, ...NODE_SIDE, 'dexie', 'workbox-*'],
    'domain is pure: schemas and functions only.',
  ),
  forbid(
    ['src/ingest/**'],
    [...FRAMEWORKS, 'hono', '@hono/*', 'kysely', 'libsql', 'pg', 'dexie', 'workbox-*'],
    'ingest knows no database and no screen.',
  ),
  forbid(['src/server/**'], ['dexie', 'workbox-*', 'pinia', '@vueuse/*'], 'server has no phone side.'),
  forbid(
    ['src/replica/**', 'src/outbox/**', 'src/sw/**'],
    [...FRAMEWORKS, ...NODE_SIDE],
    'plain TypeScript: page, worker and test use the same code.',
  ),
  forbid(['src/app/**'], [...NODE_SIDE, 'dexie'], 'app sees the phone through replica and outbox.'),
)
