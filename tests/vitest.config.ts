import vue from '@vitejs/plugin-vue'
import { playwright } from '@vitest/browser-playwright'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { MODERN_DEXIE } from '../vite.config.ts'
import { CHROMIUM_FLAGS } from './support/chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const executablePath = process.env['CHROMIUM_PATH']

/** `node`: pure code, commands and databases. `phone`: what uses IndexedDB, in real Chromium. */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        plugins: [vue()],
        test: {
          name: 'node',
          include: ['tests/{domain,ingest,server,app,house}/**/*.test.ts'],
          globalSetup: ['tests/support/postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        resolve: { alias: [MODERN_DEXIE] },
        test: {
          name: 'phone',
          include: ['tests/{replica,outbox}/**/*.test.ts'],
          testTimeout: 30_000,
          // A processor that other work slows down is no failure: what has to come has as long as anywhere else.
          expect: { poll: { timeout: 15_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath === undefined ? {} : { executablePath }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
