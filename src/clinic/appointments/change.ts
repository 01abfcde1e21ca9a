import { type SQL, sql } from 'drizzle-orm'
import { databaseErrorIn } from '../../database/connect.ts'
import type { Offer } from '../availability/find-visit-types.ts'
import { acting, type Composite, composite, type WantedAppointment, wantedAppointment } from '../composite.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import type { Appointment } from './find.ts'
import type { MissingRow } from './people.ts'
import { type Former, tellChanged, tellReassigned, tellReleased } from './tell-appointment.ts'
import { type RefusalOf, type StatusVerb, transitions, type Verb } from './transitions.ts'
import type { VerdictOf, verdicts } from './verdicts.ts'

export type ChangedAppointment<Refusal extends string = never> =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: Refusal | 'wrong_status' | 'stale'; appointment: Appointment }

interface Change<V extends Verb = Verb> {
  verb: V
  id: number
  /** Whose it must be. */
  by: Changer
  /** The event keeps it. */
  reason?: string | undefined
  /** Refuses as `stale` when the appointment has had another number of events. */
  version?: number | undefined
  /** The columns that the verb sets, besides the status. */
  wanted?: WantedAppointment
  /** Whether it must be a session: with it go all who take part. */
  isSession?: true
  /** What else it asks for. */
  asked?: Pick<Composite<'change'>, 'longer' | 'default_patient_id' | 'starts' | 'ends' | 'resource_ids'>
}

/** Who changes it: a person, what is their business; a browser, what it holds. */
export interface Changer {
  person: Person | null
  browserId?: string | undefined
}

/** The appointment as it is now, and why it was not changed. */
type Changed<Verdict> = AppointmentRow & {
  verdict: Verdict | null
  /** These are missing from answers that an earlier release kept. */
  next_start_at?: string | null
  missing?: MissingRow | null
  offered?: Offer[] | null
  former?: Former
  former_patient_id?: number | null
  next_sessions?: AppointmentRow[] | null
  busy_participants?: number[] | null
  /** What the patient has at that time, when that is why it was not given to them. */
  conflict?: AppointmentRow | null
}

/**
 * Changes one appointment in one trip: locked, judged, changed and recorded. When it is already what it should become, the
 * verdict is `already` and nothing is recorded.
 *
 * @throws NotFound for an unknown appointment, or one that is none of the actor's business.
 */
export async function changeAppointment<V extends Verb>(
  ctx: ClinicContext,
  change: Change<V>,
  noun: 'appointment' | 'hold' | 'session' = 'appointment',
): Promise<Changed<Verdicts<V>>> {
  const call = callToChange(ctx, change)
  type Answers = [Changed<Verdicts<V>>, AppointmentRow, Participant]
  const [[changed], released = [], participants = []] = await tryAgain(() =>
    callIdempotently<Answers>(ctx, call),
  )
  // Even when nothing changes, these holds are gone.
  for (const hold of released) tellReleased(ctx, hold)
  if (!changed) throw new NotFound(noun)
  if (changed.verdict === null) tell(ctx, change.verb, changed)
  for (const { former, ...row } of participants) tellParticipant(ctx, change.verb, row, former)
  return changed
}

function tell(ctx: ClinicContext, verb: Verb, changed: Changed<unknown>): void {
  if (verb === 'reassign') tellReassigned(ctx, changed, changed.former_patient_id ?? null)
  else tellChanged(ctx, verb, changed, changed.former)
}

type Participant = AppointmentRow & { former: Former }

// Their places that were only held are released, and requests that were late lapse.
function tellParticipant(ctx: ClinicContext, verb: Verb, row: AppointmentRow, former: Former): void {
  const hadEnd = former.hold_expires_at !== null
  // A released hold keeps its end, and a request that was cancelled in time does not.
  const wasHeld = hadEnd && (row.hold_expires_at !== null || new Date(former.hold_expires_at ?? 0) <= ctx.now)
  if (row.status === 'cancelled' && wasHeld) tellReleased(ctx, row)
  else if (verb === 'cancel' || verb === 'reschedule') tellChanged(ctx, verb, row, former)
}

type Verdicts<V extends Verb> = V extends StatusVerb
  ? VerdictOf<'judge_change'> | RefusalOf<V>
  :
      | VerdictOf<(typeof judges)[Exclude<V, StatusVerb>][number]>
      | (V extends 'reschedule' | 'change visit type' ? VerdictOf<'judge_attendance'> : never)

const judges = {
  reschedule: ['judge_move', 'judge_session_move'],
  'change visit type': ['judge_visit_type', 'judge_move'],
  reassign: ['judge_reassignment'],
  'book hold': ['judge_hold_booking'],
} as const satisfies Record<Exclude<Verb, StatusVerb>, (keyof typeof verdicts)[]>

/** As `changeAppointment`, for verbs that keep the time and the people. */
export async function changeStatus<V extends StatusVerb>(
  ctx: ClinicContext,
  change: Change<V>,
  noun?: 'hold' | 'session',
): Promise<ChangedAppointment<RefusalOf<V>>> {
  const changed = await changeAppointment(ctx, change, noun)
  const appointment = toAppointment(changed)
  const verdict = changed.verdict as VerdictOf<'judge_change'> | RefusalOf<V> | null
  if (verdict === null || verdict === 'already') return { ok: true, appointment }
  return { ok: false, refusal: verdict, appointment }
}

function callToChange(ctx: ClinicContext, change: Change): SQL {
  const { from, event, ...transition } = transitions[change.verb]
  const status = 'to' in transition ? transition.to : undefined
  const { id, by, version, reason, wanted, asked, isSession } = change
  const given = composite('change', {
    event,
    from_statuses: from,
    ...whose(by),
    version,
    reason,
    ...asked,
  })
  const changing = isSession ? sql`change_session` : sql`change_appointment`
  return sql`${changing}(${wantedAppointment({ ...wanted, id, status })}, ${given}, ${acting(ctx)})`
}

export function whose({ person, browserId }: Changer) {
  return {
    of_anyone: person?.kind === 'front_desk' || person?.kind === 'admin',
    of_patients: person?.kind === 'patient' ? person.patientIds : null,
    of_doctor: person?.kind === 'doctor' ? person.doctorId : null,
    of_browser: browserId,
  }
}

/**
 * Tries again when a constraint refused: another request took the time between our check and our write, and the next check
 * sees it. Nothing of the first attempt was kept.
 */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (databaseErrorIn(error)?.code !== '23P01' || tried === 3) throw error
    }
  }
}
