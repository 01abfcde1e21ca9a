import * as z from 'zod'
import { seriesRuleInput } from '../clinic/series/rule.ts'
import { date, instant, known, local, zone } from './answers.ts'
import { appointment } from './appointment-answers.ts'

const time = { start_at: instant, end_at: instant, start_local: local, end_local: local }

export const plannedDate = z
  .object({
    date: date.describe('The date of the rule'),
    ...time,
    time_zone: zone,
    refusal: z
      .string()
      .nullable()
      .describe(
        'The code of the problem that keeps it from being booked, such as `slot_taken`; null if it is free',
      ),
    alternatives: z.array(z.object(time)).describe('Up to three free times near it, the nearest first'),
  })
  .meta({ id: 'PlannedDate', description: 'A date of a series that is being planned' })

/** What a refused plan names, and what a refused move of a series does. */
export const refusedDate = z.union([
  plannedDate,
  z.object({ appointment_id: known, date, refusal: z.string() }),
])

export const series = z
  .object({
    id: known,
    patient_id: known,
    rule: seriesRuleInput.describe('As it was asked for; single appointments may have moved since'),
    created_at: instant,
    appointments: z.array(appointment).describe('Sorted by start; the cancelled ones are among them'),
  })
  .meta({
    id: 'Series',
    description: 'Appointments that were booked together, such as a course of treatment',
  })

export type PlannedDateJson = z.infer<typeof plannedDate>
export type SeriesJson = z.infer<typeof series>
