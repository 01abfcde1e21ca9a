import { sql } from 'drizzle-orm'
import type { ChannelName } from '../../channels/channel.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** What a provider tells of a message that it accepted. */
export interface ProviderEvent {
  provider: string
  /** Its own id of the message. */
  providerId: string
  channel: ChannelName
  address: string | null
  what: 'delivered' | 'bounced' | 'complained' | 'failed'
  /** Whether nothing will ever reach this address. */
  isPermanent: boolean
  at: Date
}

/**
 * Notes on messages what became of them, and marks addresses to which nothing is sent any more: what came back for good,
 * and whose owner called it spam. One trip, and harmless if repeated or told in another order.
 *
 * @throws NotSignedIn, Forbidden for everyone but the system itself.
 */
export async function recordProviderEvents(ctx: ClinicContext, events: ProviderEvent[]): Promise<void> {
  requireRight(ctx.actor, 'send messages')
  if (events.length === 0) return
  const told = events.map(({ provider, providerId, channel, address, what, isPermanent, at }) => ({
    provider,
    provider_id: providerId,
    channel,
    address: channel === 'email' ? (address?.toLowerCase() ?? null) : address,
    what,
    is_permanent: isPermanent,
    at: at.toISOString(),
  }))
  await ctx.db.execute(sql`select record_provider_events(${JSON.stringify(told)}::jsonb)`)
}
