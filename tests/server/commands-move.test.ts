import Libsql from 'libsql'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { freeze, put } from '../support/letter.ts'
import { ensureServerBundle, runProgram, startServer } from '../support/server.ts'

beforeAll(ensureServerBundle)

/** Names of the pictures that were made from the content. */
function madeFiles(dataDir: string): string[] {
  const database = new Libsql(join(dataDir, 'luodi.db'), { readonly: true })
  const rows = database.prepare('select name from media').all() as { name: string }[]
  database.close()
  return rows.map(({ name }) => name)
}

onEachDatabase('move to', (store) => {
  describe.runIf(store.dialect === 'postgres')('an empty PostgreSQL', () => {
    it('takes everything along: the phone keeps its receipt and its place in the feed', async () => {
      const before = await startServer()
      const inquiry = freeze()
      const receipt = await (await put(before.url, inquiry)).text()
      const head = await (await fetch(`${before.url}/sync/v1/head.json`)).text()
      await before.stop()
      const pictures = madeFiles(before.dataDir)
      expect(pictures.length).toBeGreaterThan(0)

      const { url = '' } = store.settings()
      const move = () => runProgram('move', ['to', url], { DATA_DIR: before.dataDir })
      expect((await move()).code).toBe(0)

      const after = await startServer({ env: { DATABASE_URL: url } })
      const again = await put(after.url, inquiry)
      expect([again.status, await again.text()]).toEqual([200, receipt])
      expect(await (await fetch(`${after.url}/sync/v1/head.json`)).text()).toBe(head)
      for (const name of pictures) expect((await fetch(`${after.url}/media/${name}`)).status).toBe(200)
      await after.stop()

      const second = await move()
      expect([second.code, second.stderr.trimEnd().split('\n').length]).toEqual([1, 1])
    })
  })
})
