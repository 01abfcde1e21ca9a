import { sql } from 'drizzle-orm'
import { appointmentFailures } from '../../../drizzle/schema/appointment-failures.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** One request about an appointment that was refused or failed. */
export interface AppointmentFailure {
  at: Date
  /** The name of the door it came in by. */
  door: string
  /** A refusal, or the door's code for an error on our side. */
  code: string
  /** As the request names them; either one tells the doctor. */
  doctorId?: number | undefined
  appointmentId?: number | undefined
}

/**
 * Adds failures to the counts, by five minutes, door, code and doctor, in one statement. An unknown doctor counts as none,
 * so that strangers cannot create rows at will.
 *
 * @throws NotSignedIn, Forbidden for everyone but the system itself.
 */
export async function countFailures(
  ctx: Pick<ClinicContext, 'db' | 'actor'>,
  failures: AppointmentFailure[],
): Promise<void> {
  requireRight(ctx.actor, 'count failures')
  const failed = failures.map(({ at, door, code, doctorId, appointmentId }) => ({
    at,
    door,
    code,
    doctor_id: doctorId,
    appointment_id: appointmentId,
  }))
  // Always in the same order, so that concurrent counts cannot deadlock.
  await ctx.db.execute(sql`
    insert into ${appointmentFailures} (counted_at, door, code, doctor_id, failures)
    select date_bin('5 minutes', failed.at, timestamptz '2000-01-01Z') as counted_at, failed.door, failed.code, doctor.id, count(*)
    from jsonb_to_recordset(${JSON.stringify(failed)}::jsonb)
      as failed (at timestamptz, door text, code text, doctor_id bigint, appointment_id bigint)
    left join appointments appointment on appointment.id = failed.appointment_id
    left join doctors doctor on doctor.id = coalesce(failed.doctor_id, appointment.doctor_id)
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict (counted_at, door, code, doctor_id)
    do update set failures = appointment_failures.failures + excluded.failures`)
}
