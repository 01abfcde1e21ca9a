import * as z from 'zod'
import { timeOffKinds } from '../clinic/availability/absence-row.ts'
import { searchRules, stops } from '../clinic/availability/explanation.ts'
import { date, instant, known, local, zone } from './answers.ts'
import { slot } from './appointment-answers.ts'

const span = z.object({ start_at: instant, end_at: instant, start_local: local, end_local: local })

const cause = span.extend({
  id: known.nullable().describe('Of the time off, the closure or the appointment, if you may see it'),
  name: z
    .string()
    .nullable()
    .describe(
      'The reason, the patient, the location that they come from or go to, or the room, device or person that is taken. Null if there is none or you may not see it.',
    ),
  kind: z.enum(timeOffKinds).nullable().describe('Of time off'),
  doctor_name: z.string().nullable().describe('Who takes the room, device or person'),
  location_name: z.string().nullable(),
})

const rule = z.object({
  rule: z
    .enum(searchRules)
    .describe(
      '`needs` are rooms, devices and people; `past` is time that is over; `grid` makes starts of the time that is left',
    ),
  minutes_left: z.int().nullable().describe('After this rule; null if nothing was left before it'),
  remaining: z.array(span),
  taken: z.array(span).describe('What this rule took'),
  causes: z.array(cause).describe('What the rule goes by on that day, whether it took something or not'),
  without_it: z
    .object({ times: z.int(), first_start_local: local.nullable() })
    .nullable()
    .describe(
      'The free times there would be if only this rule did not exist. Null for rules that cannot be left out, and for those that were not reached.',
    ),
})

export const explanation = z
  .object({
    doctor_id: known,
    doctor_name: z.string(),
    visit_type_id: known,
    visit_type_name: z.string(),
    locations: z.array(z.object({ id: known, name: z.string() })),
    on: date,
    time_zone: zone,
    stopped_by: z.enum(stops).nullable().describe('Why no rule was reached; null if they were'),
    terms: z.object({
      minutes: z.int(),
      buffer_before_minutes: z.int(),
      buffer_after_minutes: z.int(),
      notice_minutes: z.int(),
      horizon_days: z.int(),
      daily_cap: z.int().nullable(),
      grid_minutes: z.int(),
      booked: z.int().describe('Appointments of this visit type that the doctor has that day'),
      earliest_local: local.describe('When the notice ends'),
      last_day: date.describe('The last day within the horizon'),
    }),
    rules: z.array(rule).describe('In the order in which they apply'),
    free: z.array(span).describe('The times that the search finds on that day'),
    next: slot.nullable().describe('The first free time on a later day'),
    instead: z
      .array(z.object({ visit_type_id: known, name: z.string(), start_local: local }))
      .describe('Other visit types of the doctor that fit on that day, with their first start'),
  })
  .meta({ id: 'Explanation', description: 'What each rule of the search takes of a day' })

export type ExplanationJson = z.infer<typeof explanation>
