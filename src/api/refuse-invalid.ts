import type { Context } from 'hono'
import type { Fault } from '../clinic/refusals.ts'
import { snakeCase } from '../clinic/snake-case.ts'
import { problem } from './problem.ts'

/** What is wrong with one value, in the API’s words; each follows the name of the field. */
export const faults: Record<Fault, string> = {
  missing: 'is required',
  not_an_object: 'must be a JSON object',
  not_expected: 'is not recognised here: check the spelling or leave it out',
  not_an_id: 'must be a positive whole number, such as 7 or "7"',
  not_a_time: 'must be an ISO 8601 date and time, such as 2026-11-23T09:00:00+07:00',
  overlaps_another: 'overlaps another range of the list: join the two, or change their times or dates',
  not_a_whole_minute: 'must be a whole minute: send 0 seconds, or leave them out',
  no_offset: 'must include a UTC offset, such as +07:00 or Z',
  not_after_start: 'must be later than start_at',
  too_short: 'must be at least 5 minutes after start_at',
  too_long: 'must be at most 8 hours after start_at',
  not_the_length: 'must match the length of the visit type: leave it out to use that length',
  not_an_email: 'must be an email address',
  not_a_name: 'must not contain control characters or line breaks',
  invisible:
    'must not contain invisible characters or characters that change the writing direction: type it again',
  too_long_a_name: 'must be at most 100 characters',
  not_a_choice: 'must be one of the documented values',
  not_a_clock_time: 'must be a local time from 00:00 to 24:00',
  not_a_time_of_day: 'must be a local time from 00:00 to 23:59',
  not_a_phone: 'must be a phone number with its country code, such as +6281234567890',
  not_a_birth_date: 'must be a date between 1900 and today, such as 1990-05-17',
  not_a_date: 'must be a date, such as 2026-11-23',
  not_after_opening: 'must be later than the start of the range',
  not_a_wall_clock: 'must be a local date and time without an offset, such as 2026-12-24T12:00',
  not_a_grid: 'must be a multiple of 5 that divides 1440 evenly, such as 15 or 20',
  not_a_zone: 'must be an IANA time zone, such as Asia/Jakarta',
  not_a_cursor: 'must come from the Link header of the previous page: leave it out to get the first page',
  out_of_range: 'must be a whole number',
  too_far_away: 'must be within ten years of today',
  window_too_long: 'must be at most 61 days after from',
  absence_too_long: 'must be at most two years after start_local',
  not_a_list: 'must be an array of at most 100 items',
  too_many_items: 'has too many items',
  too_long_a_text: 'must be shorter',
  unknown: 'does not exist',
  already_there: 'is already in use',
  same_record: 'must be another one',
  other_time_zone: 'must all be in the same time zone',
  has_overlaps:
    'has appointments at the same time as this doctor: move or cancel one of each two in appointment_ids',
  named_twice: 'must not name anyone twice, nor the doctor or patient of the appointment',
  listed_twice: 'is already in the list',
  not_a_cost: 'must be a number from 0 to 1000000',
  not_an_identifier:
    'must be written as its issuer does: a NIK has 16 digits with a possible birth date, a BPJS number has 13, a passport looks like ID:X1234567',
  too_many_dates: 'must have at most 52 dates: send a smaller `count` or an earlier `until`',
  no_dates: 'must leave at least one date: send a later `until`, or `skip` fewer dates',
  not_a_date_of_the_rule: 'must only name dates of the rule',
  count_or_until: 'or until is required, but not both',
  beyond_issuer: 'must not exceed that of the key you use: same owner, no more rights, no later expiry',
}

interface Issue {
  path: PropertyKey[]
  message: string
  /** The unrecognised keys of an object. */
  keys?: string[]
  minimum?: unknown
  maximum?: unknown
  /** The range of the same list that a range overlaps. */
  params?: { otherAt?: number; other?: string } | undefined
}

/** Turns a zod issue, whose message is a fault, into an entry of `errors` with a JSON pointer (RFC 6901). */
export function toError(issue: Issue) {
  return { pointer: issue.path.map(toPointer).join(''), detail: explain(issue) }
}

const toPointer = (key: PropertyKey) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

function explain({ path, message, minimum, maximum, params }: Issue): string {
  const words = faults[message as Fault] ?? message
  if (params?.otherAt !== undefined) {
    const other = [...path.slice(0, -1), params.otherAt].map(toPointer).join('')
    return words.replace('another range of the list', `${other}, ${params.other}`)
  }
  if (message !== 'out_of_range') return words
  if (minimum !== undefined) return `${words} of at least ${minimum}`
  return maximum === undefined ? words : `${words} of at most ${maximum}`
}

/** Keeps one reason per field: a value that fails one check often fails the next. */
function firstOfEach(issues: Issue[]): Issue[] {
  const each = issues.flatMap(({ keys, ...issue }) =>
    keys ? keys.map((key) => ({ ...issue, path: [...issue.path, key] })) : issue,
  )
  return [...Map.groupBy(each, ({ path }) => path.join('/')).values()].flatMap(([first]) => first ?? [])
}

type ZodResult = { success: true } | { success: false; error: { issues: Issue[] } }

/** The hook for `zValidator` of a body; reports every invalid field at once. */
export function refuseInvalid(read: ZodResult, c: Context): Response | undefined {
  return read.success
    ? undefined
    : problem(c, 'invalid', { errors: firstOfEach(read.error.issues).map(toError) })
}

/** The hook for `zValidator` of a query; reports every invalid parameter at once. */
export function refuseInvalidQuery(read: ZodResult, c: Context): Response | undefined {
  return read.success ? undefined : refuseParameters(c, read.error.issues)
}

/** Answers faults that a verb found in a body, under the verb’s own (camelCase) names. @param noun of the body's object. */
export function refuseFields(
  c: Context,
  noun: string,
  faults: Partial<Record<string, Fault>>,
  particulars: object = {},
): Response {
  const errors = Object.entries(faults).flatMap(([name, message]) =>
    message === undefined ? [] : toError({ path: [noun, snakeCase(name)], message }),
  )
  return problem(c, 'invalid', { errors, ...particulars })
}

/** Answers faults that a verb found in a query, under the verb’s own (camelCase) names. */
export function refuseNamed(c: Context, faults: Record<string, Fault>): Response {
  return refuseParameters(
    c,
    Object.entries(faults).map(([name, message]) => ({ path: [snakeCase(name)], message })),
  )
}

function refuseParameters(c: Context, issues: Issue[]): Response {
  const errors = firstOfEach(issues).map((issue) => ({
    parameter: String(issue.path[0]),
    detail: explain(issue),
  }))
  return problem(c, 'invalid', { errors })
}
