import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullName, type Place, PLACES } from '#ingest/places.ts'
import { readRegion } from '#ingest/regions.ts'

const chain = (place: Place): string[] => [...(place.parent ? chain(place.parent) : []), place.name]

describe('regions', () => {
  it.each([
    ['上海-嘉定区', '310114', '上海市嘉定区'],
    ['上海嘉定', '310114', '上海市嘉定区'],
    ['中国-上海-上海市-嘉定区', '310114', '上海市嘉定区'],
    ['上海-嘉定区-外冈镇', '310114114', '上海市嘉定区外冈镇'],
    ['江苏-苏州-昆山市', '320583', '江苏省苏州市昆山市'],
    ['江苏省苏州市昆山市', '320583', '江苏省苏州市昆山市'],
    ['江苏 昆山', '320583', '江苏省苏州市昆山市'],
    ['广东-深圳市', '440300', '广东省深圳市'],
    ['广东-东莞', '441900', '广东省东莞市'],
    ['内蒙古-呼和浩特-新城区', '150102', '内蒙古自治区呼和浩特市新城区'],
    ['吉林', '220000', '吉林省'],
    ['吉林-吉林', '220200', '吉林省吉林市'],
    ['辽宁-朝阳', '211300', '辽宁省朝阳市'],
    ['湖北-仙桃', '429004', '湖北省仙桃市'],
    ['新疆-石河子市', '659001', '新疆维吾尔自治区石河子市'],
    ['延边州', '222400', '吉林省延边朝鲜族自治州'],
    ['重慶-雲陽縣', '500235', '重庆市云阳县'],
    ['陕西-乾縣', '610424', '陕西省咸阳市乾县'],
    ['香港-觀塘區', '810000', '香港特别行政区观塘区'],
    ['臺灣-台北市-大安區', '710000', '台湾省台北市大安区'],
    ['河北-雄安新区', '130000', '河北省'],
  ])('%s is %s %s', (text, code, name) => {
    expect(readRegion(text)).toMatchObject({ state: 'found', region: { code, name } })
  })

  it('of every province, city and county are read from their full chain, joined or divided', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), fc.constantFrom('', '-', '—', ' ', '/', '·', ' > '), (place, divider) => {
        const text = chain(place).join(divider)
        expect(readRegion(text), text).toMatchObject({
          state: 'found',
          region: { code: place.code, name: fullName(place) },
        })
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['鼓楼区', ['320106', '320302', '350102', '410204']],
    ['江苏-鼓楼区', ['320106', '320302']],
    ['朝阳区', ['110105', '220104']],
    ['朝阳', ['211300', '110105', '220104']],
  ])('%s stays open, for it may be any of %j', (text, codes) => {
    const reading = readRegion(text)
    expect(reading.state === 'ambiguous' && reading.candidates.map(({ code }) => code)).toEqual(codes)
  })

  it('that no table knows are unknown, with the larger place where there is one', () => {
    expect(readRegion('火星-奥林匹斯区')).toEqual({ state: 'unknown', text: '火星-奥林匹斯区' })
    expect(readRegion('上海-火星区')).toMatchObject({ state: 'unknown', nearest: { code: '310000' } })
    expect(readRegion('')).toMatchObject({ state: 'unknown' })
  })
})
