import * as z from 'zod'

const start = {
  start_at: z.string().meta({ format: 'date-time' }),
  start_local: z.string(),
  time_zone: z.string(),
}

const named = z.object({
  id: z.int(),
  doctor_name: z.string(),
  patient_name: z.string().nullable().describe('Null for a session, and for a hold without a patient'),
  location_name: z.string(),
  ...start,
})

/** What `keeps_needed` says: how much is ahead, and what either choice makes of it. */
export const concernedByZone = z
  .object({
    appointment_count: z.int(),
    session_count: z.int(),
    hold_count: z.int(),
    patient_count: z.int(),
    examples: z.array(
      z.object({
        appointment_id: z.int(),
        doctor_name: z.string(),
        patient_name: z.string().nullable(),
        now: z.object(start),
        clock_time: z.object(start).describe('With `clock_time` as `keeps`'),
        instant: z.object(start).describe('With `instant` as `keeps`'),
      }),
    ),
  })
  .describe(
    'For `keeps_needed`: what is ahead, and the first three appointments with what either choice makes of them',
  )

export const zoneConflict = z.object({
  reason: z
    .enum(['no_such_time', 'slot_taken', 'patient_busy', 'resource_taken'])
    .describe('`no_such_time`: clocks are set forward past it that night'),
  appointment: named,
  other: named.nullable().describe('What it would overlap; null for `no_such_time`'),
})

export const linkedLocation = z.object({
  id: z.int(),
  name: z.string(),
  time_zone: z.string(),
  doctors: z.array(z.object({ id: z.int(), name: z.string() })),
})
