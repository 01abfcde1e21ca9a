import { type SQL, sql } from 'drizzle-orm'
import { type ClinicContext, type Idempotency, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import type { Appointment } from './find.ts'
import { tellBegun, tellReleased } from './tell-appointment.ts'
import { type Beginning, beginnings } from './transitions.ts'

/** Who, with whom and when, as it was asked for; a time without offset is the location's wall clock. */
export interface Asked {
  /** One doctor, or without an id any who offers the visit type; there, and of that specialty, when these are given. */
  doctor: { id: number | undefined; locationId: number | undefined; specialty: string | undefined }
  /** Null for a hold that is for no patient yet. */
  patientId: number | null
  /** Left out, a patient means the doctor's first visit type of exactly that length, and the front desk none. */
  visitTypeId: number | undefined
  startAt: string
  /** Left out, the length is the visit type's. */
  endAt: string | undefined
  /** The front desk is not bound by the grid, the notice, the horizon and the cap. */
  byDesk: boolean
  overrideReason: string | undefined
  reasonForVisit: string | undefined
  /** Of a hold. */
  holdExpiresAt: Date | null
  /** Of a hold: the browser that asks, or a name that nobody comes back to. */
  strangerId: string | null
  /** Of a hold for no patient yet that a browser asks for: where it comes from. */
  strangerAddressHash: string | null
}

/** `Own` are the refusals of one beginning: `too_many_holds` of a hold, `not_today` of a walk-in. */
export type BegunAppointment<Own = never> =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: TimeRefusal; nextFree: NextFree | null }
  | { ok: false; refusal: 'in_the_past' | 'not_offered' | Own }
  | { ok: false; refusal: 'invalid'; faults: { endAt: Fault } }

/** `id` is null when the verdict, or a constraint, was against it. */
type Begun = (AppointmentRow & { verdict: null }) | Refused

interface Refused extends Record<string, unknown> {
  id: null
  verdict: Verdict | null
  /** When a constraint refused: whether the patient had something else at that time, when we looked. */
  patient_was_busy: boolean | null
}

/** Why nothing begins; without one a constraint was against it. */
export type Verdict =
  | 'no_doctor'
  | 'no_patient'
  | 'not_offered'
  | 'not_after_start'
  | 'too_short'
  | 'too_long'
  | 'not_the_length'
  | 'in_the_past'
  | 'not_today'
  | 'too_many_holds'
  | 'outside_hours'
  | 'short_notice'
  | 'beyond_horizon'
  | 'off_grid'
  | 'day_full'
  | 'slot_taken'

/** How many slots one patient may hold at a time. */
const openHolds = 2

/** How many slots may be held at a time for no patient yet from one network address. */
const openHoldsOfAddress = 10

/** What stands in the way, and where it is free on the same day; looked for only when nothing began. */
interface Surroundings extends Record<string, unknown> {
  doctor_is_taken: boolean
  patient_is_busy: boolean
  next_start_at: string | null
  next_end_at: string
  next_start_local: string
  next_end_local: string
  time_zone: string
}

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
  type Answers = [Begun, Surroundings, AppointmentRow, AppointmentRow]
  const [[begun], [around], [own] = [], released = []] = await callIdempotently<Answers>(ctx, (claim) =>
    callToBegin(ctx, wish, beginning, claim),
  )
  if (!begun) throw new Error('begin_appointment always returns one row.')
  // Even when nothing begins, these holds are gone.
  for (const hold of released) tellReleased(ctx, hold)
  if (begun.id !== null) tellBegun(ctx, beginning, begun)
  if (begun.id !== null) return { ok: true, appointment: toAppointment(begun) }
  if (own) return { ok: true, appointment: toAppointment(own) }
  return refuse(wish, begun, around) as BegunAppointment<Own>
}

function callToBegin(ctx: ClinicContext, wish: Asked, beginning: Beginning, claim: Idempotency | null): SQL {
  const { to, event } = beginnings[beginning]
  const { actor, now, requestId } = ctx
  const person = personOf(actor)
  const { doctor, patientId } = wish
  const given = [
    ...[to, event, doctor.id, doctor.locationId, doctor.specialty, patientId, wish.visitTypeId],
    ...[wish.startAt, wish.endAt, wish.byDesk, wish.overrideReason, wish.reasonForVisit],
    ...[wish.holdExpiresAt?.toISOString(), wish.strangerId, wish.strangerAddressHash],
    ...[patientId === null ? openHoldsOfAddress : openHolds, now.toISOString()],
    ...[person?.kind ?? actor.kind, person?.accountId, actor.kind === 'api_client' ? actor.keyId : null],
    ...[requestId, claim?.key, claim?.fingerprint],
  ]
  const values = given.map((value) => sql`${value ?? null}`)
  return sql`begin_appointment(${sql.join(values, sql`, `)})`
}

function refuse(
  { doctor }: Asked,
  begun: Refused,
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
function whoIsOccupied(doctor: Asked['doctor'], begun: Refused, around: Surroundings | undefined) {
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
