import { and, asc, eq, gt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import type { EndedSessions } from '../accounts/end-sessions.ts'
import { requireRight } from '../accounts/guard.ts'
import type { AppointmentRow } from '../appointments/appointment-row.ts'
import { type Appointment, isAgreed, selectAppointments } from '../appointments/find.ts'
import { businessOf } from '../appointments/reach.ts'
import { type Former, tellChanged, tellPeopleChanged } from '../appointments/tell-appointment.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault } from '../shapes.ts'

const closeAccountInput = closed({
  /** Cancels what is still to come for patients for whom no other account acts, as far as that is still possible. */
  cancelsAppointments: z.boolean({ error: fault('not_a_choice') }),
})

export type CloseAccount = z.infer<typeof closeAccountInput>

export type AccountClosed =
  | { ok: true; ended: EndedSessions }
  | { ok: false; refusal: 'last_admin' | 'not_confirmed' }

/**
 * Closes the actor's own account for good, in one trip: its sessions, keys, passkeys and links end, and its address may
 * sign up again as a new account. The patients' records and their appointments stay, unless these are cancelled. An
 * account with a passkey must have used one in this session (`not_confirmed`).
 *
 * @throws NotFound when it is closed already; NotSignedIn, Forbidden.
 */
export async function closeAccount(
  ctx: ClinicContext,
  { cancelsAppointments }: CloseAccount,
): Promise<AccountClosed> {
  const { accountId } = requireRight(ctx.actor, 'close own account')
  const rows = sql`
    select closed.*
    from sessions
    cross join lateral jsonb_to_record(
      close_account(sessions.account_id, ${cancelsAppointments}::boolean, ${acting(ctx)})
    ) as closed (id bigint, is_last_admin boolean, ended jsonb, revoked jsonb, cancelled jsonb)
    where token_hash = ${ctx.sessionHash ?? null}
    and sessions.account_id = ${accountId}::bigint
    and may_change_passkeys(sessions)`
  const [[row]] = await sendIdempotently<[ClosingRow]>(ctx, [{ rows }])
  if (!row) return { ok: false, refusal: 'not_confirmed' }
  if (row.id === null) throw new NotFound('account')
  if (row.is_last_admin) return { ok: false, refusal: 'last_admin' }
  for (const one of row.cancelled) tellEnded(ctx, one)
  for (const apiKeyId of row.revoked) ctx.tell({ kind: 'api_key.revoked', apiKeyId, ...deedOf(ctx) })
  ctx.tell({ kind: 'account.changed', accountId, ...deedOf(ctx) })
  return { ok: true, ended: row.ended }
}

function tellEnded(ctx: ClinicContext, one: Cancelled): void {
  if (one.verdict === 'left') tellPeopleChanged(ctx, one)
  else if (one.verdict === null)
    tellChanged(ctx, one.hold_expires_at === null ? 'cancel' : 'release', one, one.former)
}

/** The first answer of `change_appointment`, or `left` when the patient only came along. */
type Cancelled = AppointmentRow & { verdict: string | null; former?: Former }

type ClosingRow = {
  id: string | null
  is_last_admin: boolean
  ended: EndedSessions
  revoked: number[]
  cancelled: Cancelled[]
}

/** How many of them the page lists. */
const aGlance = 50

/**
 * The booked appointments of the actor's own patients that are still to come, soonest first, in one trip: what to know
 * before closing the account.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findUpcoming(ctx: ClinicContext): Promise<Appointment[]> {
  const person = requireRight(ctx.actor, 'close own account')
  if (person.kind !== 'patient') return []
  return selectAppointments(ctx.db)
    .where(
      and(businessOf(person), isAgreed, eq(appointments.status, 'booked'), gt(appointments.startAt, ctx.now)),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id))
    .limit(aGlance)
}
