import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { HeadSchema, SegmentSchema, SnapshotSchema } from '#domain/feed.ts'
import { BodyEditSchema, ListChangeSchema, ListHeadSchema, ListHeaderSchema, RunHeaderSchema } from '#domain/feed-v2.ts'
import { InquirySchema } from '#domain/inquiry/inquiry.ts'
import { PartProgressSchema } from '#domain/inquiry/parts.ts'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { InquiryStatusSchema } from '#domain/inquiry/status.ts'
import { ProblemSchema } from '#domain/problem.ts'
import { type ProblemName, PROBLEMS } from './problem-texts.ts'
import { PROBLEM_TYPE, problemType } from './problems.ts'

const HealthSchema = v.object({
  status: v.literal('ok'),
  database: v.picklist(['sqlite', 'postgres']),
  head: v.pipe(v.number(), v.integer(), v.minValue(0)),
  version: v.string(),
})

/** What no list shows of a record; a record that a newer release wrote may hold more. */
const BodySchema = v.record(v.string(), v.unknown())

const SCHEMAS = {
  Inquiry: InquirySchema,
  Receipt: ReceiptSchema,
  InquiryStatus: InquiryStatusSchema,
  PartProgress: PartProgressSchema,
  Head: HeadSchema,
  Segment: SegmentSchema,
  Snapshot: SnapshotSchema,
  ListHead: ListHeadSchema,
  ListHeader: ListHeaderSchema,
  RunHeader: RunHeaderSchema,
  ListChange: ListChangeSchema,
  Body: BodySchema,
  BodyEdit: BodyEditSchema,
  Health: HealthSchema,
  Problem: ProblemSchema,
} as const
export type SchemaName = keyof typeof SCHEMAS

type Json = Readonly<Record<string, unknown>>

/** JSON Schemas of the valibot schemas in use: what a sender may write. Checks no JSON Schema can express are left out. */
export function componentSchemas(): Json {
  const options = { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' } as const
  return Object.fromEntries(
    Object.entries<v.GenericSchema>(SCHEMAS).map(([name, schema]) => [name, toJsonSchema(schema, options)]),
  )
}

export function reference(name: SchemaName): Json {
  return { $ref: `#/components/schemas/${name}` }
}

/** A response header with an example value. */
export function header(description: string, example: string): Json {
  return { description, required: true, schema: { type: 'string' }, example }
}

/** An answer that carries JSON of one of the schemas. */
export function answer(description: string, schema: SchemaName, headers: Json = {}): Json {
  return { description, headers, content: { 'application/json': { schema: reference(schema) } } }
}

/** An answer that is lines of JSON, each a value of one of the schemas. */
export function lines(description: string, schemas: readonly SchemaName[], headers: Json = {}): Json {
  const content = { 'application/x-ndjson': { schema: { type: 'string' }, 'x-lines': schemas.map(reference) } }
  return { description, headers, content }
}

/** The answers that are problems, one entry per status; several problems may share one. */
export function problemAnswers(names: readonly ProblemName[], headers: Partial<Record<ProblemName, Json>> = {}): Json {
  const statuses = [...new Set(names.map((name) => PROBLEMS[name].status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const group = names.filter((name) => PROBLEMS[name].status === status)
      const answer = {
        description: group.map((name) => `${PROBLEMS[name].title.en} (\`${problemType(name)}\`)`).join('; '),
        headers: {
          'Cache-Control': header('Never cached', 'no-store'),
          'Content-Language': header('Language of title and messages', 'zh-CN'),
          ...Object.fromEntries(group.flatMap((name) => Object.entries(headers[name] ?? {}))),
        },
        content: { [PROBLEM_TYPE]: { schema: reference('Problem') } },
      }
      return [String(status), answer]
    }),
  )
}

export const RETRY_AFTER: Json = { 'Retry-After': header('Seconds to wait', '30') }
