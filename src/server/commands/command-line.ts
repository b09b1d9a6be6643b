import { ContentFileError } from '#ingest/starter-error.ts'
import { AttachmentStoreError } from '../attachments/store.ts'
import { operatorFault } from '../db/operator-fault.ts'
import { DeskError } from '../inquiries/desk-errors.ts'
import { StartupError } from '../startup-error.ts'
import { oneLine } from './plain-text.ts'

/** The command was written wrongly; the usage text is shown with the message. */
export class UsageError extends Error {}

/** Something asked for cannot be done, such as an id that does not exist. The message is one line for the person. */
export class CommandError extends Error {}

interface CommandLine {
  usage: string
  /** By the word after the command. Each takes the words behind it and answers with the exit code. */
  actions: Readonly<Record<string, (args: string[]) => Promise<number>>>
}

/**
 * Runs a command to its end and sets the exit code: 0 done, 1 not or not fully done, 2 written wrongly.
 * @param argv the words behind the command's name
 */
export async function runCommand({ usage, actions }: CommandLine, argv: readonly string[]): Promise<void> {
  const [word, ...args] = argv
  if (word === 'help' || word === '--help' || word === '-h') {
    console.log(usage)
    return
  }
  try {
    const action = word !== undefined && Object.hasOwn(actions, word) ? actions[word] : undefined
    if (action === undefined) throw new UsageError(word === undefined ? '请说明要做什么。' : `没有“${word}”这个动作。`)
    process.exitCode = await action(args)
  } catch (error) {
    process.exitCode = explain(error, usage)
  }
}

function explain(error: unknown, usage: string): number {
  const misuse = error instanceof UsageError ? error.message : parseFault(error)
  if (misuse !== undefined) {
    console.error(`${oneLine(misuse)}\n\n${usage}`)
    return 2
  }
  const isPlain = [CommandError, DeskError, StartupError, ContentFileError, AttachmentStoreError].some(
    (known) => error instanceof known,
  )
  console.error(isPlain ? oneLine((error as Error).message) : (operatorFault(error) ?? error))
  return 1
}

const PARSE_FAULTS: Readonly<Record<string, string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: '没有这个选项',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: '选项缺少内容，或不应带内容',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: '这里不需要更多的词',
}

/** What is wrong with the options, from what node:util's parseArgs throws; it quotes the word in its message. */
function parseFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const fault = PARSE_FAULTS[String(error.code)]
  const [, word = ''] = /'([^']*)'/.exec(error.message) ?? []
  return fault === undefined ? undefined : `${fault}：${word}`
}
