import { resolve } from 'node:path'

/** The path of a file that a person named from where they stand; npm runs scripts in the package's folder and says where that was. */
export function personPath(name: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), name)
}

/** Why a file cannot be read, for the person; undefined when the error is not about a file. */
export function unreadable(error: unknown): string | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return '没有这个文件，请检查路径。'
    case 'EISDIR':
      return '这是文件夹，请写出其中的文件。'
    case 'EACCES':
    case 'EPERM':
      return '没有读取这个文件的权限。'
    default:
      return undefined
  }
}
