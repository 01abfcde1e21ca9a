import * as z from 'zod'
import { issueApiKeyInput } from '../clinic/accounts/api-keys.ts'
import { appointmentStatuses } from '../clinic/appointments/find.ts'
import { visitTypeInput } from '../clinic/availability/define-visit-type.ts'
import { eventKinds } from '../clinic/events.ts'

// What the API answers. The serialisers are held to these types by the compiler, every answer of a test to these shapes;
// nothing imports the values in production, where nothing is parsed by them.

const known = z.int().min(1)
const instant = z.string().meta({ format: 'date-time', description: 'In UTC' })
const local = z.string().meta({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$',
  description: 'On the wall clock of the location',
})
const zone = z.string().describe('The IANA time zone of the location')
const date = z.string().meta({ format: 'date' })
const clockTime = z.string().meta({
  pattern: '^\\d\\d:\\d\\d$',
  description: 'On the wall clock of the location; 24:00 ends the day',
})
const weekday = z.int().min(1).max(7).describe('ISO: 1 is Monday')
const { role, scopes } = issueApiKeyInput.shape
const mode = visitTypeInput.shape.mode.unwrap()

export const appointment = z
  .object({
    id: known,
    doctor_id: known,
    patient_id: known.nullable().describe('Null of a hold for which nobody is named yet'),
    visit_type_id: known
      .nullable()
      .describe('Null when the front desk booked a length that is no visit type’s'),
    location_id: known,
    status: z.enum(appointmentStatuses).describe('As in FHIR R4; `pending` is a hold'),
    start_at: instant,
    end_at: instant,
    start_local: local,
    end_local: local,
    time_zone: zone,
    reason_for_visit: z.string().nullable().describe('What the patient says it is about'),
    override_reason: z
      .string()
      .nullable()
      .optional()
      .describe('Why it lies outside the doctor’s hours; only the clinic’s own people see it'),
  })
  .meta({ id: 'Appointment', description: 'The agreed meeting of a patient and a doctor' })

export const hold = appointment
  .omit({ reason_for_visit: true, override_reason: true })
  .extend({ expires_at: instant.nullable().describe('Until then the slot is kept; null once it is booked') })
  .meta({ id: 'Hold', description: 'A slot that is kept for ten minutes; booked, it keeps its id' })

export const appointmentEvent = z
  .object({
    number: known.describe('From 1 on, without a gap'),
    kind: z.enum(eventKinds),
    at: instant,
    actor: z.string().describe('The role in which it was done'),
    account_id: known.nullable(),
    api_key_id: known.nullable(),
    request_id: z.string().nullable().describe('The `X-Request-Id` of the answer'),
    reason: z.string().nullable(),
    before: z
      .unknown()
      .meta({ type: ['object', 'null'], description: 'What the appointment was; null before it was' }),
    after: z.unknown().meta({ type: 'object', description: 'What it became' }),
  })
  .meta({ id: 'AppointmentEvent', description: 'What happened to an appointment; never changed afterwards' })

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
  .meta({ id: 'Slot', description: 'A start that could be booked just now' })

export const visitType = z
  .object({
    id: known,
    name: z.string(),
    mode,
    minutes: z.int(),
    buffer_before_minutes: z.int().describe('What the doctor needs before'),
    buffer_after_minutes: z.int().describe('What the doctor needs after'),
    notice_minutes: z.int().describe('The start is at least so far away'),
    cancellation_notice_minutes: z
      .int()
      .describe('Until so long before the start a patient may cancel or move it'),
    horizon_days: z.int().describe('The start is at most so many days ahead'),
    daily_cap: z.int().nullable().describe('At most so many of one doctor on one day; null is without limit'),
    bookable_online: z.boolean().describe('Otherwise only the front desk books it'),
  })
  .meta({ id: 'VisitType', description: 'A kind of appointment, and the rules for booking it' })

export const doctor = z
  .object({
    id: known,
    name: z.string(),
    specialty: z.string(),
    grid_minutes: z.int().describe('Starts are on multiples of it from midnight'),
    location: z.object({ id: known, name: z.string(), time_zone: zone }),
    weekly_hours: z
      .array(z.object({ weekday, opens_at: clockTime, closes_at: clockTime }))
      .describe('Those in force today'),
    visit_types: z.array(z.object({ id: known, name: z.string(), mode, minutes: z.int() })),
  })
  .meta({ id: 'Doctor', description: 'A doctor as they are offered' })

export const hiredDoctor = z
  .object({
    id: known,
    name: z.string(),
    location_id: known,
    specialty: z.string(),
    grid_minutes: z.int(),
  })
  .meta({ id: 'HiredDoctor', description: 'A doctor who has neither hours nor visit types yet' })

export const weeklyHours = z
  .object({
    weekday,
    opens_at: clockTime,
    closes_at: clockTime,
    starts_on: date.nullish().describe('The first day on which it holds; null or absent is without limit'),
    ends_on: date.nullish().describe('The last day on which it holds; null or absent is without limit'),
  })
  .meta({ id: 'WeeklyHours', description: 'One range of one weekday, its end excluded' })

export const location = z
  .object({
    id: known,
    name: z.string(),
    time_zone: zone,
    address: z.string().nullable(),
    phone: z.string().nullable(),
  })
  .meta({ id: 'Location', description: 'Where doctors work' })

export const absence = z
  .object({
    id: known,
    start_at: instant,
    end_at: instant,
    start_local: local,
    end_local: local,
    time_zone: zone,
    reason: z.string().nullable().describe('For the clinic’s own people'),
    appointment_ids: z
      .array(known)
      .describe('Appointments that are booked for that time, and stay booked: somebody has to call'),
  })
  .meta({ id: 'Absence', description: 'A time off of a doctor, or a closure of a location' })

export const patient = z
  .object({ id: known, name: z.string() })
  .meta({ id: 'Patient', description: 'Whom appointments are for' })

export const account = z
  .object({
    id: known,
    email: z.string(),
    name: z.string(),
    role,
    doctor_id: known.nullable().describe('Who they are, when the role is `doctor`'),
  })
  .meta({ id: 'Account', description: 'What signs in' })

export const apiKey = z
  .object({
    id: known,
    name: z.string(),
    owner_id: known,
    role,
    scopes: z.array(scopes.element),
    last_used_at: instant.nullable(),
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey', description: 'A bearer key of another system, without the key itself' })

export const issuedApiKey = apiKey
  .extend({ key: z.string().describe('For `Authorization: Bearer`; shown this once') })
  .meta({ id: 'IssuedApiKey', description: 'A key that was just made' })

export type AppointmentJson = z.output<typeof appointment>
export type HoldJson = z.output<typeof hold>
export type AppointmentEventJson = z.output<typeof appointmentEvent>
export type SlotJson = z.output<typeof slot>
export type VisitTypeJson = z.output<typeof visitType>
export type DoctorJson = z.output<typeof doctor>
export type HiredDoctorJson = z.output<typeof hiredDoctor>
export type LocationJson = z.output<typeof location>
export type AbsenceJson = z.output<typeof absence>
export type PatientJson = z.output<typeof patient>
export type AccountJson = z.output<typeof account>
export type ApiKeyJson = z.output<typeof apiKey>
