import * as z from 'zod'
import type { explainFreeTime } from '../../clinic/availability/explain-free-time.ts'
import type { findOpenSlots } from '../../clinic/availability/find-open-slots.ts'
import type { searchSlots } from '../../clinic/availability/search-slots.ts'
import { slot } from '../appointment-answers.ts'
import { doctorSlotsSearch } from '../doctors.ts'
import { explanation } from '../explanation-answers.ts'
import { explanationSearch } from '../slot-explanations.ts'
import { slotsSearch } from '../slots.ts'
import { slotExample } from './appointment-examples.ts'
import { explanationExample } from './explanation-example.ts'
import { refusalsOf, type Section } from './operation.ts'

const body = z.object({ slots: z.array(slot) })
const example = { slots: [slotExample] }
const window = {
  from: 'First day to search, in the location’s time zone. Defaults to today.',
  moving:
    'ID of an appointment that you want to move: its own time counts as free. You need the right to change it.',
  to: 'Last day to search, at most 61 days after `from`. Defaults to 30 days after it.',
}

/** Only with `moving`. */
const ofMoving = ['not_signed_in', 'forbidden', 'not_found'] as const

export const slots: Section = {
  name: 'Free times',
  description:
    'Times that can be booked right now. An empty list means that nothing is free; if the database cannot be reached, you get `503` instead.',
  operations: {
    'GET /slots': {
      operationId: 'searchSlots',
      summary: 'Search the first free times across doctors',
      description:
        'Sorted by start. At the same start, the doctor with the fewest appointments that day comes first.',
      query: slotsSearch,
      fields: {
        ...window,
        part_of_day: '`morning` is before 12:00, `afternoon` 12:00 to 17:00, `evening` from 17:00',
        limit: 'Maximum number of results per page',
      },
      refusals: [...ofMoving, ...refusalsOf<typeof searchSlots>({ not_offered: true, invalid: true })],
      answer: { status: 200, summary: 'A page of free times', body, headers: ['Link'], example },
    },
    'GET /doctors/{id}/slots': {
      operationId: 'listDoctorSlots',
      summary: 'List all free times of a doctor',
      query: doctorSlotsSearch,
      fields: window,
      refusals: [...ofMoving, ...refusalsOf<typeof findOpenSlots>({ not_offered: true, invalid: true })],
      answer: { status: 200, summary: 'The free times, sorted by start', body, example },
    },
    'GET /doctors/{id}/slots/explanation': {
      operationId: 'explainDoctorSlots',
      summary: 'Explain why nothing is free, or what is',
      description:
        'Starts with the weekly hours of a day and shows what each rule of the search leaves of them. Doctors can only ask about themselves; a front desk account with `location_ids`, about the doctors who work there.',
      right: 'explain free times',
      query: explanationSearch,
      fields: {
        on: 'The day, in the location’s time zone',
        by: 'Whose search it is: notice and daily limit bind patients only. Defaults to `patient`.',
      },
      refusals: ['not_found', ...refusalsOf<typeof explainFreeTime>({ invalid: true })],
      answer: {
        status: 200,
        summary: 'What each rule leaves of the day',
        body: z.object({ explanation }),
        example: { explanation: explanationExample },
      },
    },
  },
}
