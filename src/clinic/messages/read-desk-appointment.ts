import { eq, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import type { patientFlags } from '../../../drizzle/schema/patient-flags.ts'
import { isDesk, isStaff } from '../accounts/guard.ts'
import { type Appointment, selectAppointments } from '../appointments/find.ts'
import { type TypeInstead, typesInstead } from '../appointments/types-instead.ts'
import type { VerdictOf } from '../appointments/verdicts.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { EventKind } from '../events.ts'
import type { IdentityFact } from '../patients/confirm-identity.ts'
import { camelKeys } from '../snake-case.ts'
import { type MessageThread, threadOf, toThread } from './thread.ts'

/** What an event says about an appointment, in words. */
export interface HistoryFacts {
  status: Appointment['status']
  startLocal: string
  endLocal: string
  doctor: string | null
  location: string | null
  visitType: string | null
  patient: string | null
  rooms: string[]
}

export interface HistoryEvent {
  number: number
  kind: EventKind
  at: string
  atLocal: string
  actor: string
  /** Of the account, when it has one. */
  name: string | null
  reason: string | null
  /** The number of the event that it takes back. */
  undoes: number | null
  was: HistoryFacts | null
  became: HistoryFacts
}

/** Whom the front desk has before them. */
export interface PatientCard {
  id: number
  name: string
  calledName: string | null
  birthDate: string | null
  age: number | null
  recordNumber: string | null
  phone: string | null
  email: string | null
  languages: string[]
  preferredChannel: string | null
  note: string | null
  isDeceased: boolean
  flags: (typeof patientFlags)[number][]
  dependants: { id: number; name: string; birthDate: string | null }[]
  /** Three to come and three past ones at most. */
  appointments: {
    id: number
    status: Appointment['status']
    startLocal: string
    isPast: boolean
    doctor: string
    visitType: string | null
    overrideReason: string | null
    /** Why it was cancelled or declined. */
    offBecause: string | null
  }[]
  appointmentCount: number
  /** Of the last five appointments that they had: all, and those they missed. */
  kept: number
  missed: number
  identity: { at: string; name: string | null; checked: IdentityFact[] } | null
}

/** The last change that still counts. */
export interface LastChange {
  /** Why it cannot be undone; null when it can. */
  verdict: VerdictOf<'judge_undo' | 'judge_reassignment'> | null
  kind: EventKind
  at: string
  /** Whether the reader made it, and within the grace period. */
  isOwn: boolean
  isFresh: boolean
}

export interface DeskAppointmentContent {
  appointment: Appointment
  thread: MessageThread
  specialty: string
  nowLocal: string
  /** Until then what was changed can be undone without anyone being told; null when nobody is still to be told. */
  toldLocal: string | null
  isToday: boolean
  /** Doctors change only their own. */
  mayChange: boolean
  history: HistoryEvent[]
  walkInNumber: number | null
  undo: LastChange | null
  /** Null for a doctor who only looks at another's day, and without a patient. */
  patient: PatientCard | null
  /** For the front desk: the other visit types that it may get, by name. */
  otherTypes: TypeInstead[]
}

type Rest = Omit<DeskAppointmentContent, 'appointment' | 'thread' | 'otherTypes'>

/**
 * An appointment as the front desk and its doctor see it: with its history, its messages and the patient, in one trip. That
 * the patient's card was opened is recorded.
 *
 * @throws NotFound when there is none, or it is none of the actor's business, and for everyone else.
 */
export async function readDeskAppointment(ctx: ClinicContext, id: number): Promise<DeskAppointmentContent> {
  if (!isStaff(ctx.actor)) throw new NotFound('appointment')
  const rest = sql`select desk_appointment(${id}::bigint, ${acting(ctx)}) as rest`
  const opened = sql`
    select record_patient_access((rest -> 'patient' ->> 'id')::bigint, 'record', ${acting(ctx)})
    from (${rest}) read
    where rest -> 'patient' ->> 'id' is not null`
  const [[appointment], said, { rows }, , offered = []] = await ctx.db.batch([
    selectAppointments(ctx.db).where(eq(appointments.id, id)),
    threadOf(ctx, id),
    ctx.db.execute<{ rest: object | string | null }>(rest),
    ctx.db.execute(opened),
    ...(isDesk(ctx.actor) ? [typesInstead(ctx, id)] : []),
  ])
  const [row] = rows
  if (!appointment || !row?.rest) throw new NotFound('appointment')
  const thread = toThread(said.rows, isDesk(ctx.actor))
  // Some paths answer with JSON that is parsed already, others with its text.
  const read = typeof row.rest === 'string' ? JSON.parse(row.rest) : row.rest
  const otherTypes = offered.filter((type) => type.id !== appointment.visitType?.id)
  return { appointment, thread, otherTypes, ...(camelKeys(read) as Rest) }
}
