import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { MODERN_DEXIE } from '../../vite.config.ts'

/**
 * Bundles scripts of bench pages as a browser loads them.
 * @param {URL} folder of their files
 * @returns {(name: string) => Promise<string>} gives the text of one, by the name of its file
 */
export function bundleFrom(folder) {
  const scripts = scriptsFrom(folder)
  return async (name) => (await scripts(name)).script
}

/**
 * The same, for scripts that start workers.
 * @returns {(name: string) => Promise<{ script: string, workers: Record<string, string> }>} the workers by the path they are asked for under
 */
export function scriptsFrom(folder) {
  const root = fileURLToPath(folder)
  return async (name) => {
    const output = await build({
      configFile: false,
      root,
      logLevel: 'silent',
      resolve: { alias: [MODERN_DEXIE] },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        target: 'es2022',
        rollupOptions: {
          input: `${root}/${name}.mjs`,
          preserveEntrySignatures: 'strict',
          output: { format: 'es', inlineDynamicImports: true },
        },
      },
    })
    const files = [output].flat()[0].output
    return {
      script: files.find(({ type }) => type === 'chunk').code,
      workers: Object.fromEntries(
        files.filter(({ type }) => type === 'asset').map(({ fileName, source }) => [`/${fileName}`, String(source)]),
      ),
    }
  }
}
