import { type SQL, sql } from 'drizzle-orm'
import type { Offer } from '../availability/find-visit-types.ts'
import { acting, composite, type WantedAppointment, wantedAppointment } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import type { Appointment } from './find.ts'
import { type Missing, type MissingRow, toMissing } from './people.ts'
import { tellBegun, tellReleased } from './tell-appointment.ts'
import { type Beginning, beginnings } from './transitions.ts'
import type { VerdictOf } from './verdicts.ts'

/** What a request for a new appointment says. A time without an offset is the location's wall clock. */
export interface Wish {
  /**
   * The columns that the request sets. Without a doctor, any who offers the visit type is meant. A hold may be for no
   * patient yet. Without a visit type, a patient means the doctor's first of exactly that length, in person if there is
   * one, and the front desk none.
   */
  wanted: WantedAppointment & { patientId: number | null }
  /** Without a doctor: any at this location, of this specialty. */
  locationId?: number | undefined
  specialty?: string | undefined
  startAt?: string | undefined
  /** Left out, the visit type says how long it takes. In a session, both times are the session's. */
  endAt?: string | undefined
  /** Who else takes part. */
  colleagueIds?: number[] | undefined
  companionIds?: number[] | undefined
  resourceIds?: number[] | undefined
  /** The walk-in who waits for it: theirs are the patient, the visit type and the location. */
  walkInId?: number | undefined
}

/** `Own` are the refusals of one beginning, such as `not_today` of a walk-in. */
type OwnRefusal = 'phone_needed' | 'too_many_holds' | 'too_many_appointments' | 'not_today'

/** Those about groups: of what is booked without a session, of a session that begins, of a place in one. */
type GroupRefusal = 'session_needed' | 'not_a_group' | 'session_full' | 'wrong_status'

export type BegunAppointment<Own = never, OfGroup = 'session_needed'> =
  | { ok: true; appointment: Appointment; visitTypeChosen?: VisitTypeChoice | undefined }
  | ({ ok: false; refusal: TimeRefusal; nextFree: NextFree | null } & Missing)
  | { ok: false; refusal: 'not_offered'; offered: Offer[] }
  | { ok: false; refusal: 'in_the_past' | 'patient_inactive' | Own | Exclude<OfGroup, 'session_full'> }
  | ('session_full' extends OfGroup ? FullSession : never)
  | { ok: false; refusal: 'invalid'; faults: BeginningFaults }

type BeginningFaults = { [Field in 'endAt' | 'colleagueIds' | 'companionIds' | 'resourceIds']?: Fault }

export interface FullSession {
  ok: false
  refusal: 'session_full'
  /** The next ones of the same visit type and location that have a place. */
  nextSessions: Appointment[]
}

type Begun = (AppointmentRow & { verdict: null } & Chosen) | Refused

/** Missing from answers that an earlier release kept. */
type Chosen = { visit_type_chosen?: VisitTypeChoice }

interface Refused extends Record<string, unknown>, Chosen {
  /** Missing from answers that an earlier release kept. */
  offered?: Offer[] | null
  id: null
  /** Null when a constraint refused. */
  verdict: VerdictOf<'judge_beginning' | 'judge_participant' | 'judge_named' | 'judge_attendance'> | null
  /** When a constraint refused: whether the patient had something else at that time. */
  patient_was_busy: boolean | null
}

/** How many slots one network address may hold at a time for no patient yet. */
const openHoldsOfAddress = 10

/** What is in the way, and the next free time on the same day; looked for only when nothing began. */
interface Surroundings extends Record<string, unknown> {
  doctor_is_taken: boolean
  patient_is_busy: boolean
  next_start_at: string | null
  next_end_at: string
  next_start_local: string
  next_end_local: string
  time_zone: string
  /** Of those who come, too: the first who cannot. Missing from answers that an earlier release kept. */
  missing?: MissingRow | null
}

/**
 * Which visit type the appointment got: the one that was `named`; of those with that length the only one, the only one in
 * person, or the one with the lowest id; none, because the front desk asked for `other_length` or named none.
 */
export interface VisitTypeChoice {
  visit_type_id: number | null
  name: string | null
  because: (typeof visitTypeChoices)[number]
}

export const visitTypeChoices = [
  'named',
  'only_one_of_that_length',
  'in_person_first',
  'lowest_id',
  'other_length',
  'none_named',
] as const

/** The next time on the same local day at which the appointment fits, for everyone. */
export interface NextFree {
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
}

/**
 * Holds or books an appointment, or takes a walk-in, in one trip, unless a rule or a constraint refuses. A refusal comes
 * with the next free time. Holding the same slot again returns the same hold.
 *
 * @param isTheirs whether the patient is the actor's business. If not, nothing begins.
 * @throws NotFound for an unknown doctor, patient or session.
 */
