import * as z from 'zod'
import type { defineVisitType } from '../../clinic/availability/define-visit-type.ts'
import type { redefineVisitType } from '../../clinic/availability/redefine-visit-type.ts'
import type { changeLocation } from '../../clinic/locations/change.ts'
import type { openLocation } from '../../clinic/locations/open.ts'
import type { changeClinicSettings } from '../../clinic/settings/change.ts'
import { appointmentIds, location, visitType } from '../clinic-answers.ts'
import { changesBody, locationBody, locationsSearch } from '../locations.ts'
import { settingsBody } from '../settings.ts'
import { settings } from '../settings-answers.ts'
import { replacementBody, visitTypeBody, visitTypeChangesBody, visitTypesSearch } from '../visit-types.ts'
import { locationExample, settingsExample, visitTypeExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

const { id: _, is_active: ___, version: ____, ...opened } = locationExample
const { id: __, version: _____, ...defined } = visitTypeExample
const ofVisitType: Answer = {
  status: 200,
  summary: 'The visit type',
  headers: ['ETag'],
  body: z.object({ visit_type: visitType }),
  example: { visit_type: visitTypeExample },
}
const ofSettings: Answer = {
  status: 200,
  summary: 'The settings',
  headers: ['ETag'],
  body: z.object({ settings }),
  example: { settings: settingsExample },
}
const changedVisitType: Answer = {
  ...ofVisitType,
  body: z.object({ visit_type: visitType, appointment_ids: appointmentIds }),
  example: { visit_type: visitTypeExample, appointment_ids: [] },
}
const defining = refusalsOf<typeof defineVisitType>({ invalid: true })
const may_strand = 'The upcoming appointments that retiring it may leave behind, by id'
const redefining = refusalsOf<typeof redefineVisitType>({ invalid: true })

export const clinic: Section = {
  name: 'The clinic',
  description: 'Locations, visit types and the settings.',
  operations: {
    'GET /locations': {
      operationId: 'listLocations',
      summary: 'List locations, in the clinic’s order',
      isTagged: true,
      query: locationsSearch,
      fields: { include_inactive: 'Also those that are closed for good. Staff only.' },
      refusals: ['forbidden'],
      answer: {
        status: 200,
        summary: 'The locations',
        body: z.object({ locations: z.array(location) }),
        example: { locations: [locationExample] },
      },
    },
    'POST /locations': {
      operationId: 'openLocation',
      summary: 'Add a location',
      right: 'manage locations',
      body: locationBody,
      fields: { time_zone: 'An IANA time zone such as Asia/Jakarta, or UTC' },
      refusals: refusalsOf<typeof openLocation>({ invalid: true }),
      example: { location: opened },
      answer: {
        status: 201,
        summary: 'The location',
        headers: ['ETag'],
        body: z.object({ location }),
        example: { location: locationExample },
      },
    },
    'GET /locations/{id}': {
      operationId: 'getLocation',
      summary: 'Get a location',
      isTagged: true,
      refusals: ['not_found'],
      answer: {
        status: 200,
        summary: 'The location',
        headers: ['ETag'],
        body: z.object({ location }),
        example: { location: locationExample },
      },
    },
    'PATCH /locations/{id}': {
      operationId: 'changeLocation',
      summary: 'Update a location',
      description:
        'Fields that you leave out stay as they are. Existing appointments stay booked. A location with appointments ahead is closed for good only if `may_strand` names them; `appointment_ids` lists them.\n\nTo correct a wrong `time_zone` while appointments are ahead, choose with `keeps` what stays the same. `clock_time` moves everything of today and ahead to the same local time in the new time zone, all at once; nobody is told of a move. `instant` leaves every appointment at its moment; `appointment_ids` lists those that no longer fit the hours. Hours, time off and closures are local times and stay as they are written. The days before today stay at their instants.',
      right: 'manage locations',
      ifMatch: 'required',
      refusals: [
        'stale',
        'would_strand',
        ...refusalsOf<typeof changeLocation>({
          invalid: true,
          keeps_needed: true,
          clock_times_taken: true,
          doctors_elsewhere: true,
        }),
      ],
      body: changesBody,
      fields: {
        is_active: 'False once it is closed for good: nothing can be booked there',
        may_strand,
        time_zone: 'IANA name. With appointments ahead it needs `keeps`.',
        keeps: 'What stays the same of the appointments ahead when `time_zone` changes',
        together_with:
          'Ids of other locations whose `time_zone` is corrected at the same time: all locations of a doctor have one',
      },
      example: { location: { phone: '+62 21 5550 1234' } },
      answer: {
        status: 200,
        summary: 'The location',
        headers: ['ETag'],
        body: z.object({ location, appointment_ids: appointmentIds }),
        example: { location: locationExample, appointment_ids: [] },
      },
    },
    'GET /visit-types': {
      operationId: 'listVisitTypes',
      summary: 'List visit types, in the clinic’s order',
      isTagged: true,
      description: 'Those that can be booked online; the front desk gets all that are not withdrawn.',
      query: visitTypesSearch,
      fields: { include_inactive: 'Also those that are withdrawn. Staff only.' },
      refusals: ['forbidden'],
      answer: {
        status: 200,
        summary: 'The visit types',
        body: z.object({ visit_types: z.array(visitType) }),
        example: { visit_types: [visitTypeExample] },
      },
    },
    'POST /visit-types': {
      operationId: 'defineVisitType',
      summary: 'Add a visit type',
      description: 'A rule that you leave out does not apply. Names must be unique.',
      right: 'manage visit types',
      body: visitTypeBody,
      refusals: defining,
      example: { visit_type: defined },
      answer: { ...ofVisitType, status: 201 },
    },
    'GET /visit-types/{id}': {
      operationId: 'getVisitType',
      summary: 'Get a visit type',
      isTagged: true,
      refusals: ['not_found'],
      answer: ofVisitType,
    },
    'PUT /visit-types/{id}': {
      operationId: 'redefineVisitType',
      summary: 'Replace a visit type',
      description:
        'Every field is required, so that no rule ends by accident; to change some of them, use `PATCH`. Existing appointments keep their length. A visit type with appointments ahead is withdrawn only if `may_strand` names them; `appointment_ids` lists them.',
      right: 'manage visit types',
      ifMatch: 'required',
      body: replacementBody,
      fields: { may_strand },
      refusals: ['stale', 'would_strand', ...redefining],
      example: { visit_type: defined },
      answer: changedVisitType,
    },
    'PATCH /visit-types/{id}': {
      operationId: 'changeVisitTypeRules',
      summary: 'Update a visit type',
      description:
        'Fields that you leave out stay as they are. Existing appointments keep their length. A visit type with appointments ahead is withdrawn only if `may_strand` names them; `appointment_ids` lists them.',
      right: 'manage visit types',
      ifMatch: 'required',
      body: visitTypeChangesBody,
      fields: { may_strand },
      refusals: ['stale', 'would_strand', ...redefining],
      example: { visit_type: { name: 'Long consultation', minutes: 45 } },
      answer: changedVisitType,
    },
    'GET /settings': {
      operationId: 'getSettings',
      summary: 'Get the clinic’s settings',
      isTagged: true,
      right: 'manage settings',
      answer: ofSettings,
    },
    'PATCH /settings': {
      operationId: 'changeSettings',
      summary: 'Change the clinic’s settings',
      description:
        'What you leave out stays as it is. Limits count from the next booking; appointments that exceed a lower limit stay.',
      right: 'manage settings',
      ifMatch: 'required',
      body: settingsBody,
      refusals: refusalsOf<typeof changeClinicSettings>({ stale: true, language_not_offered: true }),
      example: { settings: { most_open_appointments: 6 } },
      answer: ofSettings,
    },
  },
}
