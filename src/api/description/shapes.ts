import * as z from 'zod'
import { gridMinutes } from '../../clinic/doctors/hire.ts'
import {
  calendarDate,
  email,
  id,
  instant,
  minute,
  minuteOrWallClock,
  wallClock,
} from '../../clinic/shapes.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

const year = '(19|2\\d)\\d\\d'
const monthAndDay = '(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])'
const clock = '([01]\\d|2[0-3]):[0-5]\\d'

/** Schemas that check with a function of ours, which zod cannot turn into JSON Schema. */
const written = new Map<z.core.$ZodType, JsonSchema & { id: string }>([
  [
    id,
    {
      id: 'Id',
      description: 'A positive whole number, or the same as a string of digits',
      anyOf: [
        { type: 'integer', minimum: 1, maximum: 999_999_999_999_999 },
        { type: 'string', pattern: '^\\d*[1-9]\\d*$', maxLength: 15 },
      ],
      examples: [7, '7'],
    },
  ],
  [
    instant,
    {
      id: 'Instant',
      description:
        'A date and time with a UTC offset (RFC 3339), in the years 1900 to 2999. Seconds are optional.',
      type: 'string',
      pattern: `^${year}-${monthAndDay}[Tt]${clock}(:[0-5]\\d(\\.\\d{1,9})?)?([Zz]|[+-]([01]\\d|2[0-3]):?[0-5]\\d)$`,
      examples: ['2026-11-23T09:00:00+07:00', '2026-11-23T02:00Z'],
    },
  ],
  [
    minute,
    {
      id: 'Minute',
      description:
        'A date and time with a UTC offset (RFC 3339), on a whole minute in the years 1900 to 2999. Seconds are optional.',
      type: 'string',
      pattern: `^${year}-${monthAndDay}[Tt]${clock}(:00(\\.0{1,9})?)?([Zz]|[+-]([01]\\d|2[0-3]):?[0-5]\\d)$`,
      examples: ['2026-11-23T09:00:00+07:00', '2026-11-23T02:00Z'],
    },
  ],
  [
    minuteOrWallClock,
    {
      id: 'MinuteOrWallClock',
      description:
        'A date and time on a whole minute in the years 1900 to 2999: with a UTC offset (RFC 3339), or without one on the clock of the location. Seconds are optional.',
      type: 'string',
      pattern: `^${year}-${monthAndDay}([Tt]${clock}(:00(\\.0{1,9})?)?([Zz]|[+-]([01]\\d|2[0-3]):?[0-5]\\d)|T${clock}(:00(\\.0{1,9})?)?)$`,
      examples: ['2026-11-23T09:00:00+07:00', '2026-11-23T09:00'],
    },
  ],
  [
    wallClock,
    {
      id: 'WallClock',
      description: 'A local date and time at the location, to the minute and without an offset',
      type: 'string',
      pattern: `^${year}-${monthAndDay}T${clock}$`,
      examples: ['2026-12-24T12:00'],
    },
  ],
  [
    calendarDate,
    {
      id: 'CalendarDate',
      description: 'A date in the years 1900 to 2999',
      type: 'string',
      format: 'date',
      pattern: `^${year}-${monthAndDay}$`,
      examples: ['2026-11-23'],
    },
  ],
  [
    email,
    {
      id: 'Email',
      description: 'An email address. It is stored in lower case, and spaces around it are removed.',
      type: 'string',
      maxLength: 254,
      pattern: `^\\s*${z.regexes.email.source.slice(1, -1)}\\s*$`,
      examples: ['zero@example.com'],
    },
  ],
  [
    gridMinutes,
    {
      id: 'GridMinutes',
      description: 'Appointments start at multiples of this many minutes after midnight',
      type: 'integer',
      enum: Array.from({ length: 144 }, (_, n) => 5 * (n + 1)).filter((minutes) => 1440 % minutes === 0),
    },
  ],
])
for (const [schema, { id }] of written) z.globalRegistry.add(schema, { id })

interface Described {
  zodSchema: z.core.$ZodTypes
  jsonSchema: JsonSchema
}

/** For `override` of `z.toJSONSchema`: gives an exact shape where zod’s own is only approximate. */
export function describeExactly({ zodSchema, jsonSchema }: Described): void {
  const exact = written.get(zodSchema) ?? ofPreprocessed(zodSchema) ?? ofLine(jsonSchema)
  if (!exact) return
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
  const { id: _, ...shape } = exact as JsonSchema
  Object.assign(jsonSchema, shape)
}

/** A preprocessed value, such as a number in a query, is described by the type it becomes. */
function ofPreprocessed(schema: z.core.$ZodTypes): JsonSchema | undefined {
  const { def } = schema._zod
  if (def.type !== 'pipe' || def.in._zod.def.type !== 'transform') return undefined
  const { $schema: _, ...shape } = z.toJSONSchema(def.out, { io: 'input' })
  return shape
}

/** One line of text; the spaces around it are trimmed and do not count. */
function ofLine({ type, minLength, allOf }: JsonSchema): JsonSchema | undefined {
  const patterns = allOf?.map(({ pattern }) => pattern) ?? []
  const longest = patterns.map((pattern) => /^\^\[\^\]\{0,(\d+)\}\$$/.exec(pattern ?? '')?.[1]).find(Boolean)
  if (type !== 'string' || minLength !== 1 || !longest) return undefined
  const unseen = '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F'
  const [edge, inner] = [`[^${unseen}\\s]`, `[^${unseen}]`]
  return {
    type: 'string',
    pattern: `^\\s*${edge}(${inner}{0,${Number(longest) - 2}}${edge})?\\s*$`,
    description: `One line of 1 to ${longest} characters, none of them invisible. Spaces around it are removed.`,
  }
}
