import { type FreeTimeRow, tellFreeTime } from '../availability/free-time-changes.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendOnce } from '../once.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import type { Asked } from './asked.ts'
import { awaitOtherHolds, type Begun, beginUnlessRefused, makeRoomFor } from './begin-statements.ts'
import type { Appointment } from './find.ts'
import { selectGivenUp, selectOwnHold } from './holds.ts'
import { lookAroundUnlessBegun, type Surroundings } from './look-around.ts'
import type { Beginning } from './transitions.ts'

/** `Own` are the refusals of one beginning: `too_many_holds` of a hold, `not_today` of a walk-in. */
export type BegunAppointment<Own = never> =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: TimeRefusal; nextFree: NextFree | null }
  | { ok: false; refusal: 'in_the_past' | 'not_offered' | Own }
  | { ok: false; refusal: 'invalid'; faults: { endAt: Fault } }

/** Where so long an appointment fits later on the same local day, for this doctor and this patient. */
export interface NextFree {
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
}

/**
 * Lets an appointment begin, held or agreed, in one trip: room is made, what was asked is judged and inserted unless a
 * rule or a constraint refuses, and if so, it is looked why and where it is free. Holding again what one holds is the
 * same hold.
 *
 * @throws NotFound for an unknown doctor or patient.
 */
export async function beginAppointment<Own extends 'too_many_holds' | 'not_today' = never>(
  ctx: ClinicContext,
  wish: Asked,
  beginning: Beginning,
): Promise<BegunAppointment<Own>> {
  const isHold = beginning === 'hold'
  type Answers = [Begun, Surroundings, AppointmentRow, FreeTimeRow]
  const [[begun], [around], [own] = [], givenUp = []] = await sendOnce<Answers>(ctx, [
    ...(isHold ? [awaitOtherHolds(wish)] : []),
    makeRoomFor(ctx, wish, beginning),
    beginUnlessRefused(ctx, wish, beginning),
    lookAroundUnlessBegun(wish, ctx.now),
    ...(isHold ? [selectOwnHold(wish, ctx.now), selectGivenUp(wish, ctx.now)] : []),
  ])
  // What was given up is free, whatever came of the rest.
  tellFreeTime(ctx, [...(begun && begun.id !== null ? [begun] : []), ...givenUp])
  if (!begun) throw new Error('The statement answers with one row, whatever it decides.')
  if (begun.id !== null) return { ok: true, appointment: toAppointment({ ...begun, id: begun.id }) }
  if (own) return { ok: true, appointment: toAppointment(own) }
  return refuse(wish, begun, around) as BegunAppointment<Own>
}

function refuse(
  { doctor }: Asked,
  begun: Begun,
  around: Surroundings | undefined,
): BegunAppointment<'too_many_holds' | 'not_today'> {
  const { verdict } = begun
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'no_patient':
      throw new NotFound('patient')
    case 'in_the_past':
    case 'not_offered':
    case 'not_today':
    case 'too_many_holds':
      return { ok: false, refusal: verdict }
    case 'not_after_start':
    case 'too_short':
    case 'too_long':
    case 'not_the_length':
      return { ok: false, refusal: 'invalid', faults: { endAt: verdict } }
    case 'slot_taken':
    case null:
      return { ok: false, refusal: whoIsOccupied(doctor, begun, around), nextFree: toNextFree(around) }
    default:
      return { ok: false, refusal: verdict, nextFree: toNextFree(around) }
  }
}

// Nobody is any more, when what stood in the way went before we could look around: then it counts what was.
function whoIsOccupied(doctor: Asked['doctor'], begun: Begun, around: Surroundings | undefined) {
  const isTaken = doctor.id !== undefined && around?.doctor_is_taken
  const isBusy = around?.patient_is_busy || begun.patient_was_busy
  return isBusy && !isTaken ? 'patient_busy' : 'slot_taken'
}

function toNextFree(around: Surroundings | undefined): NextFree | null {
  if (!around?.next_start_at) return null
  return {
    startAt: new Date(around.next_start_at),
    endAt: new Date(around.next_end_at),
    startLocal: around.next_start_local,
    endLocal: around.next_end_local,
    timeZone: around.time_zone,
  }
}
