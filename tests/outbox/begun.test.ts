import { describe, expect, it } from 'vitest'
import { correctionKey, draftKey, earlierKey } from '#outbox/draft-key.ts'
import { add, photo } from './support/files.ts'
import { openPhone, type Phone, putRaw, rawRows, request, until } from './support/phone.ts'

const PARK = { kind: 'park', id: 'p-1' } as const
const begunOn = (phone: Phone) => until(phone.drafts.begun(), () => true)

describe('forms that were begun', () => {
  it('are listed with what they are about, the last one first, but no corrections', async () => {
    const phone = openPhone()
    await phone.drafts.save(draftKey('settlement', PARK), { '/phone': '' }, '第一个园区')
    await phone.drafts.save(draftKey('settlement', PARK), { '/phone': '138' })
    phone.time.at += 1000
    await phone.drafts.save('contact', { '/message': '想看厂房' })
    await phone.drafts.save(correctionKey('0195a3f0-0000-7000-8000-000000000001'), { '/message': '改过的' })
    for (const key of ['contact/new', 'settlement:hologram/x-1', 'letter'])
      await phone.drafts.save(key, { '/message': '另一个版本的' })
    await phone.drafts.save(draftKey('contact', PARK), { '/message': '写了又删', '/company': '' })
    await phone.drafts.save(draftKey('contact', PARK), { '/message': ' ' })
    expect(await begunOn(phone)).toEqual([
      { key: 'contact', type: 'contact', about: undefined, savedAt: phone.time.at },
      {
        key: 'settlement:park/p-1',
        type: 'settlement',
        about: PARK,
        savedAt: phone.time.at - 1000,
        title: '第一个园区',
      },
    ])
  })

  it('are one whether text, files or what another version typed is there, and gone once submitted', async () => {
    const phone = openPhone()
    await add(phone)
    expect(await begunOn(phone)).toMatchObject([{ key: request.draftKey }])
    await phone.drafts.save(earlierKey(request.draftKey), { '/old': '旧栏目' })
    await phone.drafts.save(request.draftKey, { '/message': '想看厂房' })
    expect(await begunOn(phone)).toHaveLength(1)
    await phone.drafts.discard(earlierKey(request.draftKey))
    await phone.outbox.submit(request)
    await until(phone.drafts.begun(), (forms) => forms.length === 0)
  })

  it('are dropped with their files, and no other form loses any', async () => {
    const phone = openPhone()
    const other = draftKey('contact', PARK)
    await add(phone)
    await phone.attachments.add(other, { name: '现场.jpg', data: photo() })
    await phone.drafts.save(request.draftKey, { '/message': '不要了' })
    await phone.drafts.save(earlierKey(request.draftKey), { '/old': '旧栏目' })
    await phone.drafts.drop(request.draftKey)
    expect(await begunOn(phone)).toMatchObject([{ key: other }])
    expect(await rawRows(phone.databaseName, 'drafts')).toEqual([])
    expect(await rawRows(phone.databaseName, 'attachments')).toHaveLength(1)
    expect(await rawRows(phone.databaseName, 'attachmentBytes')).toHaveLength(1)
    await putRaw(phone.databaseName, 'drafts', { key: other, version: 9, text: '看不懂，但在' })
    await phone.drafts.drop(other)
    expect(await rawRows(phone.databaseName, 'drafts')).toHaveLength(1)
    expect(await rawRows(phone.databaseName, 'attachmentBytes')).toEqual([])
  })
})
