import * as z from 'zod'
import type { setTravelTimes } from '../../clinic/locations/travel-times.ts'
import { travelTime } from '../clinic-answers.ts'
import { travelTimesBody } from '../travel-times.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

const example = { travel_times: [{ one_location_id: 1, other_location_id: 2, minutes: 30 }] }
const answer: Answer = {
  status: 200,
  summary: 'All travel times',
  headers: ['ETag'],
  body: z.object({ travel_times: z.array(travelTime) }),
  example,
}

export const travelTimes: Section = {
  name: 'Travel times',
  description: 'How long a doctor needs to get from one location to another. That time is kept free.',
  operations: {
    'GET /travel-times': {
      operationId: 'listTravelTimes',
      summary: 'List the travel times between locations',
      right: 'manage locations',
      isTagged: true,
      answer,
    },
    'PUT /travel-times': {
      operationId: 'setTravelTimes',
      summary: 'Replace the travel times between locations',
      description:
        'They apply in both directions, to bookings from now on. Existing appointments stay booked, even if they are closer together.',
      right: 'manage locations',
      ifMatch: 'required',
      body: travelTimesBody,
      refusals: ['stale', ...refusalsOf<typeof setTravelTimes>({ invalid: true })],
      example,
      answer,
    },
  },
}
