import type { Context } from 'hono'
import type { Fault } from '../clinic/refusals.ts'
import { problem } from './problem.ts'

/** What is wrong with one value, in the API's words. */
export const faults: Record<Fault, string> = {
  missing: 'is required',
  not_an_object: 'must be a JSON object',
  not_expected: 'is not known here: look at its spelling, or leave it out',
  not_an_id: 'must be a whole number, or a string of its digits',
  not_a_time: 'must be an ISO 8601 date and time, such as 2026-11-23T09:00:00+07:00',
  no_offset: 'needs an offset from UTC, such as +07:00, or Z',
  not_after_start: 'must be later than start_at',
  too_short: 'must be at least 5 minutes after start_at',
  too_long: 'must be at most 8 hours after start_at',
  not_the_length: 'must be as long after start_at as the visit type says; leave it out',
  not_an_email: 'must be an e-mail address',
  not_a_name: 'must not contain control characters',
  too_long_a_name: 'must be at most 100 characters',
  not_a_choice: 'must be one of the documented values',
  already_registered: 'belongs to another patient already',
  not_a_clock_time: 'must be a wall-clock time from 00:00 to 24:00',
  not_a_date: 'must be a date, such as 2026-11-23',
  not_after_opening: 'must be later',
  not_a_wall_clock: 'must be a wall-clock date and time without offset, such as 2026-12-24T12:00',
  not_a_grid: 'must be a multiple of 5 that divides 1440, such as 15 or 20',
  not_a_zone: 'must be an IANA time zone, such as Asia/Jakarta',
  not_a_cursor: 'must be one that this address has answered; begin without it',
  out_of_range: 'must be a whole number',
  too_far_away: 'must lie nearer to today',
  window_too_long: 'must be at most 61 days after from',
  absence_too_long: 'must be at most two years after start_local',
  not_a_list: 'must be a list of at most 100',
  too_long_a_text: 'must be at most 500 characters',
  unknown: 'is not known here',
  already_there: 'belongs to another already',
}

interface Issue {
  path: PropertyKey[]
  message: string
  /** Of an object, what it should not have. */
  keys?: string[]
  minimum?: unknown
  maximum?: unknown
}

/** A zod issue, whose message is a fault, as an entry of `errors` with its JSON pointer (RFC 6901). */
export function toError(issue: Issue) {
  return { pointer: issue.path.map(toPointer).join(''), detail: explain(issue) }
}

const toPointer = (key: PropertyKey) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

function explain({ message, minimum, maximum }: Issue): string {
  const words = faults[message as Fault] ?? message
  if (message !== 'out_of_range') return words
  if (minimum !== undefined) return `${words} of at least ${minimum}`
  return maximum === undefined ? words : `${words} of at most ${maximum}`
}

/** One reason for each field is enough: what fails one check often fails the next. */
function firstOfEach(issues: Issue[]): Issue[] {
  const each = issues.flatMap(({ keys, ...issue }) =>
    keys ? keys.map((key) => ({ ...issue, path: [...issue.path, key] })) : issue,
  )
  return [...Map.groupBy(each, ({ path }) => path.join('/')).values()].flatMap(([first]) => first ?? [])
}

type ZodResult = { success: true } | { success: false; error: { issues: Issue[] } }

/** The hook for `zValidator` of a body: every field that is wrong, at once. */
export function refuseInvalid(read: ZodResult, c: Context): Response | undefined {
  return read.success
    ? undefined
    : problem(c, 'invalid', { errors: firstOfEach(read.error.issues).map(toError) })
}

/** The hook for `zValidator` of a query: every parameter that is wrong, at once. */
export function refuseInvalidQuery(read: ZodResult, c: Context): Response | undefined {
  return read.success ? undefined : refuseParameters(c, read.error.issues)
}

/** How the API writes what the clinic calls. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** What the clinic found wrong with what an address asks for, by the clinic's own names. */
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
