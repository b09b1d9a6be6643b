import { describe, expect, it } from 'vitest'
import { recordId } from '#ingest/record-id.ts'

describe('the id of a record from a source', () => {
  const id = recordId('park', '马陆丰登工业园', '310114')

  it('is the same for the same title, however it is spaced, punctuated or written', () => {
    for (const title of [' 马陆 丰登工业园 ', '“马陆”丰登工业园', '馬陸豐登工業園'])
      expect(recordId('park', title, '310114')).toBe(id)
  })

  it('differs by title, kind and region', () => {
    const others = [
      recordId('park', '马陆丰登工业园二期', '310114'),
      recordId('project', '马陆丰登工业园', '310114'),
      recordId('park', '马陆丰登工业园', '310115'),
    ]
    expect(new Set([id, ...others]).size).toBe(4)
  })

  it('is fit for a URL and never changes between releases', () => {
    expect(id).toBe('park-mhg2m7t3cvcn')
    expect(recordId('park', '——', '310114')).toMatch(/^park-[a-z2-7]{12}$/)
  })
})
