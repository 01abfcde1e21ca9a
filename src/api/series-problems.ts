import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../clinic/refusals.ts'

/** The problems of a series of appointments. */
export const seriesProblems = {
  dates_refused: {
    status: 409,
    title: 'Some dates of the series cannot be booked',
    detail:
      'Nothing has changed. `dates` says why for each. Send another start for them in `changes`, or leave them out with `skip`.',
  },
} satisfies Partial<Record<Refusal, { status: ContentfulStatusCode; title: string; detail: string }>>
