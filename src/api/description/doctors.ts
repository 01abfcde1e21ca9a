import * as z from 'zod'
import type { changeDoctor } from '../../clinic/doctors/change.ts'
import type { hireDoctor } from '../../clinic/doctors/hire.ts'
import { appointmentIds, doctor, hiredDoctor, weeklyHours } from '../clinic-answers.ts'
import { changesBody, doctorBody, doctorsSearch, hoursBody, offersBody } from '../doctors.ts'
import { doctorExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

const week = {
  weekly_hours: [{ weekday: 1, opens_at: '09:00', closes_at: '17:00', starts_on: null, ends_on: null }],
}
const hours: Answer = {
  status: 200,
  summary: 'The weekly hours',
  headers: ['ETag'],
  body: z.object({ weekly_hours: z.array(weeklyHours) }),
  example: week,
}
const hasOldLocation: Answer['headers'] = ['ETag', 'Deprecation', 'Sunset']
const shown: Answer = {
  status: 200,
  summary: 'The doctor',
  headers: hasOldLocation,
  body: z.object({ doctor }),
  example: { doctor: doctorExample },
}
const changed: Answer = {
  ...shown,
  body: z.object({ doctor, appointment_ids: appointmentIds }),
  example: { doctor: doctorExample, appointment_ids: [] },
}
const hired = {
  name: 'Dr. Strange',
  location_ids: [2],
  specialty: 'General practice',
  role: 'doctor',
  grid_minutes: 15,
  is_listed: true,
  sort_order: 0,
}

export const doctors: Section = {
  name: 'Doctors',
  description: 'Who can be booked, when they work, and what they offer.',
  operations: {
    'GET /doctors': {
      operationId: 'listDoctors',
      summary: 'List doctors, in the clinic’s order',
      query: doctorsSearch,
      fields: {
        limit: 'Maximum number of results per page',
        include_inactive:
          'Also those who are retired, or whose locations are all closed for good. Staff only.',
      },
      refusals: ['forbidden'],
      answer: {
        status: 200,
        summary: 'A page of doctors',
        body: z.object({ doctors: z.array(doctor) }),
        headers: ['Link', 'Deprecation', 'Sunset'],
        example: { doctors: [doctorExample] },
      },
    },
    'POST /doctors': {
      operationId: 'hireDoctor',
      summary: 'Add a doctor',
      description: 'Patients cannot book a new doctor until you set weekly hours and visit types.',
      right: 'manage doctors',
      body: doctorBody,
      fields: {
        location_id: 'Deprecated: send `location_ids`',
        role: 'What they do, in your own words: at most 60 characters. Visit types ask for roles.',
      },
      refusals: ['not_found', ...refusalsOf<typeof hireDoctor>({ invalid: true })],
      example: { doctor: hired },
      answer: {
        status: 201,
        summary: 'The doctor',
        headers: hasOldLocation,
        body: z.object({ doctor: hiredDoctor }),
        example: { doctor: { id: 7, ...hired, location_id: 2, version: 1 } },
      },
    },
    'GET /doctors/{id}': {
      operationId: 'getDoctor',
      summary: 'Get a doctor',
      isTagged: true,
      answer: shown,
    },
    'PATCH /doctors/{id}': {
      operationId: 'changeDoctor',
      summary: 'Update a doctor',
      description:
        'Fields that you leave out stay as they are. Existing appointments stay booked. A doctor with appointments ahead is retired only if `may_strand` names them; `appointment_ids` lists them.',
      right: 'manage doctors',
      ifMatch: 'required',
      body: changesBody,
      fields: {
        role: 'What they do, in your own words: at most 60 characters. `appointment_ids` lists the upcoming appointments that need the role or specialty they had.',
        is_active: 'False once the doctor is retired: nobody can book them',
        may_strand: 'The upcoming appointments that a retired doctor may leave behind, by id',
        location_ids:
          'Where the doctor works from now on, all in one time zone. Their hours elsewhere end; `appointment_ids` lists the appointments there.',
        same_person_as:
          'Another entry of the same person: neither can be booked while the other is. Refused while appointments of the two overlap; null separates them again.',
      },
      refusals: ['stale', 'would_strand', ...refusalsOf<typeof changeDoctor>({ invalid: true })],
      example: { doctor: { specialty: 'Neurology' } },
      answer: changed,
    },
    'GET /doctors/{id}/weekly-hours': {
      operationId: 'getWeeklyHours',
      summary: 'List the weekly hours of a doctor',
      isTagged: true,
      description: 'Including past and future ones. The `ETag` is the doctor’s.',
      answer: hours,
    },
    'PUT /doctors/{id}/weekly-hours': {
      operationId: 'setWeeklyHours',
      summary: 'Replace the weekly hours of a doctor',
      description:
        'All or nothing: if one range is invalid, the old hours stay. The `ETag` is the doctor’s. Existing appointments stay booked; `appointment_ids` lists the upcoming ones that are outside the new hours.',
      right: 'manage doctors',
      ifMatch: 'required',
      refusals: ['stale'],
      body: hoursBody,
      example: week,
      answer: {
        ...hours,
        body: z.object({ weekly_hours: z.array(weeklyHours), appointment_ids: appointmentIds }),
        example: { ...week, appointment_ids: [42] },
      },
    },
    'PUT /doctors/{id}/visit-types': {
      operationId: 'offerVisitTypes',
      summary: 'Replace the visit types a doctor offers',
      description:
        'The `ETag` is the doctor’s. Existing appointments stay booked; `appointment_ids` lists the upcoming ones whose visit type the doctor no longer offers.',
      right: 'manage doctors',
      ifMatch: 'required',
      refusals: ['stale'],
      body: offersBody,
      example: { visit_type_ids: [1, 2] },
      answer: {
        status: 200,
        summary: 'The visit types the doctor offers',
        headers: ['ETag'],
        body: z.object({ visit_type_ids: z.array(z.int()), appointment_ids: appointmentIds }),
        example: { visit_type_ids: [1, 2], appointment_ids: [42] },
      },
    },
  },
}
