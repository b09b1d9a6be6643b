/**
 * The token of the draft that a form on this page last showed, by draft key. With it a second 提交 is known as one of the
 * same draft after the first has consumed it.
 */
export type DraftTokens = Map<string, string>
