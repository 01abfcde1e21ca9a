import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../clinic/refusals.ts'

/** The problems of group sessions and the places in them. */
export const sessionProblems = {
  session_needed: {
    status: 422,
    title: 'The visit type is for groups',
    detail: 'Send the `session_id` of a session that `GET /api/v1/sessions` lists, and no `start_at`.',
  },
  session_full: {
    status: 409,
    title: 'The session has no place left',
    detail: 'Choose one of `next_sessions`, or another of `GET /api/v1/sessions`.',
  },
  not_a_group: {
    status: 422,
    title: 'The visit type is not for groups',
    detail: 'Give the visit type a `capacity` first, or book an appointment for one patient.',
  },
  too_few_places: {
    status: 409,
    title: 'More places are taken than that',
    detail:
      'Choose a `capacity` of at least the places that are taken, or first cancel some of the appointments.',
  },
} satisfies Partial<Record<Refusal, { status: ContentfulStatusCode; title: string; detail: string }>>
