import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../clinic/refusals.ts'

/** Why a message is not sent again, or not stopped. */
export const messageProblems = {
  still_waiting: {
    status: 409,
    title: 'The message has not been sent yet',
    detail: 'It goes out by itself. Read it again: `try_at` says when it is tried next.',
  },
  would_be_skipped: {
    status: 409,
    title: 'The message would be skipped again',
    detail:
      'Look at `reason`: the appointment may have changed, or there may be no address. Fix that first, or call the person.',
  },
  not_waiting: {
    status: 409,
    title: 'The message does not wait any more',
    detail: 'Only a message that is `due` can be stopped. Read it again.',
  },
} satisfies Partial<Record<Refusal, { status: ContentfulStatusCode; title: string; detail: string }>>
