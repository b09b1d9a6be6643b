import { describe, expect, it } from 'vitest'
import { docTypeOf } from '#ingest/doc-type.ts'
import { issuerOf } from '#ingest/issuer.ts'

describe('what a policy’s title tells', () => {
  it.each([
    ['关于印发《虚构表彰奖励办法》的通知', '规范性文件'],
    ['关于印发《虚构若干措施》的通知', '规范性文件'],
    ['关于印发虚构暂行办法的通知', '规范性文件'],
    ['关于促进虚构发展的若干意见', '规范性文件'],
    ['關於印發《獎勵辦法》的通知', '规范性文件'],
    ['关于印发《虚构行动方案（2024—2026年）》的通知', '规划方案'],
    ['关于转发《虚构实施方案（试行）》的通知', '规划方案'],
    ['虚构区国民经济和社会发展规划', '规划方案'],
    ['关于通报表扬2024年度优秀企业的通知', '表彰'],
    ['关于授予虚构称号的决定', '表彰'],
    ['关于开展2024年度申报工作的通知', '通知公告'],
    ['公示', '通知公告'],
  ])('%s is %s', (title, docType) => {
    expect(docTypeOf(title)).toBe(docType)
  })

  it.each([
    ['上海市嘉定区人民政府关于虚构的通知', { issuer: '上海市嘉定区人民政府', level: '区' }],
    ['苏州市虚构局关于印发《办法》的通知', { issuer: '苏州市虚构局', level: '市' }],
    ['江苏省人民政府关于印发《方案》的通知', { issuer: '江苏省人民政府' }],
    ['国务院关于印发《计划》的通知', { issuer: '国务院', level: '国家' }],
    ['嘉定区安亭镇人民政府关于虚构的通知', { issuer: '嘉定区安亭镇人民政府', level: '镇' }],
    [
      '上海市嘉定区人民政府办公室关于转发《上海市虚构办法》的通知',
      { issuer: '上海市嘉定区人民政府办公室', level: '区' },
    ],
    ['上海嘉定关于印发《嘉定区虚构办法》的通知', { level: '区' }],
    ['关于开展申报工作的通知', {}],
  ])('%s names %j', (title, issuer) => {
    expect(issuerOf(title)).toEqual(issuer)
  })

  it('an issuer of a larger place does not fit a smaller place’s document, nor one of another place', () => {
    expect(issuerOf('上海市人民政府办公室关于印发《嘉定区虚构方案》的通知')).toEqual({
      doubt: expect.objectContaining({ code: 'issuer-misfit' }) as unknown,
    })
    expect(issuerOf('上海市青浦区人民政府关于印发《嘉定区虚构方案》的通知')).toEqual({
      doubt: expect.objectContaining({ code: 'issuer-misfit' }) as unknown,
    })
  })
})
