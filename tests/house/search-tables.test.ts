import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TABLES } from '../../scripts/search-tables.mjs'

test.each(Object.entries(TABLES))('%s is what its dictionaries say', (file, make) => {
  const written = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  expect(written).toBe(make())
})
