import * as z from 'zod'
import { visitTypeChoices } from '../clinic/appointments/begin.ts'
import { appointmentStatuses } from '../clinic/appointments/find.ts'
import { defineVisitTypeInput } from '../clinic/availability/define-visit-type.ts'
import { eventKinds } from '../clinic/events.ts'
import { changeClinicSettingsInput } from '../clinic/settings/change.ts'
import type { Snake } from '../clinic/snake-case.ts'

// The compiler holds the serialisers to these types, and the tests hold every answer to these shapes. Production
// imports only the types and parses nothing with them.

export const known = z.int().min(1)
export const instant = z.string().meta({ format: 'date-time', description: 'In UTC' })
export const local = z.string().meta({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$',
  description: 'Local time at the location',
})
export const zone = z.string().describe('IANA time zone of the location')
export const date = z.string().meta({ format: 'date' })
const clockTime = z.string().meta({
  pattern: '^\\d\\d:\\d\\d$',
  description: 'Local time at the location; 24:00 is the end of the day',
})
const weekday = z.int().min(1).max(7).describe('ISO 8601: 1 is Monday, 7 is Sunday')
const mode = defineVisitTypeInput.shape.mode.unwrap()

export const appointment = z
  .object({
    id: known,
    doctor_id: known,
    patient_id: known.nullable().describe('Null for a hold that has no patient yet, and for a session'),
    visit_type_id: known.nullable().describe('Null if the front desk booked it without a visit type'),
    location_id: known,
    status: z.enum(appointmentStatuses).describe('FHIR R4 status; `pending` is a hold or waits for approval'),
    start_at: instant,
    end_at: instant,
    start_local: local,
    end_local: local,
    time_zone: zone,
    awaits_approval_until: instant
      .nullable()
      .describe('Until when the clinic can confirm or decline it; null unless it waits for that'),
    decline_reason: z.string().nullable().describe('Why the clinic declined it'),
    reason_for_visit: z.string().nullable().describe('In the patient’s own words; null to companions'),
    participants: z
      .array(
        z.object({
          type: z.enum(['doctor', 'patient']),
          id: known,
          name: z.string(),
          role: z.string().optional().describe('What a colleague does here, such as `nurse`'),
        }),
      )
      .describe('Everyone who takes part: the doctor and the patient first, then colleagues and companions'),
    resources: z
      .array(z.object({ id: known, type: z.enum(['room', 'device']), kind: z.string(), name: z.string() }))
      .describe('Rooms and devices it takes; patients see only the rooms'),
    session_id: known.nullable().describe('The session that the patient takes part in, if it is for a group'),
    capacity: z.int().optional().describe('Only of a session: how many patients may take part'),
    places_taken: z.int().optional().describe('Only of a session: how many take part'),
    series_id: known.nullable().describe('The series that it was booked with'),
    override_reason: z
      .string()
      .nullable()
      .optional()
      .describe('Why it was booked outside the doctor’s hours. Only staff can see it.'),
  })
  .meta({ id: 'Appointment', description: 'An appointment of a patient with a doctor' })

export const hold = appointment
  .omit({
    reason_for_visit: true,
    series_id: true,
    override_reason: true,
    resources: true,
    participants: true,
    capacity: true,
    places_taken: true,
    awaits_approval_until: true,
    decline_reason: true,
  })
  .extend({ expires_at: instant.nullable().describe('The slot is held until then; null once it is booked') })
  .meta({
    id: 'Hold',
    description: 'A slot held for ten minutes. Once booked, the appointment has the same id.',
  })

export const visitTypeChosen = z
  .object({
    visit_type_id: known.nullable(),
    name: z.string().nullable(),
    because: z
      .enum(visitTypeChoices)
      .describe(
        '`named`: you sent it. `only_one_of_that_length`: no other has that length. `in_person_first`: the others of that length are not in person. `lowest_id`: several fit equally well. `other_length`: none, because `end_at` is not that of the visit type you sent. `none_named`: none, because the front desk sent none.',
      ),
  })
  .meta({
    id: 'VisitTypeChosen',
    description: 'The visit type the appointment got, and why. Missing if you book a hold.',
  })

export const session = z
  .object({
    id: known,
    visit_type_id: known,
    doctor_id: known,
    location_id: known,
    status: z.enum(appointmentStatuses),
    start_at: instant,
    end_at: instant,
    start_local: local,
    end_local: local,
    time_zone: zone,
    capacity: z.int().describe('How many patients may take part'),
    places_left: z.int().describe('How many places are still free'),
    participants: z.array(appointment).optional().describe('Who takes part. Only staff can see it.'),
  })
  .meta({
    id: 'Session',
    description: 'A time at which a doctor sees a group. It never shows patients who else takes part.',
  })

