import * as z from 'zod'
import { visitTypeChoices } from '../clinic/appointments/begin.ts'
import { appointmentStatuses } from '../clinic/appointments/find.ts'
import { eventKinds } from '../clinic/events.ts'
import { instant, known, local, zone } from './answers.ts'

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
    patient_response: z
      .enum(['accepted'])
      .nullable()
      .describe(
        'FHIR participation status: `accepted` once the patient has said that they will come at this time. It becomes null when the appointment moves.',
      ),
    arrived_at: instant.nullable().describe('When the patient was checked in'),
    arrived_local: local.nullable(),
    started_at: instant
      .nullable()
      .describe('When the doctor began: if the status is `arrived`, this is FHIR’s `checked-in`'),
    started_local: local.nullable(),
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
    note: z
      .string()
      .nullable()
      .optional()
      .describe('From the doctor or the front desk. Only staff can see it.'),
  })
  .meta({ id: 'Appointment', description: 'An appointment of a patient with a doctor' })

export const hold = appointment
  .omit({
    reason_for_visit: true,
    series_id: true,
    override_reason: true,
    note: true,
    arrived_at: true,
    arrived_local: true,
    started_at: true,
    started_local: true,
    resources: true,
    participants: true,
    capacity: true,
    places_taken: true,
    awaits_approval_until: true,
    decline_reason: true,
    patient_response: true,
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
      description:
        'The appointment before the change; null if it did not exist. `undoes` is the number of the event that this one takes back.',
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

export type AppointmentJson = z.output<typeof appointment>
export type SessionJson = z.output<typeof session>
export type HoldJson = z.output<typeof hold>
export type AppointmentEventJson = z.output<typeof appointmentEvent>
export type SlotJson = z.output<typeof slot>
