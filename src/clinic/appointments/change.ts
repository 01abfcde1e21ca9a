import { type SQL, sql } from 'drizzle-orm'
import { databaseErrorIn } from '../../database/connect.ts'
import { isDesk } from '../accounts/guard.ts'
import { type ClinicContext, type Idempotency, type Person, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import type { Appointment } from './find.ts'
import { type Former, tellChanged } from './tell-appointment.ts'
import { transitions, type Verb } from './transitions.ts'

export type ChangedAppointment<Refusal extends string = never> =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: Refusal | 'wrong_status' | 'stale'; appointment: Appointment }

interface Change {
  verb: Verb
  id: number
  /** Whose it must be. */
  by: Changer
  reason?: string | undefined
  /** Refuses as `stale` when the appointment has had another number of events. */
  version?: number | undefined
  /** What else the verb asks for; by the names of `change_appointment`. */
  asked?: {
    longer?: string
    for_patient?: number | undefined
    or_else?: number | undefined
    visit_reason?: string | undefined
    to_doctor?: number | undefined
    starts?: string
    ends?: string | undefined
  }
}

/** Who changes it: a person what is their business, and whoever has the browser what it holds. */
export interface Changer {
  person: Person | null
  browserId?: string | undefined
}

/** The appointment as it is now, and why it was not changed. */
type Changed = AppointmentRow & {
  verdict: string | null
  /** These are missing from answers that an earlier release kept. */
  next_start_at?: string | null
  former?: Former
}

/**
 * Lets one appointment go on, in one trip: locked, judged, changed and recorded. What is there already is answered as it is
 * (`already`), and nothing is recorded twice.
 *
 * @throws NotFound for an unknown appointment, or one that is none of the actor's business.
 */
export async function changeAppointment(
  ctx: ClinicContext,
  change: Change,
  noun: 'appointment' | 'hold' = 'appointment',
): Promise<Changed> {
  const [[changed]] = await lookAgain(() =>
    callIdempotently<[Changed]>(ctx, (claim) => callToChange(ctx, change, claim)),
  )
  if (!changed) throw new NotFound(noun)
  if (changed.verdict === null) tellChanged(ctx, change.verb, changed, changed.former)
  return changed
}

/** As `changeAppointment`, from one status to the next. */
export async function changeStatus<Refusal extends string>(
  ctx: ClinicContext,
  change: Change & { verb: Exclude<Verb, 'reschedule' | 'book hold'> },
  noun?: 'hold',
): Promise<ChangedAppointment<Refusal>> {
  const changed = await changeAppointment(ctx, change, noun)
  const appointment = toAppointment(changed)
  const verdict = changed.verdict as Refusal | 'wrong_status' | 'stale' | 'already' | null
  if (verdict === null || verdict === 'already') return { ok: true, appointment }
  return { ok: false, refusal: verdict, appointment }
}

function callToChange(ctx: ClinicContext, change: Change, claim: Idempotency | null): SQL {
  const { from, to, event } = transitions[change.verb]
  const { actor, now, requestId } = ctx
  const acting = personOf(actor)
  const given = {
    of_appointment: change.id,
    event,
    from_statuses: inArray(from),
    to_status: to,
    ...whose(change.by),
    by_desk: isDesk(actor),
    as_of: now.toISOString(),
    actor_kind: acting?.kind ?? actor.kind,
    of_account: acting?.accountId,
    of_api_key: actor.kind === 'api_client' ? actor.keyId : null,
    of_request: requestId,
    claimed_key: claim?.key,
    fingerprint: claim?.fingerprint,
    of_version: change.version,
    why: change.reason,
    ...change.asked,
  }
  const named = Object.entries(given).map(([name, value]) => sql`${sql.raw(name)} => ${value ?? null}`)
  return sql`change_appointment(${sql.join(named, sql`, `)})`
}

function whose({ person, browserId }: Changer) {
  const isAnybodys = person?.kind === 'front_desk' || person?.kind === 'admin'
  return {
    of_anybody: isAnybodys,
    of_patients: person?.kind === 'patient' ? inArray(person.patientIds) : null,
    of_doctor: person?.kind === 'doctor' ? person.doctorId : null,
    of_stranger: browserId,
  }
}

/** As PostgreSQL writes an array; of numbers, or of words without a comma. */
const inArray = (values: readonly (number | string)[]) => `{${values.join()}}`

/**
 * Asks once more when a constraint refused: between our look and the write somebody else was quicker, and the second
 * look sees them. Nothing of the first was kept.
 */
async function lookAgain<T>(ask: () => Promise<T>): Promise<T> {
  for (let looked = 1; ; looked++) {
    try {
      return await ask()
    } catch (error) {
      if (databaseErrorIn(error)?.code !== '23P01' || looked === 3) throw error
    }
  }
}
