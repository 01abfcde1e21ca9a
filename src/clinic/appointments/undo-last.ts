import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting, composite, wantedAppointment } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { ToldKind } from '../happenings.ts'
import { callIdempotently } from '../idempotency.ts'
import { closed, id } from '../shapes.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import { tryAgain, whose } from './change.ts'
import type { Appointment } from './find.ts'
import { type Former, tellReleased, tellUndone } from './tell-appointment.ts'
import type { VerdictOf } from './verdicts.ts'

const undoLastInput = closed({
  id,
  /** The number of events the appointment had when the caller saw it. With it, undoing again gives the same answer. */
  version: z.int().optional(),
})

export type UndoLast = z.infer<typeof undoLastInput>

export type UndoRefusal = Exclude<VerdictOf<'judge_undo' | 'judge_reassignment'>, 'already' | 'no_patient'>

export type UndoneChange =
  | { ok: true; appointment: Appointment; undone: ToldKind }
  | { ok: false; refusal: UndoRefusal; appointment: Appointment }

type Undone = AppointmentRow & {
  verdict: UndoRefusal | 'already' | null
  /** The kind of the event that records it, and of the change that it takes back. */
  event: ToldKind
  undone: ToldKind
  former: Former
  former_patient_id: number | null
  former_status: Appointment['status']
}

/**
 * Takes back the last change that still counts, whatever it was, in one trip: what was before is read from its event. Twice
 * undoes two changes. A booking or a walk-in that the clinic has just made is cancelled. Possible on the local day of the
 * change (`not_today`); cancellations and moves also until the start. What has been taken meanwhile stays taken (`slot_taken`,
 * `patient_busy`, `resource_taken`, `session_full`). The patient hears nothing while the grace period lasts.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function undoLastChange(ctx: ClinicContext, { id, version }: UndoLast): Promise<UndoneChange> {
  const person = requireRight(ctx.actor, 'run the day')
  const change = composite('change', { ...whose({ person }), version })
  const call = sql`undo_change(${wantedAppointment({ id })}, ${change}, ${acting(ctx)})`
  const [[undone], released = []] = await tryAgain(() =>
    callIdempotently<[Undone, AppointmentRow]>(ctx, call),
  )
  for (const hold of released) tellReleased(ctx, hold)
  if (!undone) throw new NotFound('appointment')
  const appointment = toAppointment(undone)
  const { verdict, undone: kind } = undone
  if (verdict === 'already') return { ok: true, appointment, undone: kind }
  if (verdict !== null) return { ok: false, refusal: verdict, appointment }
  tellUndone(ctx, undone)
  return { ok: true, appointment, undone: kind }
}
