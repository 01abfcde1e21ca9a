import { and, eq, sql } from 'drizzle-orm'
import { patientInvitations } from '../../../drizzle/schema/patient-invitations.ts'
import { isDesk, requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { Relation } from './invite.ts'

/** An account that may act for a patient. */
interface Link {
  accountId: number
  name: string
  /** Null unless the front desk asks, or it is the account's own. */
  email: string | null
  relation: Relation
  linkedAt: Date
  /** The first day on which it may no longer act for them, or null. */
  endsOn: string | null
}

/** A mailbox whose owner was invited to a record, and has not accepted yet. */
export interface SentInvitation {
  id: number
  email: string
  relation: Relation
  expiresAt: Date
}

export interface PatientLinks {
  /** The oldest first. */
  links: Link[]
  invitations: SentInvitation[]
}

/**
 * Who may act for a patient, and who is invited to, in one trip. The front desk asks about anyone, patients about those
 * that they act for.
 *
 * @throws NotFound when there is no such patient, or the account does not act for them; NotSignedIn, Forbidden.
 */
export async function findLinks(ctx: ClinicContext, patientId: number): Promise<PatientLinks> {
  const { query, read } = linksOf(ctx, patientId)
  const links = read((await query).rows)
  if (!links) throw new NotFound('patient')
  return links
}

/** The same as a query that a page sends with its others; `read` answers null where `findLinks` throws NotFound. */
export function linksOf(ctx: ClinicContext, patientId: number) {
  const person = requireRight(ctx.actor, 'invite people')
  const query = ctx.db.execute<LinksRow>(sql`
    select
      (
        select coalesce(jsonb_agg(
          jsonb_build_object(
            'account_id', account.id, 'name', account.name, 'relation', pair.relation, 'linked_at', pair.linked_at,
            'ends_on', pair.ends_on,
            'email', case when ${isDesk(ctx.actor)}::boolean or account.id = ${person.accountId}::bigint then account.email end
          )
          order by pair.linked_at, account.id
        ), '[]')
        from account_patients pair
        join accounts account on account.id = pair.account_id
        where pair.patient_id = patient.id
        and link_is_in_force(pair.ends_on, ${ctx.now.toISOString()}::timestamptz)
      ) as links,
      (
        select coalesce(jsonb_agg(
          jsonb_build_object(
            'id', invitation.id, 'email', invitation.email, 'relation', invitation.relation,
            'expires_at', invitation.expires_at
          )
          order by invitation.id
        ), '[]')
        from patient_invitations invitation
        where invitation.patient_id = patient.id
        and invitation_is_open(invitation, ${ctx.now.toISOString()}::timestamptz)
      ) as invitations
    from patients patient
    where patient.id = ${patientId}::bigint and may_act_for(patient.id, ${acting(ctx)})`)
  return { query, read: ([row]: LinksRow[]): PatientLinks | null => (row ? toLinks(row) : null) }
}

/** The open invitations to a record, the oldest first, as a query that a page sends with its others. */
export const openInvitationsOf = ({ db, now }: ClinicContext, patientId: number) =>
  db
    .select({
      id: patientInvitations.id,
      email: patientInvitations.email,
      relation: patientInvitations.relation,
      expiresAt: patientInvitations.expiresAt,
    })
    .from(patientInvitations)
    .where(
      and(
        eq(patientInvitations.patientId, patientId),
        sql`invitation_is_open(patient_invitations, ${now.toISOString()}::timestamptz)`,
      ),
    )
    .orderBy(patientInvitations.id)

interface LinksRow extends Record<string, unknown> {
  links: {
    account_id: number
    name: string
    email: string | null
    relation: Relation
    linked_at: string
    ends_on: string | null
  }[]
  invitations: { id: number; email: string; relation: Relation; expires_at: string }[]
}

function toLinks({ links, invitations }: LinksRow): PatientLinks {
  return {
    links: links.map(({ account_id: accountId, linked_at, ends_on: endsOn, ...link }) => ({
      ...link,
      accountId,
      linkedAt: new Date(linked_at),
      endsOn,
    })),
    invitations: invitations.map(({ expires_at, ...invitation }) => ({
      ...invitation,
      expiresAt: new Date(expires_at),
    })),
  }
}
