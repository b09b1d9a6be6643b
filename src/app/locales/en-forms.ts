import type * as zh from './zh-CN-forms.ts'

type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

export const contactForm: Texts<typeof zh.contactForm> = {
  name: 'Name',
  phone: 'Mobile',
  email: 'E-mail',
  wechat: 'WeChat ID',
  company: 'Company',
  topic: 'Topic',
  message: 'Message',
}

export const settlementForm: Texts<typeof zh.settlementForm> = {
  company: { name: 'Company', stage: 'Company is', uscc: 'Unified social credit code', country: 'Country or region' },
  industry: 'Industry',
  track: 'Way of investing',
  space: {
    type: 'Space or land',
    areaMin: 'Area wanted',
    areaMax: 'Largest area',
    areaUnit: 'Unit of area',
    floorLoad: 'Floor load (t/㎡)',
    height: 'Storey height (m)',
    powerKva: 'Power (kVA)',
    fireClass: 'Fire hazard class',
  },
  investment: { amount: 'Investment', currency: 'Currency' },
  startWindow: 'Start',
  contact: { name: 'Name', role: 'Position', phone: 'Mobile', email: 'E-mail' },
  parts: 'Attachments',
  message: 'Message',
}

export const forms: Texts<typeof zh.forms> = {
  whenPosted: 'After submitting you see a receipt number; only then has it arrived.',
  refusals: {
    sentBefore: 'This form has arrived once, with other content. To send what is here now as well, submit again.',
    otherSite: 'Not sent: it did not come from a page of this site. Fill in the form here and submit it.',
  },
  optional: 'optional',
  choose: 'Choose',
  about: 'About',
  way: 'How to reach you',
  oneWay: 'Only the one that is chosen is sent.',
  sections: { company: 'Company', contact: 'Contact', plan: 'Plan', space: 'Space or land' },
  reachHint: 'Give a number or an e-mail address',
  messageHint: 'No ID-card or bank account numbers, please',
  usccDoubt: 'The last character does not fit; check it again, or submit as it is if you are sure',
  focusIndustries: 'Sought after here',
  wholeSection: '{name} (all)',
  currencies: { CNY: '10,000 CNY', USD: '10,000 USD', EUR: '10,000 EUR', JPY: '10,000 JPY', HKD: '10,000 HKD' },
  consent: 'Consent',
  agree: 'I have read and agree to the notice on personal information',
  notice: 'Notice on personal information',
  noticeVersion: 'Version {version}',
  share: 'You may hand this request on to the parks concerned',
  consentMissing: 'Please read the notice and tick the box',
  submit: 'Submit',
  missed: 'Something is missing; it is marked',
  whenOnline: 'It is stored on this phone first, then sent; it counts as delivered with the receipt.',
  stored: 'Stored on this phone, sent as soon as there is a signal. Its own page needs a signal to open.',
  seeStored: 'See this request',
  whenOffline: 'Not connected: it is stored on this phone and sent once the server is reached.',
  savedAt: 'Saved {time}',
  correcting: 'This is what was sent. Correct what is marked and submit again.',
  storageFailed: 'It could not be stored; it is still on this page. Free some space and try again, or copy it first.',
  copy: 'Copy what was filled in',
  copied: 'Copied',
}
