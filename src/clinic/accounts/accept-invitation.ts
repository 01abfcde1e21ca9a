import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import type { InvitationRefusal } from '../refusals.ts'
import { birthDate, closed, fault } from '../shapes.ts'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from './alarms.ts'
import { requireRight } from './guard.ts'
import { invitationCodeText } from './invitation-code.ts'

/** Proof that the owner of the mailbox is the invited person; one of the two is enough. */
export const invitationFact = closed({
  birthDate: birthDate.optional(),
  /** Spaces and hyphens in it do not count. */
  code: z
    .string({ error: fault('missing') })
    .overwrite((code) => code.replace(/[\s-]/g, ''))
    .optional(),
})

export type InvitationFact = z.infer<typeof invitationFact>

export type AcceptanceRefusal = Exclude<InvitationRefusal, 'too_many_invitations'>

export type AcceptedInvitation = { ok: true } | { ok: false; refusal: AcceptanceRefusal }

/**
 * Lets the account act for the patient to whose record its mailbox was invited. A wrong fact counts: after five the
 * invitation is void, and after fifteen in a day the account may try no more. An unknown invitation, or one to another
 * mailbox, is `invitation_ended`. One trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function acceptInvitation(
  ctx: ClinicContext,
  invitationId: number,
  fact: InvitationFact,
): Promise<AcceptedInvitation> {
  const { accountId } = requireRight(ctx.actor, 'accept invitations')
  const rows = sql`
    with tried as materialized (
      select ${await accepting(ctx, { invitationId, relation: 'dependant', fact })} as refusal
    )
    select tried.refusal, invitation.patient_id
    from tried
    left join patient_invitations invitation on invitation.id = ${invitationId}::bigint and tried.refusal is null`
  const [[row], alarms] = await sendIdempotently<[TriedRow, RaisedAlarm]>(ctx, [
    { rows },
    { rows: raisedAlarms(ctx) },
  ])
  tellAlarms(ctx, alarms)
  if (!row) throw new Error('An attempt is always answered.')
  if (row.refusal !== null) return { ok: false, refusal: row.refusal }
  ctx.tell({ kind: 'patient.linked', patientId: Number(row.patient_id), accountId, ...deedOf(ctx) })
  return { ok: true }
}

type TriedRow = { refusal: AcceptanceRefusal | null; patient_id: string | null }

interface Attempt {
  invitationId: number
  /** Their own record, or that of someone they look after. */
  relation: 'self' | 'dependant'
  fact: InvitationFact
}

/** The attempt as SQL: null, or why not. The account is the one in `ctx`. */
export async function accepting(
  ctx: Omit<ClinicContext, 'mail' | 'tell' | 'db'>,
  { invitationId, relation, fact: { birthDate, code } }: Attempt,
): Promise<SQL> {
  const hashes = code ? await ctx.secrets.signWithEach(invitationCodeText(code)) : []
  return sql`accept_invitation(
    ${invitationId}::bigint, ${relation}, ${birthDate ?? null}::date, ${`{${hashes.join(',')}}`}::text[], ${acting(ctx)}
  )`
}
