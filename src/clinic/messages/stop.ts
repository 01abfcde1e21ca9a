import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type DescribedMessage, type Message, toMessage } from './message.ts'

export type StoppedMessage = { ok: true; message: Message } | { ok: false; refusal: 'not_waiting' }

/**
 * Stops a message that is due, in one trip: it is skipped.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export async function stopMessage(ctx: ClinicContext, messageId: number): Promise<StoppedMessage> {
  requireRight(ctx.actor, 'manage messages')
  const rows = sql`select stop_message(${messageId}::bigint, ${acting(ctx)}) as stopped`
  const [[row]] = await sendIdempotently<[{ stopped: Answer | null }]>(ctx, [{ rows }])
  if (!row?.stopped) throw new NotFound('message')
  const { outcome, message } = row.stopped
  if (outcome === 'not_waiting') return { ok: false, refusal: outcome }
  ctx.tell({ kind: 'message.stopped', messageId: message.id, ...deedOf(ctx) })
  return { ok: true, message: toMessage(message) }
}

interface Answer {
  outcome: 'stopped' | 'not_waiting'
  message: DescribedMessage
}
