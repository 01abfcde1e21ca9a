import type { Role } from '../../drizzle/schema/accounts.ts'
import type { SecurityEventKind } from '../../drizzle/schema/security-events.ts'
import type { EventKind } from './events.ts'

/**
 * Something that a verb has changed. Verbs pass it to `ctx.tell` after their commit; src/edge/listeners.ts lists the
 * listeners. Sign-ins, counted failures and the nightly clean-up change nothing that a listener needs, and are not told.
 */
export type Happening = { [Kind in keyof Facts]: { kind: Kind } & Facts[Kind] & Deed }[keyof Facts]

/** Listeners run after the answer. One that fails is reported and affects nothing else. */
export type Listener = (happening: Happening) => void | Promise<void>

/** When it was done and who did it, in the words of the event row. */
export interface Deed {
  at: Date
  actorKind: Role | 'system' | 'anonymous'
}

/** Who did something too often: one network, the networks around it, the people who try one mailbox, or everyone together. */
export type AlarmSubject = 'network' | 'wider' | 'mailbox' | 'everyone'

/** A corrected time zone concerns too many appointments to tell each: `location.changed` stands for all of them. */
export type ToldKind = Exclude<EventKind, 'appointment.time_zone_corrected'>

/** What each kind of happening carries: ids and dates, never names or what people wrote. */
interface Facts extends Record<ToldKind, AppointmentFacts> {
  'appointment.reassigned': AppointmentFacts & { formerPatientId: number | null }
  /** The patient, or someone who acts for them, says that they will come. */
  'appointment.accepted': { appointmentId: number }
  'weekly_hours.changed': { doctorId: number }
  'time_off.entered': TimeOffFacts
  /** Another reason, or at all locations instead of one; the time is the same. */
  'time_off.changed': TimeOffFacts
  'time_off.withdrawn': TimeOffFacts
  'closure.entered': ClosureFacts
  /** Another reason; the time is the same. */
  'closure.changed': ClosureFacts
  'closure.withdrawn': ClosureFacts
  'visit_type.defined': { visitTypeId: number }
  'visit_type.changed': { visitTypeId: number }
  /** A doctor offers other visit types than before. */
  'visit_types.offered': { doctorId: number }
  'doctor.hired': { doctorId: number; locationId: number }
  'doctor.changed': { doctorId: number; locationId: number }
  'location.opened': { locationId: number }
  'location.changed': { locationId: number }
  'resource.added': ResourceFacts
  'resource.changed': ResourceFacts
  'resource_hours.changed': ResourceFacts
  'resource_absence.entered': ResourceAbsenceFacts
  /** Another reason; the time is the same. */
  'resource_absence.changed': ResourceAbsenceFacts
  'resource_absence.withdrawn': ResourceAbsenceFacts
  'travel_times.changed': Record<never, never>
  'patient.registered': { patientId: number }
  /** One record took the place of another; each appointment that moved is told, too. */
  'patient.merged': { patientId: number; intoId: number }
  'patient.unmerged': { patientId: number; intoId: number }
  'patient.corrected': { patientId: number }
  /** The front desk must know something of them, or no longer. */
  'patient.flagged': { patientId: number }
  /** All that was kept about them is gone. */
  'patient.erased': { patientId: number }
  /** Someone's mailbox. */
  'patient.invited': { patientId: number }
  /** An account may act for the patient. */
  'patient.linked': { patientId: number; accountId: number }
  /** A new account has a name and a patient. */
  'account.completed': { accountId: number; patientId: number }
  /** Another role, or another doctor. */
  'account.changed': { accountId: number }
  /** It is due again, at once. */
  'message.resent': { messageId: number }
  'message.stopped': { messageId: number }
  'walk_in.added': WalkInFacts
  /** They have an appointment now; it is told, too. */
  'walk_in.booked': WalkInFacts
  'walk_in.left': WalkInFacts
  /** They wait again. */
  'walk_in.returned': WalkInFacts
  'day_note.added': DayNoteFacts
  'day_note.cleared': DayNoteFacts
  /** It is shown again. */
  'day_note.restored': DayNoteFacts
  /** Somebody said that an appointment stays although something is in its way, or took that back. */
  'stranding.changed': { appointmentId: number; locationId: number }
  'settings.changed': Record<never, never>
  'api_key.issued': { apiKeyId: number; accountId: number }
  'api_key.revoked': { apiKeyId: number }
  /** Something was done so often within an hour that an admin should look. */
  'alarm.raised': { what: SecurityEventKind; by: AlarmSubject; times: number }
}

export interface AppointmentFacts {
  appointmentId: number
  /** The number of its events including this one. With the id, it shows when a happening is repeated. */
  version: number
  patientId: number | null
  /** Null when the appointment has just begun. */
  before: Occupancy | null
  after: Occupancy
}

/** Whose calendar an appointment is in. */
export interface Occupancy extends Days {
  doctorId: number
  /** Null only in the answer to a retry whose first answer was kept by an earlier release. */
  locationId: number | null
  /**
   * Whose free time it changes besides, and where: at other locations of the doctor, and of others who take part. Null, when
   * that might be anyone's, because it takes a room or something else that they need too.
   */
  elsewhere?: { doctorId: number; locationId: number }[] | null
  /** False once it is cancelled or missed, and for a hold that has expired. */
  occupies: boolean
}

/** Local dates at the location, both included. Buffers may reach into the day before or after. */
interface Days {
  from: string
  to: string
}

interface TimeOffFacts extends Days {
  timeOffId: number
  doctorId: number
  /** Where the doctor is away. */
  locationIds: number[]
}

interface ClosureFacts extends Days {
  closureId: number
  locationId: number
}

interface WalkInFacts {
  walkInId: number
  locationId: number
}

interface DayNoteFacts {
  dayNoteId: number
  locationId: number
}

interface ResourceFacts {
  resourceId: number
  locationId: number
}

interface ResourceAbsenceFacts extends Days, ResourceFacts {
  absenceId: number
}
