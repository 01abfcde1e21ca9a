import * as z from 'zod'
import type { Right } from '../../clinic/accounts/guard.ts'
import { absenceInput } from '../../clinic/availability/absence.ts'
import { closed } from '../../clinic/shapes.ts'
import { absence } from '../answers.ts'
import { absenceExample } from './examples.ts'
import type { Section } from './operation.ts'

const { start_local, end_local, reason } = absenceExample
const entered = { start_local, end_local, reason }

interface Words {
  /** The envelope of one and of many, and the last part of an operation's name. */
  noun: [one: string, many: string, name: string]
  verbs: [enter: string, withdraw: string]
  /** `a doctor’s time off`. */
  what: string
  right: Right
}

/** The three calls below the address of whoever is absent. */
function absencesOf(address: string, { noun, verbs, what, right }: Words): Section['operations'] {
  const [one, many, name] = noun
  return {
    [`GET ${address}`]: {
      operationId: `list${name}`,
      summary: `Lists ${what}`,
      description: 'Whatever is not over, by its end.',
      right,
      answer: {
        status: 200,
        summary: 'What is not over',
        body: z.object({ [many]: z.array(absence) }),
        example: { [many]: [absenceExample] },
      },
    },
    [`POST ${address}`]: {
      operationId: verbs[0],
      summary: `Enters ${what}`,
      description: 'Entered again it is the same. What is booked stays booked, and is named.',
      right,
      body: closed({ [one]: absenceInput }),
      fields: {
        end_local: 'Later than `start_local`, at most two years',
        reason: 'For the clinic’s own people',
      },
      example: { [one]: entered },
      answer: {
        status: 201,
        summary: 'What was entered',
        body: z.object({ [one]: absence }),
        example: { [one]: absenceExample },
      },
    },
    [`DELETE ${address}/{absenceId}`]: {
      operationId: verbs[1],
      summary: `Takes ${what} back`,
      right,
      answer: { status: 204, summary: 'It is taken back' },
    },
  }
}

export const absences: Section = {
  name: 'Absences',
  description: 'Wall-clock times at which a doctor is away, or a location closed.',
  operations: {
    ...absencesOf('/doctors/{id}/time-off', {
      noun: ['time_off', 'time_off', 'TimeOff'],
      verbs: ['takeTimeOff', 'withdrawTimeOff'],
      what: 'a doctor’s time off',
      right: 'manage time off',
    }),
    ...absencesOf('/locations/{id}/closures', {
      noun: ['closure', 'closures', 'Closures'],
      verbs: ['closeLocation', 'reopenLocation'],
      what: 'a location’s closure',
      right: 'manage closures',
    }),
  },
}
