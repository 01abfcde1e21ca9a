import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type DescribedMessage, type Message, toMessage } from './message.ts'

export type ResentMessage =
  | { ok: true; message: Message }
  | { ok: false; refusal: 'still_waiting' }
  /** `reason` as in the message that would be skipped. */
  | { ok: false; refusal: 'would_be_skipped'; reason: string }

/**
 * Sends a message again at once, in one trip: the same one if it failed or was skipped, otherwise a new one. Refused while it
 * still waits, and when it would only be skipped.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export async function resendMessage(ctx: ClinicContext, messageId: number): Promise<ResentMessage> {
  requireRight(ctx.actor, 'manage messages')
  const rows = sql`select resend_message(${messageId}::bigint, ${acting(ctx)}) as resent`
  const [[row]] = await sendIdempotently<[{ resent: Answer | null }]>(ctx, [{ rows }])
  if (!row?.resent) throw new NotFound('message')
  const { outcome, message, reason } = row.resent
  if (outcome === 'would_be_skipped') return { ok: false, refusal: outcome, reason }
  if (outcome === 'still_waiting') return { ok: false, refusal: outcome }
  ctx.tell({ kind: 'message.resent', messageId: message.id, ...deedOf(ctx) })
  return { ok: true, message: toMessage(message) }
}

interface Answer {
  outcome: 'resent' | 'still_waiting' | 'would_be_skipped'
  reason: string
  message: DescribedMessage
}
