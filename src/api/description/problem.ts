import * as z from 'zod'
import { appointmentStatuses } from '../../clinic/appointments/find.ts'
import { instant, local, zone } from '../answers.ts'
import { appointment, session } from '../appointment-answers.ts'
import { patientSummary } from '../patient-answers.ts'
import { problems } from '../problem.ts'
import { refusedDate } from '../series-answers.ts'
import { concernedByZone, linkedLocation, zoneConflict } from '../time-zone-answers.ts'

export const problem = z
  .object({
    type: z.string().describe('A page that explains the code'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What to fix, and what to do next'),
    code: z.enum(Object.keys(problems)).describe('A stable code: use it in your program'),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().describe('The field of the body, as a JSON pointer (RFC 6901)'),
          parameter: z.string().optional().describe('The query parameter'),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('For `invalid` and `keeps_needed`: every value to fix'),
    next_free_start_at: z
      .string()
      .meta({ format: 'date-time' })
      .nullable()
      .optional()
      .describe('The next free start on the same day that fits the appointment; null if there is none'),
    missing: z
      .object({ type: z.enum(['doctor', 'patient', 'room', 'device']), id: z.int(), name: z.string() })
      .optional()
      .describe('For a refused time: the colleague, companion, room or device that is not free'),
    unmet_need: z
      .object({
        type: z.enum(['role', 'room', 'device']),
        role: z.string().nullable(),
        specialty: z.string().nullable(),
        kinds: z.array(z.string()).nullable(),
      })
      .optional()
      .describe(
        'For a refused time: what the visit type needs and is not available then. Only staff can see it.',
      ),
    offered: z
      .array(z.object({ visit_type_id: z.int(), name: z.string(), minutes: z.int() }))
      .optional()
      .describe('For `not_offered`: the visit types of the doctor; empty if you named no doctor'),
    appointment_status: z
      .enum(appointmentStatuses)
      .optional()
      .describe('For a refused change: the current status'),
    candidates: z
      .array(patientSummary)
      .optional()
      .describe('For `may_exist`: the patients who may be the one to register'),
    next_sessions: z
      .array(session)
      .optional()
      .describe('For `session_full`: the next sessions of the visit type that have a place'),
    dates: z
      .array(refusedDate)
      .optional()
      .describe('For `dates_refused`: the dates that cannot be booked, or the appointments that cannot move'),
    moved_to: z.int().optional().describe('For `already_merged`: the record that the other became'),
    overlap: z
      .array(appointment)
      .optional()
      .describe('The two appointments at one time; for `patient_busy`, the one that the patient already has'),
    differing: z
      .array(z.string())
      .optional()
      .describe('For `records_differ`: the fields that cannot both be true of one person'),
    holder: patientSummary
      .nullable()
      .optional()
      .describe('For `identifier_taken`: the patient who has the identifier'),
    stranded: z
      .array(z.object({ id: z.int(), start_at: instant, start_local: local, time_zone: zone }))
      .optional()
      .describe('For `would_strand`: the appointments ahead, by their start'),
    concerned: concernedByZone.optional(),
    conflict_count: z.int().optional().describe('For `clock_times_taken`: how many conflicts there are'),
    conflicts: z
      .array(zoneConflict)
      .optional()
      .describe('For `clock_times_taken`: the first hundred, by start'),
    locations: z
      .array(linkedLocation)
      .optional()
      .describe('For `doctors_elsewhere`: the other locations, with the doctors who also work there'),
    appointment_ids: z
      .array(z.int())
      .optional()
      .describe('For `has_future_appointments`: the appointments that stand in the way'),
  })
  .meta({ id: 'Problem', description: 'Why the request failed, and what to do about it (RFC 9457)' })
