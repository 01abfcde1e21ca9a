import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../clinic/refusals.ts'

/** Why a location does not get another time zone. */
export const locationProblems = {
  keeps_needed: {
    status: 422,
    title: 'The location has appointments ahead: choose what stays the same',
    detail:
      'Send `keeps`. With `clock_time`, an appointment at 09:00 stays at 09:00 in the new time zone, at another instant. With `instant`, it stays at the same moment, and its local time changes. `concerned` counts what is ahead and shows what either choice makes of it.',
  },
  clock_times_taken: {
    status: 409,
    title: 'Some appointments cannot keep their clock time in the new time zone',
    detail:
      'Nothing was changed. Move or cancel one of each two appointments in `conflicts`, then send the request again; or send `instant` as `keeps`.',
  },
  doctors_elsewhere: {
    status: 409,
    title: 'Doctors of the location also work at others, and all locations of a doctor have one time zone',
    detail:
      'If `locations` have the same mistake, send their ids as `together_with` to correct all of them at once. If not, first let these doctors work in one time zone only.',
  },
} satisfies Partial<Record<Refusal, { status: ContentfulStatusCode; title: string; detail: string }>>
