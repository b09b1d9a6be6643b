/** Terms that records carry and lists filter by; apart from the schemas, as kinds are. */

/** The five ways in: what the public portal calls 投资流程. */
export const TRACKS = ['外商投资', '买地自建', '厂房租赁', '写字楼租赁', '公司注册'] as const

/** What sort of paper a policy document is. */
export const DOC_TYPES = ['规范性文件', '通知公告', '表彰', '规划方案'] as const
export type DocType = (typeof DOC_TYPES)[number]

/** How far a project has come, in order; 暂缓 (on hold) can follow any of them. */
export const PROJECT_STAGES = ['意向', '洽谈', '签约', '注册', '开工', '竣工', '投产', '达产', '暂缓'] as const

/** 土地招拍挂, 厂房 and 写字楼. */
export const LISTING_TYPES = ['land', 'factory', 'office'] as const
export const LISTING_STATUSES = ['可租', '已预订', '已租', '公告中', '已成交'] as const
