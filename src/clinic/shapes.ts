import * as z from 'zod'
import { sexes } from '../../drizzle/schema/patients.ts'
import type { Fault } from './refusals.ts'

/** For zod's `error`: the message of an issue is its fault, and each door has its own words for it. */
export const fault =
  (fault: Fault) =>
  ({ input }: { input?: unknown }): Fault =>
    input === undefined || input === null || input === '' ? 'missing' : fault

/** An object with these fields and no others, so that a misspelt field is noticed. */
export function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? 'not_expected' : fault('not_an_object')(issue)),
  })
}

/** A row's id, as a number or as a string of its digits; at most 15 digits. */
export const id = z.preprocess(
  (written) => (typeof written === 'string' && /^\d{1,15}$/.test(written) ? Number(written) : written),
  z
    .int({ error: fault('not_an_id') })
    .min(1, { error: fault('not_an_id') })
    .max(999_999_999_999_999, { error: fault('not_an_id') }),
)

/** Whether a list also has what is no longer in use. Only staff may ask for that. */
export const includeInactive = z.enum(['true'], { error: fault('not_a_choice') }).optional()

/** An email address of at most 254 characters (RFC 5321, 4.5.3.1.3), turned into lower case. */
export const email = z
  .string({ error: fault('not_an_email') })
  .trim()
  .toLowerCase()
  .max(254, { error: fault('not_an_email') })
  .pipe(z.email({ error: fault('not_an_email') }))

/** A telephone number in E.164, such as `+6281234567890`. */
export const phone = z
  .string({ error: fault('not_a_phone') })
  .regex(/^\+[1-9]\d{6,14}$/, { error: fault('not_a_phone') })

// No control characters and no line breaks, because texts are printed into pages, mails and calendars.
const printable = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u

/** Joiners inside Persian and Indic words, the parts of an emoji, and the variants of a letter or an emoji. */
const joined = new RegExp(
  [
    '(?<=[\\p{L}\\p{M}])[\u200C\u200D](?=[\\p{L}\\p{M}])|(?<=[\\p{M}\\p{Script=Arabic}])[\u200C\u200D]',
    '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\uFE0F])\u200D(?=\\p{Extended_Pictographic})',
    '(?<=[\\p{Emoji}\\p{Script=Han}\\p{Script=Mongolian}\\p{Script=Myanmar}])\\p{Variation_Selector}',
  ].join('|'),
  'gu',
)

// What is ignored when a text is shown, or shown as nothing; among it whatever changes the direction of writing.
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/u
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Whether a reader sees every character, and sees something. Joiners may stand only where a script needs them. */
function isLegible(text: string): boolean {
  const shown = text.replace(joined, '')
  return seen.test(shown) && !unseen.test(shown)
}

/** One line of text, trimmed, in Unicode's composed form (NFC). @param longest in characters as PostgreSQL counts them. */
export function line(longest: number, tooLong: Fault = 'too_long_a_text') {
  const short = new RegExp(`^[^]{0,${longest}}$`, 'u')
  return z
    .string({ error: fault('missing') })
    .trim()
    .min(1, { error: fault('missing') })
    .regex(short, { error: fault(tooLong) })
    .regex(printable, { error: fault('not_a_name') })
    .normalize('NFC')
    .refine(isLegible, { error: fault('invisible') })
    .refine((text) => short.test(text), { error: fault(tooLong) })
}

export const personName = line(100, 'too_long_a_name')

/** One line of prose, such as a reason; at most 500 characters. */
export const remark = line(500)

/** Several lines of text, each trimmed, in NFC; their length counts the line breaks. */
export function paragraph(longest: number) {
  return z
    .string({ error: fault('missing') })
    .overwrite((text) =>
      text
        .split(/\r\n?|\n/)
        .map((one) => one.trim())
        .join('\n')
        .trim()
        .normalize('NFC'),
    )
    .min(1, { error: fault('missing') })
    .refine((text) => [...text].length <= longest, { error: fault('too_long_a_text') })
    .refine((text) => text.split('\n').every((one) => printable.test(one)), { error: fault('not_a_name') })
    .refine((text) => isLegible(text.replaceAll('\n', ' ')), { error: fault('invisible') })
}

