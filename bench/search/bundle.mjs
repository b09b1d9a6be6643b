import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const IN_PAGE = fileURLToPath(new URL('in-page', import.meta.url))

/** Bundles one script of the page as a browser loads it. @param {string} name of its file in `in-page/` */
export async function bundle(name) {
  const output = await build({
    configFile: false,
    root: IN_PAGE,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      rollupOptions: {
        input: `${IN_PAGE}/${name}.mjs`,
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  })
  return [output].flat()[0].output.find(({ type }) => type === 'chunk').code
}
