import * as v from 'valibot'
import type { S3Settings } from './attachments/s3-store.ts'
import { StartupError } from './startup-error.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const PORT_RULE = 'a whole number from 0 to 65535'
const SITE_RULE = 'the address at which people reach this site, as in https://luodi.example.cn'
const S3_RULE = 'the address of an S3-compatible service, as in https://s3.example.cn'
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
  ATTACHMENTS_KEEP_FREE_MB: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'a whole number of megabytes'), v.transform(Number)),
    '512',
  ),
  ATTACHMENTS_S3_ENDPOINT: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => /^https?:\/\/[^?#\s@]+$/.test(text) && URL.canParse(text), S3_RULE),
    ),
  ),
  ATTACHMENTS_S3_BUCKET: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket')),
  ),
  ATTACHMENTS_S3_REGION: v.optional(v.string()),
  ATTACHMENTS_S3_ACCESS_KEY_ID: v.optional(v.string()),
  ATTACHMENTS_S3_SECRET_ACCESS_KEY: v.optional(v.string()),
})
const S3_NAMES = Object.keys(EnvSchema.entries).filter((name): name is S3Name => name.startsWith('ATTACHMENTS_S3_'))
type S3Name = Extract<keyof Env, `ATTACHMENTS_S3_${string}`>

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

/**
 * The part of the settings that says where attachments lie.
 * @throws EnvError when some of the bucket's variables are set and others are not
 */
export function attachmentSettings(env: Env): { dataDir: string; keepFree: number; s3?: S3Settings } {
  const {
    ATTACHMENTS_S3_ENDPOINT: endpoint,
    ATTACHMENTS_S3_BUCKET: bucket,
    ATTACHMENTS_S3_REGION: region,
    ATTACHMENTS_S3_ACCESS_KEY_ID: accessKeyId,
    ATTACHMENTS_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = env
  const folder = { dataDir: env.DATA_DIR, keepFree: env.ATTACHMENTS_KEEP_FREE_MB * 1_000_000 }
  if (endpoint && bucket && region && accessKeyId && secretAccessKey)
    return { ...folder, s3: { endpoint, bucket, region, accessKeyId, secretAccessKey } }
  const missing = S3_NAMES.filter((name) => env[name] === undefined)
  if (missing.length === S3_NAMES.length) return folder
  throw new EnvError(
    `${missing.join(' and ')} must be set as well: attachments go to a bucket when all of ${S3_NAMES.join(', ')} are set, and to DATA_DIR when none is.`,
  )
}