export async function beginAppointment<Own extends OwnRefusal, OfGroup = 'session_needed'>(
  ctx: ClinicContext,
  wish: Wish,
  beginning: Beginning,
  isTheirs?: SQL,
): Promise<BegunAppointment<Own, OfGroup>> {
  type Answers = [Begun, Surroundings | AppointmentRow, AppointmentRow, AppointmentRow]
  const begin = callToBegin(ctx, wish, beginning)
  const call = isTheirs ? sql`(select ${begin} where ${isTheirs})` : begin
  const answers: Awaited<ReturnType<typeof callIdempotently<Answers>>> | null = await callIdempotently(
    ctx,
    call,
  )
  if (!answers) throw new NotFound('patient')
  const [[begun], around, [own] = [], released = []] = answers
  if (!begun) throw new Error('begin_appointment always returns one row.')
  // Even when nothing begins, these holds are gone.
  for (const hold of released) tellReleased(ctx, hold)
  if (begun.id !== null) tellBegun(ctx, beginning, begun)
  const row = begun.id === null ? own : begun
  if (row) return { ok: true, appointment: toAppointment(row), visitTypeChosen: begun.visit_type_chosen }
  return refuse(wish, begun as Refused, around) as BegunAppointment<Own, OfGroup>
}

function callToBegin(ctx: ClinicContext, wish: Wish, beginning: Beginning): SQL {
  const { to: status, event } = beginnings[beginning]
  const { wanted, locationId, specialty, startAt, endAt, colleagueIds, companionIds, resourceIds } = wish
  const asked = composite('wish', {
    event,
    location_id: locationId,
    specialty,
    starts: startAt,
    ends: endAt,
    most_holds: openHoldsOfAddress,
    colleague_ids: colleagueIds?.length ? colleagueIds : undefined,
    companion_ids: companionIds?.length ? companionIds : undefined,
    resource_ids: resourceIds?.length ? resourceIds : undefined,
  })
  const particulars = sql`${wantedAppointment({ ...wanted, status })}, ${asked}, ${acting(ctx)}`
  if (wish.walkInId !== undefined) return sql`book_walk_in(${wish.walkInId}::bigint, ${particulars})`
  const begin = beginning === 'begin session' ? sql`begin_session` : sql`begin_appointment`
  return sql`${begin}(${particulars})`
}

function refuse(
  { wanted }: Wish,
  begun: Refused,
  // After `session_full`, other sessions.
  rows: (Surroundings | AppointmentRow)[],
): BegunAppointment<OwnRefusal, GroupRefusal> {
  const { verdict } = begun
  const around = rows[0] as Surroundings | undefined
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'no_patient':
      throw new NotFound('patient')
    case 'not_offered':
      return { ok: false, refusal: verdict, offered: begun.offered ?? [] }
    case 'no_session':
      throw new NotFound('session')
    case 'session_full':
      return { ok: false, refusal: verdict, nextSessions: (rows as AppointmentRow[]).map(toAppointment) }
    case 'in_the_past':
    case 'session_needed':
    case 'not_a_group':
    case 'wrong_status':
    case 'not_today':
    case 'too_many_holds':
    case 'too_many_appointments':
    case 'patient_inactive':
    case 'phone_needed':
      return { ok: false, refusal: verdict }
    case 'not_after_start':
    case 'too_short':
    case 'too_long':
    case 'not_the_length':
      return { ok: false, refusal: 'invalid', faults: { endAt: verdict } }
    case 'colleague_twice':
      return { ok: false, refusal: 'invalid', faults: { colleagueIds: 'named_twice' } }
    case 'companion_twice':
      return { ok: false, refusal: 'invalid', faults: { companionIds: 'named_twice' } }
    case 'no_resource':
      return { ok: false, refusal: 'invalid', faults: { resourceIds: 'unknown' } }
    case 'slot_taken':
    case null:
      return { ok: false, refusal: whoIsOccupied(wanted, begun, around), ...otherwise(around) }
    case 'beyond_horizon': // Later that day is beyond it, too.
      return { ok: false, refusal: verdict, nextFree: null }
    default:
      return { ok: false, refusal: verdict, ...otherwise(around) }
  }
}

// What was in the way may be gone by now; then what the constraint saw counts.
function whoIsOccupied({ doctorId }: WantedAppointment, begun: Refused, around: Surroundings | undefined) {
  const isTaken = doctorId !== undefined && around?.doctor_is_taken
  const isBusy = around?.patient_is_busy || begun.patient_was_busy
  if (!isTaken && !isBusy && around?.missing) return around.missing.verdict
  return isBusy && !isTaken ? 'patient_busy' : 'slot_taken'
}

const otherwise = (around: Surroundings | undefined) => ({
  nextFree: toNextFree(around),
  ...toMissing(around?.missing),
})

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
