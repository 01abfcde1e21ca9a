import { sql } from 'drizzle-orm'
import type { ChannelName } from '../../channels/channel.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type FindMessages, type MessagesPage, selectMessages, toMessagesPage } from './find.ts'

/** How messages go out at the moment. */
export interface MessagesToday {
  overdue: number
  /** In the last seven days. */
  failed: number
  /** What has been sent since midnight UTC, as limits count it. */
  sent: { channel: ChannelName; many: number; most: number | null; cost: number }[]
  /** ISO 4217. */
  currency: string
  /** Whose messages the page shows, if it is about one patient. */
  patientName: string | null
}

/**
 * A page of messages with how they go out at the moment, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readMessagesPage(
  ctx: ClinicContext,
  search: FindMessages,
): Promise<MessagesPage & { today: MessagesToday }> {
  const person = requireRight(ctx.actor, 'see messages')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const [found, today] = await ctx.db.batch([
    selectMessages(ctx, person, search),
    ctx.db.execute<TodayRow>(sql`
      select
        (select overdue from find_waiting(${at})) as overdue,
        (
          select count(*)::integer
          from messages
          where state = 'failed' and due_at >= ${at} - interval '7 days' and due_at <= ${at}
        ) as failed,
        settings.currency,
        (select name from patients where id = ${search.patientId ?? null}::bigint) as patient_name,
        (
          select jsonb_agg(jsonb_build_object(
            'channel', way.channel, 'most', way.most, 'cost', way.cost,
            'many', (
              select count(*) from messages
              where channel = way.channel and sent_at >= date_trunc('day', ${at}, 'UTC')
            )
          ) order by way.place)
          from (
            values
              ('email', settings.most_emails_a_day, settings.email_cost, 1),
              ('whatsapp', settings.most_whatsapps_a_day, settings.whatsapp_cost, 2),
              ('sms', settings.most_sms_a_day, settings.sms_cost, 3)
          ) way (channel, most, cost, place)
        ) as sent
      from clinic_settings settings
      where settings.id`),
  ])
  const [row] = today.rows
  if (!row) throw new Error('A migration makes the one row of settings.')
  const { patient_name: patientName, ...others } = row
  return { ...toMessagesPage(found.rows, search), today: { ...others, patientName } }
}

type TodayRow = Record<string, unknown> & Omit<MessagesToday, 'patientName'> & { patient_name: string | null }
