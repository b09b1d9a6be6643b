import * as v from 'valibot'
import { StartupError } from './startup-error.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const PORT_RULE = 'a whole number from 0 to 65535'
const SITE_RULE = 'the address at which people reach this site, as in https://luodi.example.cn'
const Switch = v.pipe(
  v.picklist(['1', '0', 'true', 'false', 'on', 'off'], '1 (on) or 0 (off)'),
  v.transform((value) => ['1', 'true', 'on'].includes(value)),
)

/** What the operator may set, by the names of the environment. A rule's message says what is accepted. */
const EnvSchema = v.object({
  PORT: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,5}$/, PORT_RULE), v.transform(Number), v.maxValue(65_535, PORT_RULE)),
    '3000',
  ),
  HOST: v.optional(
    v.pipe(v.string(), v.regex(/^[^\s/]+$/, 'an address or name of this machine, such as 127.0.0.1 or 0.0.0.0')),
    '127.0.0.1',
  ),
  DATA_DIR: v.optional(v.string(), './data'),
  DATABASE_URL: v.optional(v.string()),
  CONTENT: v.optional(v.picklist(['starter', 'none'], 'starter or none'), 'starter'),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`), 'info'),
  TRUST_PROXY: v.optional(Switch, '0'),
  SITE_URL: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => /^https?:\/\/[^/?#\s]+\/?$/.test(text) && URL.canParse(text), SITE_RULE),
      v.transform((text) => new URL(text).origin),
    ),
  ),
})
export type Env = v.InferOutput<typeof EnvSchema>

/** A variable of the environment holds something that is not accepted. */
class EnvError extends StartupError {}

/**
 * Reads the settings from the environment; an empty variable counts as absent.
 * @throws EnvError that names the first bad variable, what it holds, and what is accepted
 */
export function readEnv(env: Readonly<Record<string, string | undefined>>): Env {
  const known = Object.keys(EnvSchema.entries).filter((name) => env[name] !== undefined && env[name] !== '')
  const result = v.safeParse(EnvSchema, Object.fromEntries(known.map((name) => [name, env[name]?.trim()])))
  if (result.success) return result.output
  const [issue] = result.issues
  const name = String(issue.path?.[0]?.key)
  throw new EnvError(`${name} is "${env[name] ?? ''}"; it must be ${issue.message}.`)
}

/** The part of the settings that names the database. */
export function databaseSettings(env: Env): { url?: string; dataDir: string } {
  return { dataDir: env.DATA_DIR, ...(env.DATABASE_URL === undefined ? {} : { url: env.DATABASE_URL }) }
}
