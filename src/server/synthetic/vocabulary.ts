import { JIADING_TOWNS } from '#domain/jiading.ts'
import { diceOf } from './dice.ts'

/** Words of the trade, the commonest first: terms that lie inside others are among them (汽车, 新能源汽车, 新能源汽车产业). */
const TRADE = `
企业 项目 产业 园区 投资 发展 服务 政策 嘉定 汽车 上海 创新 技术 招商 建设 研发 平台 基地 智能 制造 新能源 支持 人才 智能网联汽车
科技 集聚 资金 补贴 中心 申报 厂房 落地 新能源汽车 生产 高新技术企业 重点 开发 合作 签约 示范 应用 办公 土地 数字化 集成电路 传感器
材料 装备 生物医药 总部 转型 升级 规模 认定 奖励 专项资金 产业链 供应链 配套 上市 融资 孵化器 加速器 专精特新 小巨人 独角兽 机器人
新能源汽车产业 自动驾驶 氢燃料电池 动力电池 电机 电控 充电桩 车路协同 芯片 功率半导体 碳化硅 软件 算法 大数据 云计算 人工智能
工业互联网 物联网 数字孪生 高端装备 精密仪器 医疗器械 创新药 细胞治疗 新材料 复合材料 增材制造 数控机床 检验检测 知识产权 专利 标准
质量 品牌 绿色 低碳 节能 环评 能评 规划 用地 容积率 出让 租赁 租金 层高 承重 配电 货梯 消防 验收 开工 竣工 投产 达产 纳税 税收
营业收入 产值 利润 员工 招聘 落户 居住证 人才公寓 安居 子女入学 培训 技能 博士后 工作站 院士 高校 科研院所 同济大学 产学研
成果转化 技术交易 实验室 工程中心 中试 小试 样机 量产 订单 出口 外资 外商 合资 独资 注册 变更 注销 登记 执照 许可 备案 审批 核准
一网通办 窗口 材料清单 流程 时限 承诺 告知 兑现 免申即享 惠企 营商环境 公平竞争 法治 信用 监管 安全生产 应急 物流 仓储 冷链 跨境电商
消费 文旅 体育 总部经济 平台经济 直播 会展 展会 论坛 路演 对接会 沙龙 考察 洽谈 意向 备忘录 框架协议 战略合作 联盟 协会 商会 基金
母基金 天使投资 风险投资 并购 担保 贷款 贴息 保险 上市辅导 科创板 北交所 轨道交通 高速 公路 机场 港口 虹桥 长三角 一体化 示范区
新城 街道 镇 工业区 开发区 产业社区 标准厂房 定制厂房 写字楼 商铺 公寓 食堂 班车 停车 绿化 物业 水电 燃气 污水 光伏 储能 电网
预计 新增 提升 推动 加快 完善 实施 开展 组织 鼓励 引导 优化 强化 聚焦 打造 形成 覆盖 联动 协同 保障 落实 研究 制定 发布 解读
AI 5G EV IC OTA V2X MEMS SiC IGBT GPU LED ISO IATF16949 GMP ESG SaaS ERP MES AGV R&D FOB L3 L4 BEV PHEV ６Ｇ ＡＩ 園區 產業
`
  .trim()
  .split(/\s+/)

/** Characters that invented words are made of. */
const CHARACTERS =
  '云启恒润嘉泰宏博瑞华晟鑫盛达通远航星辰凌锐捷智慧诺安康源创联合众力拓展翔飞跃峰岭川江海洋湖泊林森松柏竹兰梅菊桂枫杨柳溪泉' +
  '岩石玉珠金银铜铁钢铝钛镁锂硅碳氢氧光电磁波频谱声振热冷温湿干净清新纯真善美诚信义礼仁和平顺利达成就功业绩效能量质点线面体'
const INVENTED = 4000

/** Places and roads of Jiading. */
export const PLACES = [
  ...Object.values(JIADING_TOWNS),
  ...'嘉定新城 汽车城 远香湖 安驰路 墨玉路 博园路 曹安公路 宝安公路 沪宜公路 嘉戬公路 叶城路 胜辛路 白银路 云谷路 伊宁路 封周路'.split(
    ' ',
  ),
] as [string, ...string[]]

export const TAGS =
  '智能网联汽车 新能源汽车 集成电路 生物医药 机器人 高端装备 新材料 人工智能 5G 人才 税收 补贴 租金 土地 厂房 写字楼 外资 研发 数字化 绿色低碳 营商环境 专精特新 氢能 传感器'.split(
    ' ',
  ) as [string, ...string[]]

/** Every word of the synthetic texts, the commonest first. */
export const VOCABULARY: readonly string[] = [...new Set([...TRADE, ...PLACES, ...inventedWords()])]

/** Words of two to four characters; the same in every run, for they are part of the language, not of a text. */
function inventedWords(): string[] {
  const dice = diceOf(2026)
  const letter = () => CHARACTERS[dice(CHARACTERS.length)] ?? ''
  return Array.from({ length: INVENTED }, () => Array.from({ length: 2 + dice(3) }, letter).join(''))
}
