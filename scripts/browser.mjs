import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { inRoot, run, say, StepError, tool } from './shell.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/**
 * Finds a Chromium that starts, or installs one.
 * @returns {Promise<string>} path of its program
 */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (starts(given)) return given
    throw new StepError(
      `CHROMIUM_PATH is ${given}, which is no browser that starts: name the program of a Chromium, or unset it to have one found.`,
    )
  }
  const found = [playwrightOwn(), ...systemPlaces()].find(starts)
  return found || (await installBrowser())
}

async function installBrowser() {
  say('No Chromium here; downloading one (playwright install chromium) …')
  await tool('playwright/cli.js', ['install', 'chromium'])
  if (starts(playwrightOwn())) return playwrightOwn()
  if (fs.existsSync('/etc/debian_version') && process.getuid && process.getuid() === 0) {
    say('Installing the system package (apt-get install chromium) …')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env })
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], { env })
    // Playwright's copy may have been there all along and have lacked only the libraries that came just now.
    const found = [...systemPlaces(), playwrightOwn()].find(starts)
    if (found) return found
  }
  throw new StepError(
    'There is no Chromium here and none could be installed. Install one (npx playwright install --with-deps chromium; ' +
      'on Debian: sudo apt-get install chromium), or name its program in CHROMIUM_PATH.',
  )
}

function playwrightOwn() {
  return createRequire(inRoot('package.json'))('playwright').chromium.executablePath()
}

function systemPlaces() {
  const inPath = (process.env.PATH || '')
    .split(path.delimiter)
    .flatMap((dir) => NAMES.map((name) => path.join(dir, name)))
  const mac = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
  )
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((dir) => [
      path.join(dir, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(dir, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
  return [...inPath, ...mac, ...windows]
}

/** A file alone is not enough: its libraries may be missing, or it may be a stub that asks for a snap. */
function starts(file) {
  if (!file || !fs.existsSync(file)) return false
  // There a browser asked for its version opens a window instead.
  if (process.platform === 'win32') return true
  return spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30000 }).status === 0
}
