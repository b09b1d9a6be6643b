import { ESLint } from 'eslint'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../support/server.ts'

const eslint = new ESLint({ cwd: ROOT })

/** Rule names that a line of code breaks when it stands in a file of a room. */
async function broken(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(ROOT, file) })
  return (result?.messages ?? []).map((message) => message.ruleId)
}

test.each([
  ['src/domain/text.ts', '#server/paths.ts'],
  ['src/replica/replica.ts', '#outbox/outbox.ts'],
  ['src/outbox/outbox.ts', '#replica/replica.ts'],
  ['src/outbox/outbox.ts', '#app/format.ts'],
  ['src/ingest/result.ts', '#server/paths.ts'],
  ['src/server/main.ts', '#app/format.ts'],
  ['src/sw/sw.ts', '#app/format.ts'],
  ['src/app/format.ts', '#server/paths.ts'],
])('%s may not import %s', async (file, target) => {
  expect(await broken(file, `import '${target}'`)).toContain('import-x/no-restricted-paths')
})

test.each([
  ['src/domain/text.ts', 'node:fs'],
  ['src/replica/replica.ts', 'vue'],
  ['src/outbox/outbox.ts', 'pinia'],
  ['src/app/format.ts', 'dexie'],
])('%s may not import the package %s', async (file, target) => {
  expect(await broken(file, `import '${target}'`)).toContain('no-restricted-imports')
})

test('there are seven rooms, and each says what lives in it', () => {
  const rooms = readdirSync(join(ROOT, 'src')).sort()
  expect(rooms).toEqual(['app', 'domain', 'ingest', 'outbox', 'replica', 'server', 'sw'])
  for (const room of rooms) expect(readdirSync(join(ROOT, 'src', room))).toContain('README.md')
})
