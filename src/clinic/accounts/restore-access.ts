import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Role } from '../../../drizzle/schema/accounts.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { versionOf } from '../recorded.ts'
import { closed, email, remark } from '../shapes.ts'
import type { EndedSessions } from './end-sessions.ts'
import { requireRight } from './guard.ts'
import type { Account } from './manage-accounts.ts'

export const restoreAccessInput = closed({
  /** The address that the person reads now. */
  email,
  /** How the front desk knows that it is them. */
  reason: remark,
})

export interface RestoreAccess extends z.infer<typeof restoreAccessInput> {
  /** To both addresses. */
  writeMail: () => { subject: string; text: string }
}

export type AccessRestored =
  | { ok: true; account: Account; ended: EndedSessions }
  | { ok: false; refusal: 'invalid'; faults: { email: 'already_there' } }

/**
 * Gives the account of a person who lost their mailbox another address, in one trip. The front desk does it for patients,
 * an admin also for the clinic's own people, and no one for themselves. The account is signed out everywhere; both
 * addresses are told; the security log and the patient's record keep who did it.
 *
 * @throws NotFound for an unknown account; NotSignedIn, Forbidden.
 */
export async function restoreAccess(
  ctx: ClinicContext,
  accountId: number,
  { email, reason, writeMail }: RestoreAccess,
): Promise<AccessRestored> {
  requireRight(ctx.actor, 'restore access')
  const rows = sql`
    select
      answer.*,
      to_json(locations_of_account(${accountId}::bigint)) as location_ids,
      ${versionOf('account', sql`${accountId}::bigint`)} as version
    from jsonb_to_record(restore_access(${accountId}::bigint, ${email}, ${reason}, ${acting(ctx)}))
      as answer (verdict text, name text, role text, doctor_id bigint, old_email text, ended jsonb)`
  const [[row]] = await sendIdempotently<[RestoredRow]>(ctx, [{ rows }])
  if (!row || row.verdict === 'no_account') throw new NotFound('account')
  if (row.verdict === 'not_allowed') throw new Forbidden('You may not restore access to this account.')
  if (row.verdict === 'already_there')
    return { ok: false, refusal: 'invalid', faults: { email: row.verdict } }
  const {
    name,
    role,
    doctor_id: doctorId,
    location_ids: locationIds = null,
    old_email: oldEmail,
    ended,
  } = row
  ctx.tell({ kind: 'account.changed', accountId, ...deedOf(ctx) })
  const letter = writeMail()
  await Promise.all([oldEmail, email].map((to) => ctx.mail.send({ to, ...letter })))
  const account = { id: accountId, email, name, role, doctorId: doctorId === null ? null : Number(doctorId) }
  return { ok: true, account: { ...account, locationIds, version: row.version ?? 0 }, ended }
}

type RestoredRow = {
  /** The previous releases kept answers without these two. */
  location_ids?: number[] | null
  version?: number
  verdict: 'no_account' | 'not_allowed' | 'already_there' | null
  name: string
  role: Role
  doctor_id: string | null
  old_email: string
  ended: EndedSessions
}