/** A BCP 47 tag of a language, such as `id` or `zh-Hant`, in its usual spelling. */
export const languageTag = z
  .string({ error: fault('not_a_choice') })
  .max(35, { error: fault('not_a_choice') })
  .refine(isLanguageTag, { error: fault('not_a_choice'), abort: true })
  .overwrite((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag)

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** A whole number in the range; both ends are included. */
export function wholeNumber(min: number, max: number) {
  const error = fault('out_of_range')
  return z.int({ error }).min(min, { error }).max(max, { error })
}

/** Where something stands in lists: they begin with the lowest; then come names. */
export const sortOrder = wholeNumber(0, 1000)

/** A whole number in a query, where it is a string of digits. */
export function writtenNumber(min: number, max: number) {
  return z.preprocess(
    (written) => (typeof written === 'string' && /^\d{1,9}$/.test(written) ? Number(written) : written),
    wholeNumber(min, max),
  )
}

/** A list of at most 100. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const error = fault('not_a_list')
  return z.array(item, { error }).max(100, { error })
}

/** A calendar date, such as `2026-11-23`, of the years 1900 to 2999. */
export const calendarDate = z.iso
  .date({ error: fault('not_a_date') })
  .regex(/^(19|2\d)/, { error: fault('not_a_date') })

/** A calendar date, such as `1990-05-17`, from the year 1900 on. The verb knows whether it is still to come. */
export const birthDate = z.iso
  .date({ error: fault('not_a_birth_date') })
  .regex(/^(19|2\d)/, { error: fault('not_a_birth_date') })

/** Sex as recorded for care. */
export const sex = z.enum(sexes, { error: fault('not_a_choice') })

/** The date where the day begins first: a child may be born there today. */
export const latestBirthDate = (now: Date) =>
  new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10)

/** A date and time without offset, to the minute, such as `2026-12-24T12:00`. */
export const wallClock = z
  .string({ error: fault('not_a_wall_clock') })
  .refine((written) => isWallClock(written) && written.length === 16, { error: fault('not_a_wall_clock') })

/** An RFC 3339 instant with its offset or `Z`, in the years 1900 to 2999; turned into UTC. */
export const instant = time({ acceptsWallClock: false })

/** An instant as a `Date`. */
export const moment = instant.transform((at) => new Date(at))

/**
 * An instant, or a local time without offset, such as `2026-11-23T09:00`. From 1900 to 2999 the calendars of PostgreSQL
 * and JavaScript agree.
 */
export const instantOrWallClock = time({ acceptsWallClock: true })

const isWholeMinute = (at: string) => /T\d\d:\d\d(:00([.]0+)?)?Z?$/.test(at)
const wholeMinute = { error: () => 'not_a_whole_minute' satisfies Fault }

/** An instant without seconds: appointments start and end on whole minutes. */
export const minute = instant.refine(isWholeMinute, wholeMinute)

/** The same, or a local time without offset. */
export const minuteOrWallClock = instantOrWallClock.refine(isWholeMinute, wholeMinute)

function time({ acceptsWallClock }: { acceptsWallClock: boolean }) {
  return z.string({ error: fault('not_a_time') }).transform((written, context): string => {
    const utc = toUtc(written)
    if (utc) return utc
    // To the millisecond, like instants, so that a stored time equals the time that was shown.
    if (acceptsWallClock && isWallClock(written)) return written.replace(/(\.\d{3})\d+$/, '$1')
    const message = isWallClock(written) ? 'no_offset' : fault('not_a_time')({ input: written })
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

function isWallClock(written: string): boolean {
  const shape = /^(19|2\d)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/
  return shape.test(written) && z.iso.date().safeParse(written.slice(0, 10)).success
}

function toUtc(written: string): string | null {
  const parts = /^(.+)(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)$/i.exec(written)
  const [, local, offset] = parts ?? []
  if (!local || !offset || !isWallClock(local.toUpperCase())) return null
  const colonOffset = offset.toUpperCase().replace(/(\d\d)(\d\d)$/, '$1:$2')
  return new Date(local.toUpperCase() + colonOffset).toISOString()
}
