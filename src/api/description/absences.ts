import * as z from 'zod'
import type { Right } from '../../clinic/accounts/guard.ts'
import { absenceInput, timeOffInput } from '../../clinic/availability/absence.ts'
import { closed } from '../../clinic/shapes.ts'
import { inSnakeCase } from '../../http/in-snake-case.ts'
import { absence } from '../clinic-answers.ts'
import { absenceExample } from './examples.ts'
import type { Section } from './operation.ts'

const { start_local, end_local, reason } = absenceExample
const entered = { start_local, end_local, reason }

interface Words {
  /** Singular, plural, and the name in the operation id. */
  noun: [one: string, many: string, name: string]
  verbs: [enter: string, withdraw: string]
  /** `a doctor’s time off`. */
  what: string
  right: Right
  /** What time off has besides. */
  ofTimeOff?: { location_id: number | null; kind: 'away' | 'block' | 'reserve' }
}

/** The three calls for the absences of a doctor, a location or a resource. */
function absencesOf(address: string, { noun, verbs, what, right, ofTimeOff }: Words): Section['operations'] {
  const [one, many, name] = noun
  const example = { ...absenceExample, ...ofTimeOff }
  return {
    [`GET ${address}`]: {
      operationId: `list${name}`,
      summary: `List ${what}`,
      description: 'Current and future ones, sorted by end.',
      right,
      answer: {
        status: 200,
        summary: 'Current and future ones',
        body: z.object({ [many]: z.array(absence) }),
        example: { [many]: [example] },
      },
    },
    [`POST ${address}`]: {
      operationId: verbs[0],
      summary: `Add ${what}`,
      description:
        'Sending the same times twice adds only one entry. Existing appointments stay booked; `appointment_ids` lists them.',
      right,
      body: closed({ [one]: ofTimeOff ? inSnakeCase(timeOffInput) : inSnakeCase(absenceInput) }),
      fields: {
        end_local: 'After `start_local`, by at most two years',
        reason: 'For clinic staff only',
        ...(ofTimeOff && {
          location_id:
            'One of the doctor’s locations; without it, the doctor is away from all of them. If you enter the same times for another location, the two become one entry for all locations.',
          kind: '`away` when left out. A `block` is time that the doctor is busy in the clinic; `reason` is its name. A `reserve` is kept for emergencies: it is closed to online booking, and the front desk books in it without `override_reason`.',
        }),
      },
      example: { [one]: { ...entered, ...ofTimeOff } },
      answer: {
        status: 201,
        summary: 'The new entry',
        body: z.object({ [one]: absence }),
        example: { [one]: example },
      },
    },
    [`DELETE ${address}/{absenceId}`]: {
      operationId: verbs[1],
      summary: `Remove ${what}`,
      right,
      answer: { status: 204, summary: 'It is removed' },
    },
  }
}

export const absences: Section = {
  name: 'Absences',
  description:
    'Times when a doctor is away, a location is closed, or a room or device cannot be used, in local time.',
  operations: {
    ...absencesOf('/doctors/{id}/time-off', {
      noun: ['time_off', 'time_off', 'TimeOff'],
      verbs: ['takeTimeOff', 'withdrawTimeOff'],
      what: 'a doctor’s time off',
      right: 'manage time off',
      ofTimeOff: { location_id: null, kind: 'away' },
    }),
    ...absencesOf('/locations/{id}/closures', {
      noun: ['closure', 'closures', 'Closures'],
      verbs: ['closeLocation', 'reopenLocation'],
      what: 'a location’s closure',
      right: 'manage closures',
    }),
    ...absencesOf('/resources/{id}/absences', {
      noun: ['absence', 'absences', 'ResourceAbsences'],
      verbs: ['putOutOfOrder', 'putBackInOrder'],
      what: 'a time when a room or device cannot be used',
      right: 'manage closures',
    }),
  },
}
