import { sql } from 'drizzle-orm'
import type { ChannelName } from '../../channels/channel.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { readWithAuthority } from '../idempotency.ts'
import type { MessageKind, MessageLanguage } from './content.ts'
import type { MessageText } from './fields.ts'

/** A text that the clinic wrote itself. */
interface OwnText extends MessageText {
  kind: MessageKind
  language: MessageLanguage
  channel: ChannelName
  /** The name of whoever changed it last. */
  changedBy: string
  changedAt: Date
}

export interface MessageTexts {
  own: OwnText[]
  /** Whether texts may name the visit type. */
  namesVisitType: boolean
  graceSeconds: number
  /** Where the reader gets a test message. */
  ownEmail: string
}

/**
 * What the clinic changed of the texts, in one trip. A change of role, or the end of the session, counts at once.
 *
 * @throws NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export async function findMessageTexts(ctx: ClinicContext): Promise<MessageTexts> {
  const { accountId } = requireRight(ctx.actor, 'change message texts')
  const { rows } = await readWithAuthority(
    ctx,
    ctx.db.execute<Row>(sql`
      select
        messages_name_visit_type, grace_seconds,
        (select email from accounts where id = ${accountId}::bigint) as own_email,
        (
          select coalesce(jsonb_agg(jsonb_build_object(
            'kind', own.kind, 'language', own.language, 'channel', own.channel, 'subject', own.subject, 'body', own.body,
            'changedBy', account.name, 'changedAt', in_utc(own.changed_at)
          )), '[]')
          from message_texts own
          join accounts account on account.id = own.changed_by
        ) as own
      from clinic_settings`),
  )
  const [row] = rows
  if (!row) throw new Error('A migration makes the one row of settings.')
  return {
    own: row.own.map((text) => ({ ...text, changedAt: new Date(text.changedAt) })),
    namesVisitType: row.messages_name_visit_type,
    graceSeconds: row.grace_seconds,
    ownEmail: row.own_email,
  }
}

interface Row extends Record<string, unknown> {
  messages_name_visit_type: boolean
  grace_seconds: number
  own_email: string
  own: (Omit<OwnText, 'changedAt'> & { changedAt: string })[]
}
