import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { PACKAGE_FILE } from './paths.ts'

/** This release's version, as package.json has it. */
export function version(): string {
  return v.parse(v.object({ version: v.string() }), JSON.parse(readFileSync(PACKAGE_FILE, 'utf8'))).version
}
