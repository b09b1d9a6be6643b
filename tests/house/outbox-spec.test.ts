import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/server.ts'

const SPEC = readFileSync(join(ROOT, 'src', 'outbox', 'SPEC.md'), 'utf8')
const FOLDER = join(ROOT, 'tests', 'outbox')

const invariants = [...SPEC.matchAll(/^\| \*\*(I\d+)\*\* \| .+ \| (.+) \|$/gm)].map(([, name = '', held = '']) => ({
  name,
  tests: held.split('; ').map((test) => /^([\w-]+\.test\.ts): (.+)$/.exec(test)?.slice(1) ?? [test]),
}))

describe('the specification of the outbox', () => {
  it('numbers its invariants without a gap', () => {
    expect(invariants.map(({ name }) => name)).toEqual(invariants.map((_one, index) => `I${index + 1}`))
    expect(invariants.length).toBeGreaterThan(0)
  })

  it.each(invariants)('names for $name tests that there are', ({ tests }) => {
    for (const [file = '', title = ''] of tests) {
      expect(readdirSync(FOLDER)).toContain(file)
      expect(readFileSync(join(FOLDER, file), 'utf8')).toContain(title)
    }
  })
})
