/** What an officer asked for cannot be done. The message is one line, in Chinese, for the officer. */
export abstract class DeskError extends Error {}

/** No inquiry has this submission id or receipt number. */
export class UnknownInquiryError extends DeskError {
  override name = 'UnknownInquiryError'

  constructor(idOrReceiptNo: string) {
    super(`没有编号为 ${idOrReceiptNo} 的请求，请核对回执号`)
  }
}

/** The person withdrew it: nothing of it is left to work on. */
export class WithdrawnInquiryError extends DeskError {
  override name = 'WithdrawnInquiryError'

  constructor(receiptNo: string) {
    super(`${receiptNo} 已由本人撤回，不能再变更状态`)
  }
}

/** It has ended, and stays so. */
export class EndedInquiryError extends DeskError {
  override name = 'EndedInquiryError'

  constructor(receiptNo: string) {
    super(`${receiptNo} 已结束，不能再变更状态`)
  }
}
