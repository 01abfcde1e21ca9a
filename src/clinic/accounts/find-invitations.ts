import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connect.ts'

/** An invitation, as the owner of the mailbox may see it before they have named a fact. */
export interface OpenInvitation {
  id: number
  /** What the patient is called, or else the first part of their name. */
  called: string
  /** Whether they were invited to it as their own record. */
  isSelf: boolean
}

/** The open invitations to the account's mailbox to people for whom it does not act yet, oldest first; at most 20. */
export function invitationsTo(db: Database, accountId: number, now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`
  const query = db.execute<InvitationRow>(sql`
    select
      invitation.id, coalesce(patient.called_name, split_part(patient.name, ' ', 1)) as called,
      invitation.relation = 'self' as is_self
    from accounts account
    join patient_invitations invitation on invitation.email = account.email
    join patients invited on invited.id = invitation.patient_id
    join patients patient on patient.id = coalesce(invited.moved_to_id, invited.id) and patient.erased_at is null
    where account.id = ${accountId}::bigint
    and invitation_is_open(invitation, ${at})
    and not exists (
      select from account_patients pair
      where pair.account_id = account.id
      and pair.patient_id = patient.id
      and link_is_in_force(pair.ends_on, ${at})
    )
    order by invitation.id
    limit 20`)
  return { query, read: (rows: InvitationRow[]) => rows.map(toInvitation) }
}

interface InvitationRow extends Record<string, unknown> {
  id: string
  called: string
  is_self: boolean
}

const toInvitation = ({ id, called, is_self: isSelf }: InvitationRow): OpenInvitation => ({
  id: Number(id),
  called,
  isSelf,
})
