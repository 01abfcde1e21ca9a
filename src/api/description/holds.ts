import * as z from 'zod'
import type { extendHold } from '../../clinic/appointments/extend-hold.ts'
import type { holdPlace, holdSlot } from '../../clinic/appointments/hold.ts'
import type { releaseHold } from '../../clinic/appointments/release-hold.ts'
import { closed, id, minute } from '../../clinic/shapes.ts'
import { hold, visitTypeChosen } from '../appointment-answers.ts'
import { holdBody } from '../holds.ts'
import { choiceExample, holdExample } from './appointment-examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'
import { anyTimeRefusal, wishFieldsSaid } from './wish.ts'

const { session_id: _, ...slotFields } = holdBody.shape.hold.in.shape

/** A session already has everything but the patient. */
const holding = z.strictObject({
  hold: z.union([
    closed({ ...slotFields, start_at: minute }).meta({ id: 'HoldOfSlot', description: 'Holds a free time.' }),
    closed({ session_id: id, patient_id: slotFields.patient_id }).meta({
      id: 'HoldOfPlace',
      description: 'Holds a place in a session, which already has the time, the doctor and the visit type.',
    }),
  ]),
})

const shown: Answer = {
  status: 200,
  summary: 'The hold',
  body: z.object({ hold }),
  example: { hold: holdExample },
}

export const holds: Section = {
  name: 'Holds',
  description: 'Hold a slot for ten minutes while the patient confirms.',
  operations: {
    'POST /holds': {
      operationId: 'holdSlot',
      summary: 'Hold a slot',
      description:
        'An account of a patient can hold two slots at a time, or as many as the clinic sets. To book the hold, call `bookAppointment` with its id as `hold_id`. Holding the same slot again returns the same hold.',
      right: 'hold slots',
      body: holding,
      fields: { ...wishFieldsSaid, patient_id: 'The front desk can leave it out until it books the hold' },
      refusals: [
        'not_found',
        ...refusalsOf<typeof holdSlot | typeof holdPlace>({
          ...anyTimeRefusal,
          not_offered: true,
          in_the_past: true,
          not_your_patient: true,
          patient_inactive: true,
          session_needed: true,
          session_full: true,
          wrong_status: true,
          too_many_holds: true,
          too_many_appointments: true,
          invalid: true,
        }),
      ],
      example: {
        hold: { patient_id: 3, doctor_id: 7, visit_type_id: 1, start_at: '2026-11-23T09:00:00+07:00' },
      },
      answer: {
        status: 201,
        summary: 'The hold',
        body: z.object({ hold, visit_type_chosen: visitTypeChosen.optional() }),
        headers: ['Location'],
        example: { hold: holdExample, visit_type_chosen: choiceExample },
      },
    },
    'GET /holds/{id}': {
      operationId: 'getHold',
      summary: 'Get a hold',
      isTagged: true,
      right: 'hold slots',
      answer: shown,
    },
    'DELETE /holds/{id}': {
      operationId: 'releaseHold',
      summary: 'Release a hold',
      right: 'hold slots',
      refusals: refusalsOf<typeof releaseHold>({ wrong_status: true, stale: true }),
      answer: { status: 204, summary: 'The hold is released' },
    },
    'POST /holds/{id}/extension': {
      operationId: 'extendHold',
      summary: 'Extend a hold by ten minutes, once',
      right: 'hold slots',
      refusals: refusalsOf<typeof extendHold>({
        wrong_status: true,
        stale: true,
        hold_expired: true,
        already_extended: true,
      }),
      answer: shown,
    },
  },
}
