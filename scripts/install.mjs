import fs from 'node:fs'
import path from 'node:path'
import { inRoot, npm, say, StepError } from './shell.mjs'

/**
 * Installs the dependencies of the lock, unless exactly they are there. npm itself keeps the record of what it
 * installed (node_modules/.package-lock.json, written last), so an install that was cut off is noticed and repeated.
 * @param {string} [folder] of a package.json, inside the package; the package itself unless given
 */
export async function install(folder = '.') {
  if (isInstalled(folder)) return
  const start = Date.now()
  say(`Installing dependencies${folder === '.' ? '' : ` of ${folder}/`} (npm ci) …`)
  const { code, output } = await npmInstall(folder)
  if (code !== 0) {
    throw new StepError(
      `${output.trimEnd()}\nInstalling failed: npm ended with ${code}, see above. Check the network and npm's registry setting.`,
    )
  }
  say(`Dependencies installed in ${seconds(start)} s`)
}

async function npmInstall(folder) {
  // Build tools are development dependencies: a NODE_ENV=production of the machine must not leave them out.
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder]
  const result = await npm(['ci', ...options])
  // A registry that lacks another system's prebuilt packages makes `npm ci` refuse the whole lock. `npm install` leaves
  // those out, and still takes from the lock what it names.
  return result.output.includes('EUSAGE') ? npm(['install', '--no-save', ...options]) : result
}

/** Seconds since an instant, for a person. */
export const seconds = (start) => ((Date.now() - start) / 1000).toFixed(1)

function isInstalled(folder) {
  const installed = packagesOf(folder, 'node_modules', '.package-lock.json')
  if (installed === undefined) return false
  const wanted = Object.entries(packagesOf(folder, 'package-lock.json')).filter(([path]) => path !== '')
  return wanted.every(([path, entry]) => {
    const found = installed[path]
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version && found.integrity === entry.integrity && isForThisMachine(found)
  })
}

/** False for a prebuilt package of another system: the folder was copied here. */
function isForThisMachine(entry) {
  const fits = (list, value) => list === undefined || list.includes(value) || list.some((item) => item.startsWith('!'))
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch)
}

function packagesOf(...parts) {
  const file = path.join(...parts)
  try {
    return JSON.parse(fs.readFileSync(inRoot(file), 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT' && parts.includes('node_modules')) return undefined
    throw new StepError(`${file} cannot be read: ${error.message}. Restore it, or delete node_modules, and try again.`)
  }
}
