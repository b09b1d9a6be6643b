import { sha256OfText } from '../digest.ts'
import type { Consent, Purpose } from './consent.ts'

/** A notice as it was published. Old ones stay here for ever: a stored consent points at one by its hash. */
export interface Notice {
  version: string
  sections: readonly { heading: string; text: string }[]
}

/** Every notice ever published, oldest first. */
const NOTICES: readonly [Notice, ...Notice[]] = [
  {
    version: '2026-11-23',
    sections: [
      { heading: '谁在处理', text: '由您所咨询地区的招商服务机构（本站运营方）处理您在表单中填写的信息。' },
      {
        heading: '处理什么、为了什么',
        text: '您填写的姓名、联系方式、企业与用地需求和留言，仅用于答复您的咨询、对接企业入驻，并向您告知进展。请勿填写身份证号、银行账号等与此无关的信息。',
      },
      {
        heading: '怎样处理、保存多久',
        text: '未发送时只存于您的这部手机；发送后存于本站服务器，状态变为“结束”满两年后删除。您撤回请求时，服务器上的内容随即删除。删除后只留下回执号、各步进展的时间，以及用于识别重复提交、不能还原内容的校验值；此前所做备份中的副本，随备份到期删除。',
      },
      {
        heading: '向谁提供',
        text: '不向第三方提供。仅在您另行勾选同意后，才把这一次的需求转交相关园区；转交前会告知您接收方的名称与联系方式。',
      },
      {
        heading: '您的权利',
        text: '您可以在“我的提交”中查看、撤回请求，或从本机删除；也可以凭回执号要求查阅、删除；需要更正时，撤回后重新提交即可。不同意不影响您浏览本站的任何内容。',
      },
    ],
  },
  {
    version: '2026-11-26',
    sections: [
      { heading: '谁在处理', text: '由您所咨询地区的招商服务机构（本站运营方）处理您在表单中填写的信息。' },
      {
        heading: '处理什么、为了什么',
        text: '您填写的姓名、联系方式、企业与用地需求和留言，以及您附上的照片与文件，仅用于答复您的咨询、对接企业入驻，并向您告知进展。请勿填写身份证号、银行账号等与此无关的信息。',
      },
      {
        heading: '怎样处理、保存多久',
        text: '未发送时只存于您的这部手机；照片附上前在手机上缩小并去掉拍摄地点，除非您选择保留原图。发送后存于本站服务器，状态变为“结束”满两年后删除。您撤回请求时，服务器上的内容随即删除。删除后只留下回执号、各步进展的时间，以及用于识别重复提交、不能还原内容的校验值；此前所做备份中的副本，随备份到期删除。',
      },
      {
        heading: '向谁提供',
        text: '不向第三方提供。仅在您另行勾选同意后，才把这一次的需求转交相关园区；转交前会告知您接收方的名称与联系方式。',
      },
      {
        heading: '您的权利',
        text: '您可以在“我的提交”中查看、撤回请求，或从本机删除；也可以凭回执号要求查阅、删除；需要更正时，撤回后重新提交即可。不同意不影响您浏览本站的任何内容。',
      },
    ],
  },
]

/** The notice that forms show now. */
export const CURRENT_NOTICE: Notice = NOTICES[NOTICES.length - 1] ?? NOTICES[0]

/** SHA-256 of a notice: of its version, headings and texts, one a line, in UTF-8. */
export function noticeSha256(notice: Notice): string {
  const lines = [notice.version, ...notice.sections.flatMap((section) => [section.heading, section.text])]
  return sha256OfText(lines.join('\n'))
}

/** Finds the notice somebody consented to; undefined when we never published it. */
export function findNotice(consent: Pick<Consent, 'noticeSha256'>): Notice | undefined {
  return NOTICES.find((notice) => noticeSha256(notice) === consent.noticeSha256)
}

/**
 * Consent to the current notice.
 * @param purposes what was agreed to
 * @param givenAt RFC 3339 instant, by the phone's clock
 */
export function consentToCurrent(purposes: Purpose[], givenAt: string): Consent {
  return { noticeVersion: CURRENT_NOTICE.version, noticeSha256: noticeSha256(CURRENT_NOTICE), purposes, givenAt }
}
