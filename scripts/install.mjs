import fs from 'node:fs'
import { inRoot, npm, say, StepError } from './shell.mjs'

/**
 * Installs the dependencies of the lock, unless exactly they are there. npm itself keeps the record of what it
 * installed (node_modules/.package-lock.json, written last), so an install that was cut off is noticed and repeated.
 */
export async function install() {
  if (isInstalled()) return
  const start = Date.now()
  say('正在安装依赖 (npm ci) …')
  // Build tools are development dependencies: a NODE_ENV=production of the machine must not leave them out.
  const code = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    throw new StepError(`安装依赖失败：npm ci 以 ${code} 结束（原因见上）。请检查网络或 npm 的 registry 设置后重试。`)
  }
  say(`依赖已安装，用时 ${seconds(start)} 秒`)
}

/** Seconds since an instant, for a person. */
export const seconds = (start) => ((Date.now() - start) / 1000).toFixed(1)

function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json')
  if (installed === undefined) return false
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([path]) => path !== '')
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

function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(inRoot(file), 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT' && file.startsWith('node_modules')) return undefined
    throw new StepError(`无法读取 ${file}：${error.message}。请从版本库取回该文件，或删除 node_modules 后重试。`)
  }
}
