import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import type { RenderPage } from '#domain/rendering.ts'

const PageFilesSchema = v.record(v.string(), v.array(v.string()))

/** The app as the server renders it. */
export interface Renderer {
  render: RenderPage
  /** Paths of the scripts that hold these sources. */
  scriptsOf(modules: readonly string[]): string[]
}

/**
 * Loads the app's built server entry, the one arrow from here to `app`.
 * @param renderDir,webDir folders of the two builds
 * @returns undefined where it was not built
 */
export async function loadRenderer(renderDir: string, webDir: string): Promise<Renderer | undefined> {
  const entry = join(renderDir, 'entry.js')
  if (!existsSync(entry)) return undefined
  const { render } = (await import(pathToFileURL(entry).href)) as { render: RenderPage }
  const files = v.parse(PageFilesSchema, JSON.parse(await readFile(join(webDir, '.page-files.json'), 'utf8')))
  return {
    render,
    scriptsOf: (modules) => [
      ...new Set(modules.flatMap((module) => files[module] ?? []).filter((file) => file.endsWith('.js'))),
    ],
  }
}

/** When the page was built, ms since 1970 (UTC). */
export function builtAt(webDir: string): number {
  return Math.floor(statSync(join(webDir, 'index.html')).mtimeMs)
}
