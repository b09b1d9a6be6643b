import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * Bundles scripts of bench pages as a browser loads them.
 * @param {URL} folder of their files
 * @returns {(name: string) => Promise<string>} gives the text of one, by the name of its file
 */
export function bundleFrom(folder) {
  const root = fileURLToPath(folder)
  return async (name) => {
    const output = await build({
      configFile: false,
      root,
      logLevel: 'silent',
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
    return [output].flat()[0].output.find(({ type }) => type === 'chunk').code
  }
}
