import * as z from 'zod'
import type { findOpenSlots } from '../../clinic/availability/find-open-slots.ts'
import type { searchSlots } from '../../clinic/availability/search-slots.ts'
import { slot } from '../answers.ts'
import { doctorSlotsSearch } from '../doctors.ts'
import { slotsSearch } from '../slots.ts'
import { slotExample } from './examples.ts'
import { refusalsOf, type Section } from './operation.ts'

const body = z.object({ slots: z.array(slot) })
const example = { slots: [slotExample] }
const window = {
  from: 'The first day, on the clock of the location; today, unless told',
  to: 'The last day; 30 days after `from` unless told, and at most 61',
}

export const slots: Section = {
  name: 'Free times',
  description:
    'What could be booked just now. Nothing free is an empty list; that nobody could look is `503`.',
  operations: {
    'GET /slots': {
      operationId: 'searchSlots',
      summary: 'Finds the first free times of any doctor',
      description: 'In order of start; at the same start, who has least to do on that day comes first.',
      query: slotsSearch,
      fields: {
        ...window,
        part_of_day: 'Before 12:00, from 12:00, or from 17:00 on',
        limit: 'How many a page has at most',
      },
      refusals: refusalsOf<typeof searchSlots>({ not_offered: true, invalid: true }),
      answer: { status: 200, summary: 'A page of free times', body, headers: ['Link'], example },
    },
    'GET /doctors/{id}/slots': {
      operationId: 'listDoctorSlots',
      summary: 'Lists all free times of one doctor',
      query: doctorSlotsSearch,
      fields: window,
      refusals: refusalsOf<typeof findOpenSlots>({ not_offered: true, invalid: true }),
      answer: { status: 200, summary: 'The free times, from first to last', body, example },
    },
  },
}
