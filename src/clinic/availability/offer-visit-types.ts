import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recorded, requireVersion } from '../recorded.ts'
import { id, listOf } from '../shapes.ts'
import { fromNow, idsOf, lockOutBookings, type StrandedRow, strandedIn } from '../stranded.ts'

/** The ids of all visit types that the doctor offers. */
export const offerVisitTypesInput = listOf(id)

export type OfferedVisitTypes =
  | { ok: true; appointmentIds: number[]; version: number }
  | { ok: false; refusal: 'invalid'; unknownIds: number[] }

interface Found extends Record<string, unknown> {
  doctor_is_known: boolean
  unknown_ids: number[]
}

/**
 * Sets which visit types a doctor offers, in one trip. Appointments stay as they are; the answer lists those ahead whose
 * visit type the doctor does not offer any more. An unknown id is refused, and then nothing changes.
 *
 * @param version of the doctor, as the caller saw it; without one, any will do.
 * @throws NotFound for an unknown doctor, NotSignedIn, Forbidden; Stale when the doctor has changed since.
 */
export async function offerVisitTypes(
  ctx: ClinicContext,
  doctorId: number,
  visitTypeIds: number[],
  version?: number,
): Promise<OfferedVisitTypes> {
  requireRight(ctx.actor, 'manage doctors')
  const wanted = sql`select distinct value::bigint as id from jsonb_array_elements_text(${JSON.stringify(visitTypeIds)}::jsonb)`
  const unknown = sql`select id from (${wanted}) wanted where id not in (select id from visit_types)`
  // Two requests at the same moment take turns.
  const known = sql`
    select
      exists (select from (select from doctors where id = ${doctorId}::bigint for no key update) doctor) as doctor_is_known,
      (select coalesce(json_agg(id), '[]') from (${unknown}) unknown) as unknown_ids`
  const deleted = sql`
    delete from doctor_visit_types
    where doctor_id = ${doctorId}::bigint
    and not exists (${unknown})
    and visit_type_id not in (${wanted})
    returning visit_type_id`
  const inserted = sql`
    insert into doctor_visit_types (doctor_id, visit_type_id)
    select doctor.id, wanted.id
    from doctors doctor
    cross join (${wanted}) wanted
    where doctor.id = ${doctorId}::bigint
    and not exists (${unknown})
    on conflict do nothing
    returning visit_type_id`
  // Bookings lock these before they wait for the shared lock, so this does, too.
  const offers = sql`
    select from doctor_visit_types
    where doctor_id = ${doctorId}::bigint
    order by doctor_id, visit_type_id
    for update`
  const stranded = strandedIn(sql`
    appointments_of_doctor(${doctorId}::bigint, ${fromNow(ctx)})
    where doctor_id = ${doctorId}::bigint
    and not exists (${unknown})
    and visit_type_id not in (${wanted})`)
  const subject = { subject: 'doctor', key: doctorId } as const
  const statements = [
    { rows: known },
    offers,
    lockOutBookings,
    requireVersion(subject, version),
    { rows: deleted },
    { rows: inserted },
    stranded,
    recorded(ctx, subject),
  ]
  type Answers = [Found, { visit_type_id: string }, { visit_type_id: string }, StrandedRow, Recorded]
  const [[found], removed = [], added = [], strandedRows, [change] = []] = await sendIdempotently<Answers>(
    ctx,
    statements,
  )
  if (!found?.doctor_is_known) throw new NotFound('doctor')
  if (found.unknown_ids.length > 0)
    return { ok: false, refusal: 'invalid', unknownIds: found.unknown_ids.map(Number) }
  if (removed.length + added.length > 0) ctx.tell({ kind: 'visit_types.offered', doctorId, ...deedOf(ctx) })
  return { ok: true, appointmentIds: idsOf(strandedRows), version: change?.version ?? 0 }
}