export const appointmentEvent = z
  .object({
    number: known.describe('Counts up from 1 without gaps'),
    kind: z.enum(eventKinds),
    at: instant,
    actor: z.string().describe('The role of the person or system that made the change'),
    account_id: known.nullable(),
    api_key_id: known.nullable(),
    request_id: z.string().nullable().describe('The `X-Request-Id` of the request that made the change'),
    reason: z.string().nullable(),
    before: z.unknown().meta({
      type: ['object', 'null'],
      description: 'The appointment before the change; null if it did not exist',
    }),
    after: z.unknown().meta({
      type: 'object',
      description:
        'The appointment after the change. It has `room_ids`, `device_ids`, `colleague_ids` and `companion_ids` when it takes any.',
    }),
  })
  .meta({ id: 'AppointmentEvent', description: 'A change to an appointment. Events never change.' })

export const slot = z
  .object({
    start_at: instant,
    end_at: instant,
    start_local: local,
    end_local: local,
    time_zone: zone,
    visit_type_id: known,
    doctor_id: known,
    doctor_name: z.string(),
    location_id: known,
    location_name: z.string(),
  })
  .meta({ id: 'Slot', description: 'A start that can be booked right now' })

const needTimes = {
  before_minutes: z.int().describe('Time it is taken before the appointment'),
  after_minutes: z.int().describe('Time it is taken after the appointment, such as for cleaning'),
}

const need = z.union([
  z.object({
    type: z.literal('role'),
    role: z.string().describe('A person with this role'),
    specialty: z.string().nullable().describe('Null means any'),
    ...needTimes,
  }),
  z.object({
    type: z.enum(['room', 'device']),
    kinds: z.array(z.string()).describe('One room or device of any of these kinds'),
    ...needTimes,
  }),
])

export const visitType = z
  .object({
    id: known,
    name: z.string(),
    mode,
    minutes: z.int(),
    buffer_before_minutes: z.int().describe('Time the doctor needs before the appointment'),
    buffer_after_minutes: z.int().describe('Time the doctor needs after the appointment'),
    notice_minutes: z.int().describe('How long before the start it can still be booked'),
    cancellation_notice_minutes: z
      .int()
      .describe('How long before the start the patient can still cancel or reschedule it'),
    horizon_days: z.int().describe('How many days ahead it can be booked'),
    daily_cap: z.int().nullable().describe('Maximum per doctor and day; null means no limit'),
    bookable_online: z.boolean().describe('If false, only the front desk can book it'),
    requires_approval: z.boolean().describe('If true, what patients book waits until the clinic confirms it'),
    approval_hours: z
      .int()
      .describe('How many hours the clinic has to decide, but never longer than until the start'),
    needs: z
      .array(need)
      .describe(
        'The people, rooms and devices that every appointment takes besides its doctor, a different one for each need, all at the same location. A location that cannot meet a need has no slots.',
      ),
    is_active: z.boolean().describe('False once it is withdrawn: nobody can book it'),
    capacity: z
      .int()
      .nullable()
      .describe('How many patients a session has room for; null if it is for one patient'),
  })
  .meta({ id: 'VisitType', description: 'A kind of appointment and its booking rules' })

export const doctor = z
  .object({
    id: known,
    name: z.string(),
    specialty: z.string(),
    grid_minutes: z.int().describe('Appointments start at multiples of this many minutes after midnight'),
    is_active: z.boolean().describe('False once they are retired: nobody can book them'),
    locations: z
      .array(z.object({ id: known, name: z.string(), time_zone: zone }))
      .describe('Where they work, all in one time zone'),
    location: z
      .object({ id: known, name: z.string(), time_zone: zone })
      .meta({ deprecated: true, description: 'The first of `locations`' }),
    weekly_hours: z
      .array(z.object({ weekday, opens_at: clockTime, closes_at: clockTime, location_id: known }))
      .describe('The hours that apply today'),
    visit_types: z.array(z.object({ id: known, name: z.string(), mode, minutes: z.int() })),
  })
  .meta({ id: 'Doctor', description: 'A doctor who can be booked' })

export const hiredDoctor = z
  .object({
    id: known,
    name: z.string(),
    location_ids: z.array(known),
    location_id: known.meta({ deprecated: true, description: 'The first of `location_ids`' }),
    specialty: z.string(),
    grid_minutes: z.int(),
  })
  .meta({ id: 'HiredDoctor', description: 'A new doctor, without hours and visit types' })

export const weeklyHours = z
  .object({
    weekday,
    opens_at: clockTime,
    closes_at: clockTime,
    starts_on: date.nullish().describe('The first day these hours apply; null or absent means no limit'),
    ends_on: date.nullish().describe('The last day these hours apply; null or absent means no limit'),
    location_id: known.optional().describe('Where; absent means the doctor’s only location'),
  })
  .meta({ id: 'WeeklyHours', description: 'A time range on a weekday; `closes_at` is not included' })

