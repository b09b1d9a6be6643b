import { join } from 'node:path'

/**
 * The folder of package.json. This module lies two folders below it both as a source (src/server) and in the bundle
 * (dist/server, where all parts are in one folder).
 */
const ROOT = join(import.meta.dirname, '..', '..')

/** The built page and its worker. */
export const WEB_DIR = join(ROOT, 'dist', 'web')
/** The app's server entry, which renders pages. */
export const RENDER_DIR = join(ROOT, 'dist', 'render')
/** The starter content. */
export const CONTENT_DIR = join(ROOT, 'content')
/** Pictures and documents of the content, named by their digest. */
export const MEDIA_DIR = join(CONTENT_DIR, 'media')
export const PACKAGE_FILE = join(ROOT, 'package.json')
