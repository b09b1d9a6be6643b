/** Labels of 联系我们, by the JSON Pointer of the field. */
export const contactForm = {
  name: '姓名',
  phone: '手机',
  email: '邮箱',
  wechat: '微信号',
  company: '企业名称',
  topic: '咨询主题',
  message: '留言',
}

/** Labels of 企业入驻, by the JSON Pointer of the field. */
export const settlementForm = {
  company: { name: '企业名称', stage: '企业状态', uscc: '统一社会信用代码', country: '国家或地区' },
  industry: '所属行业',
  track: '投资方式',
  space: {
    type: '用地用房',
    areaMin: '需求面积',
    areaMax: '面积上限',
    areaUnit: '面积单位',
    floorLoad: '楼面承重（t/㎡）',
    height: '层高（m）',
    powerKva: '用电（kVA）',
    fireClass: '火灾危险性类别',
  },
  investment: { amount: '投资额', currency: '币种' },
  startWindow: '启动时间',
  contact: { name: '姓名', role: '职务', phone: '手机', email: '邮箱' },
  parts: '附件',
  message: '留言',
}

/** What every form says. */
export const forms = {
  optional: '选填',
  whenPosted: '提交后会看到回执号；看到回执号才算送达。',
  refusals: {
    sentBefore: '这张表已经送达过一次，内容与现在的不同。如要把现在的内容另外提交，请再按一次“提交”。',
    otherSite: '没有提交：这次提交不是从本站的页面发出的。请在本页填写后提交。',
  },
  choose: '请选择',
  about: '关于',
  way: '联系方式',
  sections: { company: '企业', contact: '联系人', plan: '投资计划', space: '用地用房' },
  reachHint: '手机和邮箱至少填一项',
  messageHint: '请勿填写身份证号、银行账号',
  usccDoubt: '最后一位校验码对不上，请再核对；确认无误可以照样提交',
  focusIndustries: '本区重点',
  wholeSection: '{name}（全部）',
  currencies: { CNY: '万元', USD: '万美元', EUR: '万欧元', JPY: '万日元', HKD: '万港元' },
  consent: '同意',
  agree: '我已阅读并同意《个人信息处理告知》',
  notice: '个人信息处理告知',
  noticeVersion: '版本 {version}',
  share: '可以把本次需求转交相关园区',
  consentMissing: '请先阅读告知并勾选',
  submit: '提交',
  missed: '还有内容需要补充，已为您标出',
  whenOnline: '提交后先存到本机，随即发送；收到回执才算送达。',
  stored: '已存本机，有信号时自动发送。这次提交的页面要有信号才能打开。',
  seeStored: '查看这次提交',
  whenOffline: '现在连不上：提交后存到本机，连上后自动发送。',
  savedAt: '已自动保存 {time}',
  correcting: '这是上次提交的内容，请修改标出的地方后再提交。',
  storageFailed: '没能存到本机，内容还在这一页。请清理出空间后再试，或先复制内容。',
  copy: '复制已填内容',
  copied: '已复制',
}
