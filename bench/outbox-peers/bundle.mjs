import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const IN_PAGE = fileURLToPath(new URL('in-page', import.meta.url))

/**
 * Bundles one script of a bench page as a browser loads it.
 * @param {string} name of its file in `in-page/`
 * @returns {Promise<string>} its text
 */
export async function bundle(name) {
  const output = await build({
    configFile: false,
    root: IN_PAGE,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rollupOptions: { input: `${IN_PAGE}/${name}.mjs`, output: { format: 'es', inlineDynamicImports: true } },
    },
  })
  return [output].flat()[0].output.find(({ type }) => type === 'chunk').code
}
