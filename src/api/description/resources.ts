import * as z from 'zod'
import { appointmentIds, resource, resourceHours } from '../clinic-answers.ts'
import { resourceBody, resourceChangesBody, resourceHoursBody, resourcesSearch } from '../resources.ts'
import { resourceExample } from './examples.ts'
import type { Section } from './operation.ts'

const { id: _, is_active: __, version: ___, weekly_hours, ...added } = resourceExample

export const resources: Section = {
  name: 'Rooms and devices',
  description: 'What an appointment can need besides people. Each belongs to a location.',
  operations: {
    'GET /resources': {
      operationId: 'listResources',
      summary: 'List rooms and devices, sorted by name',
      description: 'Including those that are out of use.',
      right: 'see resources',
      query: resourcesSearch,
      fields: { limit: 'Maximum number of results per page' },
      answer: {
        status: 200,
        summary: 'A page of rooms and devices',
        body: z.object({ resources: z.array(resource) }),
        headers: ['Link'],
        example: { resources: [resourceExample] },
      },
    },
    'POST /resources': {
      operationId: 'addResource',
      summary: 'Add a room or a device',
      description: 'It can always be used until you set its hours.',
      right: 'manage resources',
      body: resourceBody,
      fields: {
        kind: 'What visit types ask for, in your own words: at most 60 characters',
        sort_order: 'When several are equally loaded, the lowest is taken first',
      },
      refusals: ['not_found'],
      example: { resource: added },
      answer: {
        status: 201,
        summary: 'The room or device',
        headers: ['ETag'],
        body: z.object({ resource }),
        example: { resource: { ...resourceExample, weekly_hours: [] } },
      },
    },
    'GET /resources/{id}': {
      operationId: 'getResource',
      summary: 'Get a room or a device',
      isTagged: true,
      right: 'see resources',
      answer: {
        status: 200,
        summary: 'The room or device',
        headers: ['ETag'],
        body: z.object({ resource }),
        example: { resource: resourceExample },
      },
    },
    'PATCH /resources/{id}': {
      operationId: 'changeResource',
      summary: 'Update a room or a device',
      description:
        'Fields that you leave out stay as they are. Appointments that have it keep it; `appointment_ids` lists the upcoming ones if it is now out of use or no longer of the kind they need. It is put out of use only if `may_strand` names them.',
      right: 'manage resources',
      ifMatch: 'required',
      refusals: ['stale', 'would_strand'],
      body: resourceChangesBody,
      fields: {
        is_active: 'If false, new appointments cannot take it',
        may_strand: 'The upcoming appointments that may keep it while it is out of use, by id',
      },
      example: { resource: { name: 'Ultrasound 2', is_active: false } },
      answer: {
        status: 200,
        summary: 'The room or device',
        headers: ['ETag'],
        body: z.object({ resource, appointment_ids: appointmentIds }),
        example: {
          resource: { ...resourceExample, name: 'Ultrasound 2', is_active: false },
          appointment_ids: [42],
        },
      },
    },
    'PUT /resources/{id}/weekly-hours': {
      operationId: 'setResourceHours',
      summary: 'Replace the hours of a room or a device',
      description:
        'All or nothing. With an empty list, it can always be used. The `ETag` is that of the room or device. Appointments that have it keep it; `appointment_ids` lists the upcoming ones that are outside the new hours.',
      right: 'manage resources',
      ifMatch: 'required',
      refusals: ['stale'],
      body: resourceHoursBody,
      example: { weekly_hours },
      answer: {
        status: 200,
        summary: 'The hours',
        headers: ['ETag'],
        body: z.object({ weekly_hours: z.array(resourceHours), appointment_ids: appointmentIds }),
        example: { weekly_hours, appointment_ids: [42] },
      },
    },
  },
}
