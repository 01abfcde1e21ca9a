import * as z from 'zod'
import type { extendHold } from '../../clinic/appointments/extend-hold.ts'
import type { holdSlot } from '../../clinic/appointments/hold.ts'
import type { releaseHold } from '../../clinic/appointments/release-hold.ts'
import { hold } from '../answers.ts'
import { holdBody } from '../holds.ts'
import { holdExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'
import { anyTimeRefusal, wishFieldsSaid } from './wish.ts'

const shown: Answer = {
  status: 200,
  summary: 'The hold',
  body: z.object({ hold }),
  example: { hold: holdExample },
}

export const holds: Section = {
  name: 'Holds',
  description: 'A slot that is kept for ten minutes, while somebody makes up their mind.',
  operations: {
    'POST /holds': {
      operationId: 'holdSlot',
      summary: 'Holds what could be booked',
      description:
        'A patient holds two slots at most. Book it with `bookAppointment` and its id as `hold_id`. Holding again what one holds is the same hold.',
      right: 'hold slots',
      body: holdBody,
      fields: { ...wishFieldsSaid, patient_id: 'The front desk may leave it out until it books' },
      refusals: [
        'not_found',
        ...refusalsOf<typeof holdSlot>({
          ...anyTimeRefusal,
          not_offered: true,
          in_the_past: true,
          not_your_patient: true,
          too_many_holds: true,
          invalid: true,
        }),
      ],
      example: { hold: { visit_type_id: 1, doctor_id: 7, start_at: '2026-11-23T09:00:00+07:00' } },
      answer: { ...shown, status: 201, headers: ['Location'] },
    },
    'GET /holds/{id}': {
      operationId: 'getHold',
      summary: 'Shows a hold',
      isTagged: true,
      right: 'hold slots',
      answer: shown,
    },
    'DELETE /holds/{id}': {
      operationId: 'releaseHold',
      summary: 'Gives a hold up',
      right: 'hold slots',
      refusals: refusalsOf<typeof releaseHold>({ wrong_status: true, stale: true }),
      answer: { status: 204, summary: 'It is given up' },
    },
    'POST /holds/{id}/extension': {
      operationId: 'extendHold',
      summary: 'Holds it ten minutes longer, once',
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
