import fc from 'fast-check'
import gcoord from 'gcoord'
import { describe, expect, it } from 'vitest'
import { recordPath } from '#domain/record/kind.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { sound } from '#server/render/escape.ts'
import { jsonLdScript } from '#server/render/json-ld.ts'
import { pageHead } from '#server/render/head.ts'
import { hostile, ORIGIN, readHead, readThings, REAL, realRecords, starterRecords } from './render-samples.ts'

function head(record: ContentRecord, imagePath?: string): string {
  const { title } = record
  return pageHead({ origin: ORIGIN, path: recordPath(record), title, description: 'x', status: 200, record, imagePath })
}
const things = (record: ContentRecord) => readThings(head(record))

function first<R>(records: readonly R[]): R {
  const [one] = records
  if (one === undefined) throw new Error('the starter has one')
  return one
}

describe('what a page tells machines', () => {
  it('of home: the site, its search and who publishes it', () => {
    const told = readThings(pageHead({ origin: ORIGIN, path: '/', description: 'x', status: 200 }))
    expect(Object.keys(told)).toEqual(['WebSite', 'Organization'])
    expect(told['WebSite']).toMatchObject({
      url: `${ORIGIN}/`,
      publisher: { '@id': told['Organization']?.['@id'] },
      potentialAction: { target: { urlTemplate: `${ORIGIN}/search?q={q}` }, 'query-input': 'required name=q' },
    })
  })

  it('of an article: news with its dates, its credit and what it is based on', () => {
    const source = { name: '公开页', url: 'https://news.example/1', retrievedAt: '2025-07-29' }
    const record = { ...REAL, author: '区融媒体中心', column: '要闻', source, summary: '一场研讨会。' }
    const told = readThings(head(record, '/share/real-1.png'))
    expect(told['NewsArticle']).toMatchObject({
      headline: record.title,
      spatialCoverage: { name: '上海市嘉定区' },
      description: '一场研讨会。',
      url: `${ORIGIN}/articles/real`,
      datePublished: '2025-07-28',
      dateModified: '2025-07-28T08:00:00.000+08:00',
      articleSection: '要闻',
      creditText: '区融媒体中心',
      image: [`${ORIGIN}/share/real-1.png`],
      isBasedOn: { name: '公开页', url: 'https://news.example/1' },
    })
    expect(told['NewsArticle']).not.toHaveProperty('author')
    expect(told['BreadcrumbList']).toMatchObject({
      itemListElement: [
        { position: 1, name: '首页', item: `${ORIGIN}/` },
        { position: 2, name: '招商资讯', item: `${ORIGIN}/articles` },
        { position: 3, name: record.title, item: `${ORIGIN}/articles/real` },
      ],
    })
  })

  it('of a town: its code by the standard that has it', () => {
    const region = { code: '310114114', name: '外冈镇' }
    expect(things({ ...REAL, region })['NewsArticle']).toMatchObject({
      spatialCoverage: { name: '外冈镇', identifier: { propertyID: 'GB/T 10114', value: '310114114' } },
    })
  })

  it('does not say that a record was changed before it was published', () => {
    const record = { ...REAL, publishedAt: '2025-02-05', updatedAt: '2025-02-04T16:00:00.000Z' }
    const { NewsArticle } = things(record)
    expect(NewsArticle?.['dateModified']).toBe('2025-02-05T00:00:00.000+08:00')
    expect(readHead(head(record)).meta('article:modified_time')).toEqual(['2025-02-05T00:00:00.000+08:00'])
  })

  it('of a project: news, about a project only where the record says who or where', () => {
    const record = { ...first(realRecords('project')), investor: undefined, site: undefined } as ContentRecord
    expect(things(record)['NewsArticle']).not.toHaveProperty('about')
    const known = { ...first(realRecords('project')), investor: '某汽车部件公司', site: '外冈镇' }
    expect(things(known)['NewsArticle']).toMatchObject({
      about: { '@type': 'Project', funder: { name: '某汽车部件公司' }, location: { name: '外冈镇' } },
    })
  })

  it('of a policy: the document, and a service where something can be applied for', () => {
    const bare = first(realRecords('policy').filter(({ docType, supportMax }) => docType === '表彰' && !supportMax))
    expect(Object.keys(things(bare))).toEqual(['DigitalDocument', 'Organization', 'BreadcrumbList'])
    const record = {
      ...bare,
      docType: '规范性文件',
      documentNo: '嘉府规〔2025〕1号',
      issuer: '嘉定区人民政府',
      effectiveFrom: '2025-01-01',
      validTo: '2027-12-31',
      status: '现行有效',
      supersedes: 'old-one',
      supportMax: 500,
      materials: ['营业执照'],
      applicability: { industries: ['机器人'], qualifications: ['专精特新'] },
      contact: { phone: '021-00000000' },
    } as const satisfies Partial<ContentRecord>
    const { Legislation, GovernmentService } = things(record)
    expect(Legislation).toMatchObject({
      legislationIdentifier: '嘉府规〔2025〕1号',
      legislationPassedBy: { name: '嘉定区人民政府' },
      temporalCoverage: '2025-01-01/2027-12-31',
      expires: '2027-12-31',
      legislationChanges: { url: `${ORIGIN}/policies/old-one` },
    })
    expect(Legislation).not.toHaveProperty('legislationLegalForce')
    expect(GovernmentService).toMatchObject({
      provider: { name: '嘉定区人民政府' },
      areaServed: { name: '上海市嘉定区', identifier: { value: '310114' } },
      audience: { audienceType: '机器人；专精特新' },
      serviceOutput: { amount: { currency: 'CNY', maxValue: 5_000_000 } },
      availableChannel: { servicePhone: { telephone: '021-00000000' } },
    })
  })

  it('of a policy whose end is not stated: no end, and force only as stated', () => {
    const base = first(realRecords('policy').filter(({ docType }) => docType === '规范性文件'))
    const record = { ...base, effectiveFrom: '2025-01-01', validTo: undefined, status: '现行有效' } as ContentRecord
    expect(things(record)['Legislation']).toMatchObject({
      temporalCoverage: '2025-01-01/..',
      legislationLegalForce: 'https://schema.org/InForce',
    })
    expect(things(record)['Legislation']).not.toHaveProperty('expires')
    const ended = things({ ...record, status: '已废止' } as ContentRecord)['Legislation']
    expect(ended).toMatchObject({ legislationLegalForce: 'https://schema.org/NotInForce' })
    const unmarked = things({ ...record, status: '未标注', effectiveFrom: undefined } as ContentRecord)['Legislation']
    for (const field of ['legislationLegalForce', 'temporalCoverage']) expect(unmarked).not.toHaveProperty(field)
  })

  it('of a park: a place whose point is in the datum that schema.org reads', () => {
    const location = { lng: 121.2463, lat: 31.3987, datum: 'GCJ-02' } as const
    const record = { ...first(realRecords('park')), address: '汇源路', location, areaKm2: 2.4, level: '市级' } as const
    const { Place } = things(record)
    expect(Place).toMatchObject({
      name: record.title,
      address: { addressCountry: 'CN', streetAddress: '汇源路' },
      additionalProperty: expect.arrayContaining([expect.objectContaining({ value: 2.4, unitCode: 'KMK' })]) as unknown,
    })
    const { longitude, latitude } = Place?.['geo'] as { longitude: number; latitude: number }
    expect(Math.abs(longitude - location.lng)).toBeGreaterThan(0.002)
    const [lng, lat] = gcoord.transform([longitude, latitude], gcoord.WGS84, gcoord.GCJ02)
    expect(lng).toBeCloseTo(location.lng, 4)
    expect(lat).toBeCloseTo(location.lat, 4)
    const bare = things({ ...record, address: undefined, location: undefined })['Place']
    expect(bare).not.toHaveProperty('geo')
    expect(bare?.['address']).not.toHaveProperty('streetAddress')
  })

  it('of a listing: an offer with the price as published and its unit', () => {
    const factory = first(realRecords('listing').filter(({ type }) => type === 'factory'))
    const offerOf = (facts: object) =>
      things({ ...factory, ...facts })['RealEstateListing']?.['mainEntity'] as Record<string, unknown>
    const rent = offerOf({
      status: '可租',
      price: { amount: 1.25, unit: '元/㎡·天' },
      area: { min: 3200, max: 12_800, unit: '㎡' },
    })
    expect(rent).toMatchObject({
      availability: 'https://schema.org/InStock',
      businessFunction: { '@id': 'http://purl.org/goodrelations/v1#LeaseOut' },
      priceSpecification: { '@type': 'UnitPriceSpecification', price: 1.25, priceCurrency: 'CNY', unitText: '㎡·天' },
      itemOffered: { additionalProperty: { minValue: 3200, maxValue: 12_800, unitCode: 'MTK' } },
    })
    const sale = offerOf({ status: '公告中', price: { amount: 0.57, unit: '万元' }, area: { min: 30, unit: '亩' } })
    expect(sale['priceSpecification']).toEqual({ '@type': 'PriceSpecification', price: 5700, priceCurrency: 'CNY' })
    expect(sale['itemOffered']).toMatchObject({ additionalProperty: { value: 30, unitText: '亩' } })
    for (const field of ['availability', 'businessFunction']) expect(sale).not.toHaveProperty(field)
    const unknown = offerOf({ price: undefined, area: undefined })
    expect(unknown).not.toHaveProperty('priceSpecification')
    expect(unknown['itemOffered']).not.toHaveProperty('additionalProperty')
    const plot = offerOf({ type: 'land', price: undefined, startingPrice: 5600 })
    expect(plot['priceSpecification']).toMatchObject({ name: '起始价', minPrice: 56_000_000 })
  })

  it('of a listing: the thing offered and the place are one, in its park', () => {
    const factory = { ...first(realRecords('listing')), park: 'some-park', verifiedAt: '2026-11-18' }
    const { RealEstateListing } = things(factory)
    const { about, mainEntity } = RealEstateListing as Record<'about' | 'mainEntity', Record<string, unknown>>
    expect(RealEstateListing).toMatchObject({ lastReviewed: '2026-11-18', datePosted: factory.publishedAt })
    expect(mainEntity['itemOffered']).toMatchObject({ '@id': about['@id'], '@type': 'Product' })
    expect(about['containedInPlace']).toEqual({ '@id': `${ORIGIN}/parks/some-park#place` })
    expect(things({ ...first(realRecords('park')), id: 'some-park' })['Place']?.['@id']).toBe(
      `${ORIGIN}/parks/some-park#place`,
    )
  })

  it('of a guide: its steps in order, each with whom to ask and a link only where it leads to a page', () => {
    const guide = first(realRecords('guide'))
    const [step] = guide.steps
    if (step === undefined) throw new Error('a guide has steps')
    const steps = [
      { ...step, materials: ['甲', '乙'], legalTerm: '7日', link: 'tel:12345', note: '' },
      { ...step, link: '/policies' },
      { ...step, link: 'http://[' },
    ]
    const { HowTo } = things({ ...guide, steps })
    const told = HowTo?.['step'] as Record<string, unknown>[]
    expect(told.map(({ position }) => position)).toEqual([1, 2, 3])
    expect(told[0]).toMatchObject({ name: step.title, text: `找谁办：${step.office}。所需材料：甲、乙。法定时限：7日` })
    expect(told.map(({ url }) => url)).toEqual([undefined, `${ORIGIN}/policies`, undefined])
    expect(HowTo?.['mainEntityOfPage']).toMatchObject({ lastReviewed: guide.verifiedAt })
  })

  it('of an invented record: nothing', () => {
    for (const record of starterRecords().filter(({ sample }) => sample))
      expect(readHead(head(record)).scripts).toEqual([])
  })

  it('of every record of the starter: JSON without a null, whose addresses are of this site or of the source', () => {
    for (const record of starterRecords()) {
      const [script = ''] = readHead(head({ ...record, sample: false })).scripts
      expect(JSON.parse(script)).toMatchObject({ '@context': 'https://schema.org' })
      expect(script).not.toMatch(/null|undefined|NaN/)
    }
  })

  it('cannot be broken out of, whatever was written', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const script = jsonLdScript([{ '@type': 'Thing', name: text }])
        expect(readHead(script).stray).toBe(0)
        expect(readThings(script)['Thing']?.['name']).toBe(sound(text))
        expect(script.slice(1, -9)).not.toContain('<')
      }),
    )
  })
})
