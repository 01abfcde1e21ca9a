import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting, composite, wantedAppointment } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import type { Fault } from '../refusals.ts'
import { closed, id, remark } from '../shapes.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import { tryAgain } from './change.ts'
import type { Appointment } from './find.ts'
import { type MissingPerson, type MissingRow, peopleInput, toMissing } from './people.ts'
import { tellPeopleChanged, tellReleased } from './tell-appointment.ts'
import type { VerdictOf } from './verdicts.ts'

export const changePeopleInput = closed({
  id,
  colleagueIds: peopleInput.colleagueIds,
  companionIds: peopleInput.companionIds,
  /** Lets a colleague come outside their hours. */
  overrideReason: remark.optional(),
  /** The number of events the appointment had when the caller saw it. */
  version: z.int().optional(),
})

export type ChangePeople = z.infer<typeof changePeopleInput>

export type ChangedPeople =
  | { ok: true; appointment: Appointment }
  | {
      ok: false
      refusal:
        | 'patient_busy'
        | 'resource_taken'
        | 'outside_hours'
        | 'patient_inactive'
        | 'wrong_status'
        | 'stale'
      missing?: MissingPerson
    }
  | { ok: false; refusal: 'invalid'; faults: { colleagueIds?: Fault; companionIds?: Fault } }

type Changed = AppointmentRow & {
  verdict: VerdictOf<'judge_named' | 'judge_attendance'> | 'already' | 'stale' | 'wrong_status' | null
  former_elsewhere: AppointmentRow['elsewhere']
  missing: MissingRow | null
}

/**
 * Changes who takes part besides the doctor and the patient, all or nothing and in one trip. People who are
 * no longer named leave. Changing again gives the same answer.
 *
 * @throws NotFound for an unknown appointment, colleague or companion; NotSignedIn, Forbidden.
 */
export async function changePeople(
  ctx: ClinicContext,
  { id, colleagueIds, companionIds, overrideReason, version }: ChangePeople,
): Promise<ChangedPeople> {
  requireRight(ctx.actor, 'reassign appointments')
  const wish = composite('wish', { colleague_ids: colleagueIds ?? [], companion_ids: companionIds ?? [] })
  const change = composite('change', { version, reason: overrideReason })
  const wanted = wantedAppointment({ id, overrideReason })
  const call = sql`change_people(${wanted}, ${wish}, ${change}, ${acting(ctx)})`
  const [[changed], released = []] = await tryAgain(() =>
    callIdempotently<[Changed, AppointmentRow]>(ctx, call),
  )
  for (const hold of released) tellReleased(ctx, hold)
  if (!changed) throw new NotFound('appointment')
  if (changed.verdict !== null && changed.verdict !== 'already')
    return refuse(changed.verdict, changed.missing)
  if (changed.verdict === null) tellPeopleChanged(ctx, changed, changed.former_elsewhere ?? null)
  return { ok: true, appointment: toAppointment(changed) }
}

function refuse(
  verdict: Exclude<Changed['verdict'], 'already' | null>,
  missing: MissingRow | null,
): ChangedPeople {
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'no_patient':
      throw new NotFound('patient')
    case 'colleague_twice':
      return { ok: false, refusal: 'invalid', faults: { colleagueIds: 'named_twice' } }
    case 'companion_twice':
      return { ok: false, refusal: 'invalid', faults: { companionIds: 'named_twice' } }
    case 'slot_taken':
    case 'no_resource':
      throw new Error('Only a new appointment is refused so.')
    case 'stale':
    case 'wrong_status':
      return { ok: false, refusal: verdict }
    default:
      return { ok: false, refusal: verdict, ...toMissing(missing) }
  }
}
