import * as z from 'zod'
import { doctor, hiredDoctor, weeklyHours } from '../answers.ts'
import { changesBody, doctorBody, doctorsSearch, hoursBody, offersBody } from '../doctors.ts'
import { doctorExample } from './examples.ts'
import type { Answer, Section } from './operation.ts'

const week = {
  weekly_hours: [{ weekday: 1, opens_at: '09:00', closes_at: '17:00', starts_on: null, ends_on: null }],
}
const hours: Answer = {
  status: 200,
  summary: 'The weekly hours',
  body: z.object({ weekly_hours: z.array(weeklyHours) }),
  example: week,
}
const shown: Answer = {
  status: 200,
  summary: 'The doctor',
  body: z.object({ doctor }),
  example: { doctor: doctorExample },
}
const hired = {
  name: 'Dr. Strange',
  location_id: 2,
  specialty: 'General practice',
  grid_minutes: 15,
}

export const doctors: Section = {
  name: 'Doctors',
  description: 'Who can be booked, when they work and what they offer.',
  operations: {
    'GET /doctors': {
      operationId: 'listDoctors',
      summary: 'Lists doctors by name',
      query: doctorsSearch,
      fields: { limit: 'How many a page has at most' },
      answer: {
        status: 200,
        summary: 'A page of doctors',
        body: z.object({ doctors: z.array(doctor) }),
        headers: ['Link'],
        example: { doctors: [doctorExample] },
      },
    },
    'POST /doctors': {
      operationId: 'hireDoctor',
      summary: 'Makes a doctor known',
      description:
        'Without weekly hours they see nobody yet, and without visit types nobody books them online.',
      right: 'manage doctors',
      body: doctorBody,
      refusals: ['not_found'],
      example: { doctor: hired },
      answer: {
        status: 201,
        summary: 'The doctor',
        body: z.object({ doctor: hiredDoctor }),
        example: { doctor: { id: 7, ...hired } },
      },
    },
    'GET /doctors/{id}': {
      operationId: 'getDoctor',
      summary: 'Shows one doctor',
      isTagged: true,
      answer: shown,
    },
    'PATCH /doctors/{id}': {
      operationId: 'changeDoctor',
      summary: 'Changes what is said of a doctor',
      description: 'What is left out stays, and what is booked stays booked.',
      right: 'manage doctors',
      body: changesBody,
      example: { doctor: { specialty: 'Neurology' } },
      answer: shown,
    },
    'GET /doctors/{id}/weekly-hours': {
      operationId: 'getWeeklyHours',
      summary: 'Lists all weekly hours of a doctor',
      isTagged: true,
      description: 'Past ones and those to come as well.',
      answer: hours,
    },
    'PUT /doctors/{id}/weekly-hours': {
      operationId: 'setWeeklyHours',
      summary: 'Sets all weekly hours of a doctor at once',
      description: 'Either all of the new ones hold, or all of the old. What is booked stays booked.',
      right: 'manage doctors',
      body: hoursBody,
      example: week,
      answer: hours,
    },
    'PUT /doctors/{id}/visit-types': {
      operationId: 'offerVisitTypes',
      summary: 'Sets all that a doctor offers at once',
      right: 'manage doctors',
      body: offersBody,
      example: { visit_type_ids: [1, 2] },
      answer: {
        status: 200,
        summary: 'What the doctor offers',
        body: z.object({ visit_type_ids: z.array(z.int()) }),
        example: { visit_type_ids: [1, 2] },
      },
    },
  },
}
