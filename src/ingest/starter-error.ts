/**
 * A content file that cannot be taken. The message is one Chinese line for whoever wrote the file: which file, which
 * field, what to do.
 */
export class ContentFileError extends Error {
  override readonly name = 'ContentFileError'
  /** Path of the file, below the content folder. */
  readonly file: string
  /** Dotted path of the field, such as `steps.0.office`; empty when the file as a whole is wrong. */
  readonly field: string

  constructor(file: string, field: string, advice: string) {
    super(field === '' ? `${file}：${advice}` : `${file}：字段 ${field}：${advice}`)
    this.file = file
    this.field = field
  }
}
