import { industryName } from '#domain/industry-name.ts'
import { shanghaiTime } from '../shanghai-time.ts'
import type { InquirySummary, Letter } from './summary.ts'

/** Column titles, in their order. */
export const COLUMNS = [
  '回执号',
  '状态',
  '类型',
  '收到时间',
  '应答复时间',
  '姓名',
  '职务',
  '电话',
  '邮箱',
  '微信号',
  '企业名称',
  '统一社会信用代码',
  '企业阶段',
  '国家或地区',
  '主题',
  '关于',
  '所属行业',
  '投资方式',
  '需求空间',
  '投资额',
  '启动时间',
  '留言',
  '附件',
  '同意事项',
  '提交编号',
] as const
type Column = (typeof COLUMNS)[number]

/** A row for a spreadsheet. What was not given, or is erased, is empty. */
export type ExportRow = Record<Column, string>

/** Stands before the text of what this version cannot read. */
const UNREADABLE = '（当前版本无法读取，原文）'

/** Spreads an inquiry over the columns. Times are Shanghai's. The cells are as people wrote them: escape them for the format. */
export function exportRow(inquiry: InquirySummary): ExportRow {
  const { announced, complete } = inquiry.files
  const empty = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as ExportRow
  return {
    ...empty,
    ...(inquiry.letter === undefined ? {} : letterCells(inquiry.letter)),
    ...(inquiry.unreadable === undefined ? {} : { 留言: UNREADABLE + inquiry.unreadable }),
    回执号: inquiry.receiptNo,
    状态: inquiry.state,
    类型: inquiry.type === 'contact' ? '联系我们' : '企业入驻',
    收到时间: shanghaiTime(inquiry.receivedAt),
    应答复时间: shanghaiTime(inquiry.replyDueAt),
    // With a word behind it: a spreadsheet takes 2/3 alone for a date.
    附件: announced === 0 ? '' : `${complete}/${announced} 个`,
    提交编号: inquiry.submissionId,
  }
}

function letterCells(letter: Letter): Partial<ExportRow> {
  return {
    ...(letter.type === 'contact' ? contactCells(letter) : settlementCells(letter)),
    关于: letter.subject?.title ?? '',
    留言: letter.message ?? '',
    同意事项: letter.consent.purposes.join('、'),
  }
}

function contactCells(letter: Extract<Letter, { type: 'contact' }>): Partial<ExportRow> {
  return {
    姓名: letter.name,
    电话: letter.phone ?? '',
    邮箱: letter.email ?? '',
    微信号: letter.wechat ?? '',
    企业名称: letter.company ?? '',
    主题: letter.topic ?? '',
  }
}

function settlementCells(letter: Extract<Letter, { type: 'settlement' }>): Partial<ExportRow> {
  const { company, contact, industry, investment, space } = letter
  return {
    姓名: contact.name,
    职务: contact.role ?? '',
    电话: contact.phone ?? '',
    邮箱: contact.email ?? '',
    企业名称: company.name,
    统一社会信用代码: company.uscc ?? '',
    企业阶段: company.stage ?? '',
    国家或地区: company.country ?? '',
    所属行业: industry === undefined ? '' : industryName(industry),
    投资方式: letter.track ?? '',
    需求空间: space === undefined ? '' : spaceText(space),
    投资额: investment === undefined ? '' : `${investment.amount} 万${investment.currency}`,
    启动时间: letter.startWindow ?? '',
  }
}

const SPACE_TYPES = { land: '土地', factory: '厂房', office: '写字楼' } as const

function spaceText(space: NonNullable<Extract<Letter, { type: 'settlement' }>['space']>): string {
  const { type, areaMin, areaMax, areaUnit, floorLoad, height, powerKva, fireClass } = space
  const area = [areaMin, areaMax].filter((value) => value !== undefined).join('–')
  return [
    type === undefined ? '' : SPACE_TYPES[type],
    area === '' ? '' : `${area} ${areaUnit ?? ''}`.trim(),
    floorLoad === undefined ? '' : `承重 ${floorLoad} t/㎡`,
    height === undefined ? '' : `层高 ${height} m`,
    powerKva === undefined ? '' : `配电 ${powerKva} kVA`,
    fireClass === undefined ? '' : `火灾危险性 ${fireClass}类`,
  ]
    .filter((part) => part !== '')
    .join('，')
}