export const location = z
  .object({
    id: known,
    name: z.string(),
    time_zone: zone,
    address: z.string().nullable(),
    phone: z.string().nullable(),
    is_active: z.boolean().describe('False once it is closed for good: nothing can be booked there'),
  })
  .meta({ id: 'Location', description: 'Where doctors work' })

export const travelTime = z
  .object({ one_location_id: known, other_location_id: known, minutes: z.int() })
  .meta({ id: 'TravelTime', description: 'The way between two locations, in either direction' })

export const absence = z
  .object({
    id: known,
    start_at: instant,
    end_at: instant,
    start_local: local,
    end_local: local,
    time_zone: zone,
    location_id: known
      .nullable()
      .optional()
      .describe('Only of time off: the location where the doctor is away; null means all of theirs'),
    reason: z.string().nullable().describe('For clinic staff only'),
    appointment_ids: z
      .array(known)
      .describe(
        'Appointments already booked in that time. They stay booked, so the clinic should contact these patients.',
      ),
  })
  .meta({
    id: 'Absence',
    description: 'Time off of a doctor, a closure of a location, or an absence of a room or device',
  })

export const resourceHours = z.object({ weekday, opens_at: clockTime, closes_at: clockTime })

export const resource = z
  .object({
    id: known,
    location_id: known,
    type: z.enum(['room', 'device']),
    kind: z.string().describe('What it can be used for, in the clinic’s words, such as ultrasound'),
    name: z.string(),
    sort_order: z.int().describe('When several are equally loaded, the lowest is taken first'),
    is_active: z.boolean().describe('If false, new appointments cannot take it'),
    weekly_hours: z.array(resourceHours).describe('When it can be used; an empty list means always'),
  })
  .meta({ id: 'Resource', description: 'A room or a device' })

/** Of every change that takes time away. */
export const appointmentIds = z
  .array(known)
  .describe(
    'Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients.',
  )

const setting = changeClinicSettingsInput.required().shape
const whenRegistering = 'Whether people who register online are asked for their'

export const settings = z
  .object({
    most_open_appointments: setting.mostOpenAppointments.describe(
      'Open appointments that an account and its dependants may book online',
    ),
    most_open_appointments_after_visit: setting.mostOpenAppointmentsAfterVisit.describe(
      'The same, once one of them has attended',
    ),
    most_open_appointments_in_first_hour: setting.mostOpenAppointmentsInFirstHour.describe(
      'The same, for an account younger than an hour',
    ),
    most_dependants: setting.mostDependants.describe('Dependants that an account may register'),
    most_dependants_in_first_hour: setting.mostDependantsInFirstHour.describe(
      'The same, for an account younger than an hour',
    ),
    most_holds: setting.mostHolds.describe('Slots that an account may hold at a time'),
    most_holds_in_first_hour: setting.mostHoldsInFirstHour.describe(
      'The same, for an account younger than an hour',
    ),
    staff_need_passkeys: setting.staffNeedPasskeys.describe('Whether staff need a passkey to sign in'),
    asks_birth_date: setting.asksBirthDate.describe(`${whenRegistering} birth date`),
    asks_phone: setting.asksPhone.describe(`${whenRegistering} phone number; phone visits always need one`),
    asks_sex: setting.asksSex.describe(`${whenRegistering} sex as recorded for care`),
    released_holds_kept_days: setting.releasedHoldsKeptDays.describe(
      'Days after which a hold that no one booked is deleted',
    ),
    unfinished_accounts_kept_days: setting.unfinishedAccountsKeptDays.describe(
      'Days after which an account that never gave a name is deleted',
    ),
    security_events_kept_days: setting.securityEventsKeptDays.describe(
      'Days after which entries of the security log are deleted',
    ),
    sign_in_events_kept_days: setting.signInEventsKeptDays.describe('The same, for entries about signing in'),
    reasons_kept_days: setting.reasonsKeptDays.describe(
      'Days after an appointment until the reasons that people gave are deleted; null keeps them',
    ),
  } satisfies Record<Snake<keyof typeof setting>, unknown>)
  .meta({
    id: 'Settings',
    description: 'What the clinic decides for itself. None of the limits binds the front desk.',
  })

export type AppointmentJson = z.output<typeof appointment>
export type SessionJson = z.output<typeof session>
export type HoldJson = z.output<typeof hold>
export type AppointmentEventJson = z.output<typeof appointmentEvent>
export type SlotJson = z.output<typeof slot>
export type VisitTypeJson = z.output<typeof visitType>
export type DoctorJson = z.output<typeof doctor>
export type HiredDoctorJson = z.output<typeof hiredDoctor>
export type LocationJson = z.output<typeof location>
export type ResourceJson = z.output<typeof resource>
export type AbsenceJson = z.output<typeof absence>
export type SettingsJson = z.output<typeof settings>
