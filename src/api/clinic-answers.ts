import * as z from 'zod'
import { timeOffKinds } from '../clinic/availability/absence-row.ts'
import { visitTypeFields } from '../clinic/availability/define-visit-type.ts'
import { openLocationInput } from '../clinic/locations/open.ts'
import { date, instant, known, local, zone } from './answers.ts'

const clockTime = z.string().meta({
  pattern: '^\\d\\d:\\d\\d$',
  description: 'Local time at the location; 24:00 is the end of the day',
})

const version = z.int().describe('Counts the changes; the `ETag` begins with it')

const weekday = z.int().min(1).max(7).describe('ISO 8601: 1 is Monday, 7 is Sunday')

const mode = visitTypeFields.mode

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
    sort_order: z.int().describe('Lists begin with the lowest; then come names'),
    version,
    capacity: z
      .int()
      .nullable()
      .describe('How many patients a session has room for; null if it is for one patient'),
    reminder_days: z.array(z.int()).describe('How many days before it patients are reminded'),
    is_silent: z.boolean().describe('If true, no message is sent about it'),
    bring: z.string().nullable().describe('What patients should bring. Messages say it.'),
    preparation: z.string().nullable().describe('How patients should prepare. Messages say it.'),
  })
  .meta({ id: 'VisitType', description: 'A kind of appointment and its booking rules' })

export const doctor = z
  .object({
    id: known,
    name: z.string(),
    specialty: z.string(),
    role: z
      .string()
      .describe('What they do, in the clinic’s words, such as `nurse`. Visit types ask for roles.'),
    grid_minutes: z.int().describe('Appointments start at multiples of this many minutes after midnight'),
    is_active: z.boolean().describe('False once they are retired: nobody can book them'),
    is_listed: z.boolean().describe('If false, patients do not see them and cannot book; staff can'),
    sort_order: z.int().describe('Lists begin with the lowest; then come names'),
    version,
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
    role: z
      .string()
      .describe('What they do, in the clinic’s words, such as `nurse`. Visit types ask for roles.'),
    grid_minutes: z.int(),
    is_listed: z.boolean(),
    sort_order: z.int(),
    version,
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
    directions: z.string().nullable().describe('How to find it. Messages say it.'),
    email: z
      .string()
      .nullable()
      .optional()
      .describe('Where the location itself gets its messages. For clinic staff only.'),
    wanted_messages: openLocationInput.shape.wantedMessages.describe(
      'Which messages it gets; each choice includes the one before. For clinic staff only.',
    ),
    is_active: z.boolean().describe('False once it is closed for good: nothing can be booked there'),
    is_listed: z.boolean().describe('If false, patients do not see it and cannot book; staff can'),
    sort_order: z.int().describe('Lists begin with the lowest; then come names'),
    version,
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
    kind: z
      .enum(timeOffKinds)
      .optional()
      .describe(
        'Of time off: the doctor is away, busy in the clinic (a block), or kept in reserve: then only the front desk can book',
      ),
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
    version,
    weekly_hours: z.array(resourceHours).describe('When it can be used; an empty list means always'),
  })
  .meta({ id: 'Resource', description: 'A room or a device' })

/** Of every change that takes time away. */
export const appointmentIds = z
  .array(known)
  .describe(
    'Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients.',
  )

export type VisitTypeJson = z.output<typeof visitType>
export type DoctorJson = z.output<typeof doctor>
export type HiredDoctorJson = z.output<typeof hiredDoctor>
export type LocationJson = z.output<typeof location>
export type ResourceJson = z.output<typeof resource>
export type AbsenceJson = z.output<typeof absence>
