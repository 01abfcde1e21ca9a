import * as z from 'zod'
import type { defineVisitType } from '../../clinic/availability/define-visit-type.ts'
import type { openLocation } from '../../clinic/locations/open.ts'
import type { registerPatient } from '../../clinic/patients/register.ts'
import { location, patient, visitType } from '../answers.ts'
import { locationBody } from '../locations.ts'
import { patientBody, patientsSearch } from '../patients.ts'
import { visitTypeBody } from '../visit-types.ts'
import { locationExample, patientExample, visitTypeExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

const { id: _, ...opened } = locationExample
const { id: __, ...defined } = visitTypeExample
const ofVisitType: Answer = {
  status: 200,
  summary: 'The visit type',
  body: z.object({ visit_type: visitType }),
  example: { visit_type: visitTypeExample },
}
const ofPatient: Answer = {
  status: 200,
  summary: 'The patient',
  body: z.object({ patient }),
  example: { patient: patientExample },
}
const defining = refusalsOf<typeof defineVisitType>({ invalid: true })

export const clinic: Section = {
  name: 'The clinic',
  description: 'Its locations, its visit types and its patients.',
  operations: {
    'GET /locations': {
      operationId: 'listLocations',
      summary: 'Lists all locations by name',
      isTagged: true,
      answer: {
        status: 200,
        summary: 'All locations',
        body: z.object({ locations: z.array(location) }),
        example: { locations: [locationExample] },
      },
    },
    'POST /locations': {
      operationId: 'openLocation',
      summary: 'Opens a location',
      right: 'manage locations',
      body: locationBody,
      fields: { time_zone: 'An IANA name, such as Asia/Jakarta, or UTC' },
      refusals: refusalsOf<typeof openLocation>({ invalid: true }),
      example: { location: opened },
      answer: {
        status: 201,
        summary: 'The location',
        body: z.object({ location }),
        example: { location: locationExample },
      },
    },
    'GET /visit-types': {
      operationId: 'listVisitTypes',
      summary: 'Lists visit types by name',
      isTagged: true,
      description: 'What may be booked online, and to the front desk all.',
      answer: {
        status: 200,
        summary: 'The visit types',
        body: z.object({ visit_types: z.array(visitType) }),
        example: { visit_types: [visitTypeExample] },
      },
    },
    'POST /visit-types': {
      operationId: 'defineVisitType',
      summary: 'Defines a visit type',
      description: 'What is left out has no effect. A name belongs to one visit type.',
      right: 'manage visit types',
      body: visitTypeBody,
      refusals: defining,
      example: { visit_type: defined },
      answer: { ...ofVisitType, status: 201 },
    },
    'PUT /visit-types/{id}': {
      operationId: 'redefineVisitType',
      summary: 'Defines a visit type anew',
      description:
        'The whole of it: what is left out has no effect from now on. What is booked keeps its length.',
      right: 'manage visit types',
      body: visitTypeBody,
      refusals: defining,
      example: { visit_type: defined },
      answer: ofVisitType,
    },
    'GET /patients': {
      operationId: 'listPatients',
      summary: 'Lists patients in the order in which they were registered',
      description:
        'The front desk sees all, a patient those they act for, and a doctor those with whom they have or had an appointment.',
      right: 'see patients',
      query: patientsSearch,
      fields: {
        name: 'A part of the name, in whatever case',
        limit: 'How many a page has at most',
      },
      answer: {
        status: 200,
        summary: 'A page of patients',
        body: z.object({ patients: z.array(patient) }),
        headers: ['Link'],
        example: { patients: [patientExample] },
      },
    },
    'POST /patients': {
      operationId: 'registerPatient',
      summary: 'Registers a patient',
      description: 'The front desk anyone, and a patient a dependant of their own.',
      right: 'register patients',
      body: patientBody,
      fields: {
        email: 'Whoever signs in with it joins this patient; only for the front desk',
        account_id: 'Who may act for the patient; a patient’s own when a patient registers',
      },
      refusals: ['not_found', ...refusalsOf<typeof registerPatient>({ invalid: true })],
      example: { patient: { name: patientExample.name, email: 'zero@example.com' } },
      answer: { ...ofPatient, status: 201 },
    },
    'GET /patients/{id}': {
      operationId: 'getPatient',
      summary: 'Shows one patient',
      isTagged: true,
      description: 'Whom one does not see in the list is not there.',
      right: 'see patients',
      answer: ofPatient,
    },
  },
}
