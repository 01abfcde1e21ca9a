import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import type * as z from 'zod'
import { absenceInput, type TimeOffInput, timeOffInput } from '../clinic/availability/absence.ts'
import type { Absence } from '../clinic/availability/absence-row.ts'
import { closeLocation, findClosures, reopenLocation } from '../clinic/availability/close-location.ts'
import {
  findResourceAbsences,
  putBackInOrder,
  putOutOfOrder,
} from '../clinic/availability/put-out-of-order.ts'
import { findTimeOff, takeTimeOff, withdrawTimeOff } from '../clinic/availability/take-time-off.ts'
import type { ClinicContext } from '../clinic/context.ts'
import type { NotFound } from '../clinic/errors.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { AbsenceJson } from './clinic-answers.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { refuseInvalid } from './refuse-invalid.ts'

interface Verbs {
  /** Whose absence it is, and of which kind. */
  nouns: [NotFound['noun'], NotFound['noun']]
  envelope: string
  input: z.ZodType<TimeOffInput>
  enter(ctx: ClinicContext, of: number, input: TimeOffInput): Promise<Absence>
  find(ctx: ClinicContext, of: number): Promise<Absence[]>
  withdraw(ctx: ClinicContext, of: number, id: number): Promise<void>
}

export const timeOffApi = absencesApi({
  nouns: ['doctor', 'time off'],
  envelope: 'time_off',
  input: inSnakeCase(timeOffInput),
  enter: takeTimeOff,
  find: findTimeOff,
  withdraw: withdrawTimeOff,
})

export const closuresApi = absencesApi({
  nouns: ['location', 'closure'],
  envelope: 'closure',
  input: inSnakeCase(absenceInput),
  enter: closeLocation,
  find: findClosures,
  withdraw: reopenLocation,
})

export const resourceAbsencesApi = absencesApi({
  nouns: ['resource', 'absence'],
  envelope: 'absence',
  input: inSnakeCase(absenceInput),
  enter: putOutOfOrder,
  find: findResourceAbsences,
  withdraw: putBackInOrder,
})

/** The routes below the `:id` of the absent doctor, closed location or resource out of order. */
function absencesApi({ nouns: [whose, what], envelope, input, enter, find, withdraw }: Verbs) {
  const body = closed({ [envelope]: input })
  const absences = new Hono<AppEnv>()

  absences.get('/', async (c) => {
    const found = await find(c.var.clinic, idIn(c, whose))
    return c.json({ [envelope === 'time_off' ? envelope : `${envelope}s`]: found.map(absenceToJson) })
  })
  absences.post('/', requireJson, zValidator('json', body, refuseInvalid), async (c) => {
    const entered = await enter(c.var.clinic, idIn(c, whose), c.req.valid('json')[envelope] as TimeOffInput)
    return c.json({ [envelope]: absenceToJson(entered) }, 201)
  })
  absences.all('/', allowOnly('GET, HEAD, POST'))

  absences.delete('/:absenceId', async (c) => {
    await withdraw(c.var.clinic, idIn(c, whose), idIn(c, what, 'absenceId'))
    return c.body(null, 204)
  })
  absences.all('/:absenceId', allowOnly('DELETE'))
  return absences
}

function absenceToJson({ id, reason, locationId, kind, appointmentIds, ...absence }: Absence): AbsenceJson {
  return {
    id,
    start_at: absence.startAt.toISOString(),
    end_at: absence.endAt.toISOString(),
    start_local: absence.startLocal,
    end_local: absence.endLocal,
    time_zone: absence.timeZone,
    ...(locationId !== undefined && { location_id: locationId }),
    ...(kind && { kind }),
    reason,
    appointment_ids: appointmentIds,
  }
}
