import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, locationsOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, id } from '../shapes.ts'

/** What a patient may be asked or show. */
export const identityFacts = ['birth_date', 'phone', 'id_card'] as const
export type IdentityFact = (typeof identityFacts)[number]

const confirmIdentityInput = closed({
  /** At which of their appointments. */
  appointmentId: id,
  /** What matched. */
  checked: z.array(z.enum(identityFacts)).min(1),
})

export type ConfirmIdentity = z.infer<typeof confirmIdentityInput>

/**
 * Records that someone of the clinic has made sure who the patient of an appointment is, and by what; in one trip.
 *
 * @throws NotFound when there is no such appointment, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function confirmIdentity(
  ctx: ClinicContext,
  { appointmentId, checked }: ConfirmIdentity,
): Promise<{ ok: true; patientId: number }> {
  const person = requireRight(ctx.actor, 'run the day')
  const bound = locationsOf(person)
  const isTheirs =
    person.kind === 'doctor'
      ? sql`one.doctor_id = ${person.doctorId}::bigint`
      : bound
        ? sql`location_of(one) = any (${`{${bound}}`}::bigint[])`
        : sql`true`
  const facts = JSON.stringify({ checked, appointment_id: appointmentId })
  const [[row]] = await sendIdempotently<[{ patient_id: string }]>(ctx, [
    {
      rows: sql`
        select
          one.patient_id,
          append_patient_event(
            one.patient_id, 'patient.identity_confirmed', null, ${facts}::jsonb, null, ${acting(ctx)}
          ) as recorded
        from appointments one
        where one.id = ${appointmentId}::bigint and one.patient_id is not null and ${isTheirs}`,
    },
  ])
  if (!row) throw new NotFound('appointment')
  return { ok: true, patientId: Number(row.patient_id) }
}
