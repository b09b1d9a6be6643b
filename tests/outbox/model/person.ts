import { consentToCurrent } from '#domain/inquiry/notice.ts'
import { draftOwner } from '#outbox/attachment-owner.ts'
import type { Mine } from '#outbox/mine.ts'
import type { EntryRow } from '#outbox/rows.ts'
import type { InquiryRequest } from '#outbox/submit.ts'
import { contentOf, type Field, FIELDS, fileOf, FORMS, newText, type Text } from './content.ts'
import type { Submission } from './ledger.ts'
import type { PhoneModel } from './phone-model.ts'
import type { Form, Tab } from './tab.ts'

const CONSENT = consentToCurrent(['答复咨询'], '2026-03-02T01:00:00Z')

/** What the person does in one tab. Each note in the ledger is made before it begins, and again when it is known to be done. */
export class Person {
  constructor(
    private readonly phone: PhoneModel,
    private readonly tab: Tab,
    private readonly mine: Mine,
  ) {}

  type(number: number): void {
    const { key } = formOf(number)
    const field = FIELDS[this.tab.number] ?? 'message'
    const text = newText(field, this.phone.nextText())
    const draft = this.phone.ledger.draft(key)
    draft.changes += 1
    draft.typed.add(text)
    this.work('type', async () => {
      const form = await this.formToTypeIn(key)
      form.text[field] = text
      draft.unsaved.add(text)
      await this.mine.drafts.save(key, { [field]: text })
      if (!this.tab.life.alive) return
      draft.unsaved.delete(text)
      draft.saved.set(field, text)
    })
  }

  addFile(number: number, n: number): void {
    const { key } = formOf(number)
    const file = fileOf(n)
    const draft = this.phone.ledger.draft(key)
    draft.changes += 1
    this.work('addFile', async () => {
      await this.mine.attachments.add(key, file)
      if (this.tab.life.alive) draft.files.add(file.sha256)
    })
  }

  removeFile(number: number): void {
    const { key } = formOf(number)
    const file = this.phone.snapshot.attachments.find(({ owner }) => owner === draftOwner(key))
    if (file === undefined) return
    const draft = this.phone.ledger.draft(key)
    draft.changes += 1
    draft.taken.add(file.sha256)
    this.work('removeFile', () => this.mine.attachments.remove(file.id))
  }

  submit(number: number): void {
    const { key, subject } = formOf(number)
    this.work('submit', async () => {
      const form = await this.form(key)
      if (Object.keys(form.text).length === 0) return
      await this.hand({ subject, draftKey: key }, form.text)
      form.isSubmitted = true
    })
  }

  /** Opens a refused one in a form, changes it, and submits it in its place. */
  correct(refused: EntryRow): void {
    const field = FIELDS[this.tab.number] ?? 'message'
    const kept = Object.fromEntries(Object.entries(refused.values).filter(([name]) => FIELDS.includes(name as Field)))
    const text = { ...kept, [field]: newText(field, this.phone.nextText()) }
    const key = `correct/${refused.id}`
    this.work('correct', async () => {
      await this.mine.attachments.copy(refused.id, key)
      await this.mine.drafts.save(key, text)
      this.phone.ledger.replaced.add(refused.id)
      await this.hand({ subject: refused.subject, draftKey: key, replaces: refused.id }, text)
    })
  }

  withdraw(id: string): void {
    this.phone.ledger.withdrawn.add(id)
    this.work('withdraw', () => this.mine.outbox.withdraw(id), false)
  }

  remove(id: string): void {
    this.phone.ledger.removed.add(id)
    this.work('remove', () => this.mine.outbox.remove(id))
  }

  sendNow(): void {
    this.work('sendNow', () => this.mine.outbox.sendNow(), false)
  }

  refresh(): void {
    this.work('refresh', () => this.mine.outbox.refresh(), false)
  }

  private async hand(request: Pick<InquiryRequest, 'subject' | 'draftKey' | 'replaces'>, text: Text): Promise<void> {
    const { phone, tab } = this
    const fields = { name: '王小明', phone: '13800138000', ...text }
    const submission: Submission = { key: request.draftKey, content: contentOf(text, request.subject) }
    const before = tab.storage.lostConnections
    phone.ledger.submissions.push(submission)
    phone.statistics.submitted += 1
    try {
      const id = await this.mine.outbox.submit({
        type: 'contact',
        fields,
        consent: CONSENT,
        shown: { ...text },
        ...request,
      })
      if (tab.life.alive) submission.outcome = { id }
    } catch (error) {
      if (tab.life.alive) submission.outcome = { failed: true, connectionLost: tab.storage.lostConnections > before }
      throw error
    }
  }

  /** After 提交 the page of the request takes the form's place: who goes on typing opens the form anew, with what its draft holds. */
  private async formToTypeIn(key: string): Promise<Form> {
    const form = await this.form(key)
    if (!form.isSubmitted) return form
    if ((await this.tab.forms.get(key)) === form) this.tab.forms.delete(key)
    return this.form(key)
  }

  /** The form as the page shows it: what the draft held when it was opened, and what was typed since. */
  private form(key: string): Promise<Form> {
    const { forms } = this.tab
    const form =
      forms.get(key) ?? this.mine.drafts.load(key).then((draft) => ({ text: { ...draft?.values }, isSubmitted: false }))
    forms.set(key, form)
    // One that could not be opened is opened again.
    form.catch(() => forms.delete(key))
    return form
  }

  private work(name: string, run: () => Promise<unknown>, isLocal = true): void {
    this.phone.work(this.tab, name, run(), isLocal)
  }
}

function formOf(number: number): { key: string; subject?: InquiryRequest['subject'] } {
  return FORMS[number] ?? { key: 'contact' }
}
