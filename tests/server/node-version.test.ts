import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/node-version.mjs', import.meta.url))

/** Runs the check as that version of Node would. */
function onNode(version: string) {
  const fake = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
    Object.defineProperty(process, 'version', { value: 'v${version}' })`
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(fake)}`, script], {
    encoding: 'utf8',
  })
}

it.each(['14.21.3', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
  'a Node that is too old, %s, is named in one line with what is needed',
  (version) => {
    const { status, stderr, stdout } = onNode(version)
    expect([status, stdout, stderr.trimEnd().split('\n')]).toEqual([
      1,
      '',
      [`Luodi needs Node 20.19 or newer (in the 22 line: 22.12); this is v${version}. Get one from https://nodejs.org`],
    ])
  },
)

it.each(['20.19.0', '22.12.0', '23.0.0', '24.1.0'])('Node %s is taken', (version) => {
  expect(onNode(version)).toMatchObject({ status: 0, stderr: '', stdout: '' })
})
