import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { AppointmentRow } from '../appointments/appointment-row.ts'
import { toAppointment } from '../appointments/appointment-row.ts'
import type { Appointment } from '../appointments/find.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { readWithAuthority } from '../idempotency.ts'

/** What someone sees before they erase a person. */
export interface ErasurePageContent {
  patient: { id: number; name: string; isErased: boolean; isOnLegalHold: boolean }
  /** Still to come, or of someone who is here now: none may be left. */
  appointments: Appointment[]
  /** Whether the person has an account that stays, because it acts for others or is of the clinic's own people. */
  keepsAccount: boolean
}

/**
 * For the front desk, in one trip. The old number of a merged record shows the one that stays.
 *
 * @throws NotFound, NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export function readErasurePage(ctx: ClinicContext, patientId: number): Promise<ErasurePageContent> {
  requireRight(ctx.actor, 'erase patients')
  return read(ctx, sql`(select coalesce(moved_to_id, id) from patients where id = ${patientId}::bigint)`)
}

/**
 * For the person themself, in one trip.
 *
 * @throws NotFound when the account has no patient of its own; NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export function readOwnErasurePage(ctx: ClinicContext): Promise<ErasurePageContent> {
  const { accountId } = requireRight(ctx.actor, 'erase own data')
  return read(
    ctx,
    sql`(select patient_id from account_patients where account_id = ${accountId}::bigint and relation = 'self')`,
  )
}

async function read(ctx: ClinicContext, which: ReturnType<typeof sql>): Promise<ErasurePageContent> {
  const query = ctx.db.execute<ErasureRow>(sql`
    select
      kept.id, kept.name, kept.erased_at is not null as is_erased,
      exists (select from patients where id = any (records) and is_on_legal_hold) as is_on_legal_hold,
      list_appointments(array(
        select one.id
        from appointments one
        where one.patient_id = any (records)
        and (one.status = 'booked' and one.end_at > ${ctx.now.toISOString()}::timestamptz or one.status = 'arrived')
        order by one.start_at
      )) as appointments,
      exists (
        select from account_patients own
        join accounts account on account.id = own.account_id
        where own.patient_id = any (records)
        and own.relation = 'self'
        and (account.role <> 'patient' or exists (
          select from account_patients other
          where other.account_id = account.id
          and other.patient_id <> all (records)
        ))
      ) as keeps_account
    from patients kept
    cross join lateral (select records_of_person(kept.id) as records) person
    where kept.id = ${which}`)
  const { rows } = await readWithAuthority(ctx, query)
  const [row] = rows
  if (!row) throw new NotFound('patient')
  return {
    patient: {
      id: Number(row.id),
      name: row.name,
      isErased: row.is_erased,
      isOnLegalHold: row.is_on_legal_hold,
    },
    appointments: row.appointments.map(toAppointment),
    keepsAccount: row.keeps_account,
  }
}

interface ErasureRow extends Record<string, unknown> {
  id: string
  name: string
  is_erased: boolean
  is_on_legal_hold: boolean
  appointments: AppointmentRow[]
  keeps_account: boolean
}
