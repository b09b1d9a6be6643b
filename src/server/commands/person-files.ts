import { resolve } from 'node:path'

/** The path of a file that a person named from where they stand; npm runs scripts in the package's folder and says where that was. */
export function personPath(name: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), name)
}
