import { sql } from 'drizzle-orm'
import type { Sent } from '../../channels/channel.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** What became of a message that was claimed. `released` gives it back untried. */
export interface Outcome {
  messageId: number
  attempt: number
  provider: string
  sent: Sent | { outcome: 'released'; reason: string }
}

/**
 * Records what became of messages; see `mark_messages` for when they are tried again. One trip, and harmless if repeated.
 *
 * @throws NotSignedIn, Forbidden for everyone but the system itself.
 */
export async function markMessages(ctx: ClinicContext, outcomes: Outcome[]): Promise<void> {
  requireRight(ctx.actor, 'send messages')
  const rows = outcomes.map(({ messageId, attempt, provider, sent }) => ({
    message_id: messageId,
    attempt,
    provider,
    outcome: sent.outcome,
    provider_id: sent.outcome === 'accepted' ? sent.id : null,
    reason: sent.outcome === 'accepted' ? null : sent.reason,
    retry_after_seconds: sent.outcome === 'failed' ? sent.retryAfterSeconds : null,
  }))
  await ctx.db.execute(
    sql`select mark_messages(${JSON.stringify(rows)}::jsonb, ${ctx.now.toISOString()}::timestamptz)`,
  )
}
