import type { Context } from 'hono'
import type { NextFree } from '../clinic/appointments/begin.ts'
import type { Fault, Refusal } from '../clinic/refusals.ts'
import { id, instant, personName, remark } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { snakeCase } from '../http/field-names.ts'
import { problem } from './problem.ts'
import { toError } from './refuse-invalid.ts'

/** What may be said of an appointment that shall be. */
export const wishFields = {
  doctor_id: id.optional(),
  location_id: id.optional(),
  specialty: personName.optional(),
  patient_id: id.optional(),
  visit_type_id: id.optional(),
  start_at: instant.optional(),
  end_at: instant.optional(),
  override_reason: remark.optional(),
  reason_for_visit: remark.optional(),
}

type WrittenWish = { [Field in keyof typeof wishFields]?: (typeof wishFields)[Field]['_output'] }

/** The same in the clinic's words. */
export function toWish(asked: WrittenWish) {
  return {
    doctorId: asked.doctor_id,
    locationId: asked.location_id,
    specialty: asked.specialty,
    patientId: asked.patient_id,
    visitTypeId: asked.visit_type_id,
    endAt: asked.end_at,
    overrideReason: asked.override_reason,
    reasonForVisit: asked.reason_for_visit,
  }
}

type Refused =
  | { refusal: 'invalid'; faults: Record<string, Fault | undefined> }
  | { refusal: Exclude<Refusal, 'invalid'>; nextFree?: NextFree | null; nextFreeStartAt?: Date | null }

/** Why nothing begins, and nothing moves: with the next free start when another time of the day may do. */
export function refuseWish(c: Context<AppEnv>, noun: string, refused: Refused): Response {
  if (refused.refusal === 'invalid') {
    const errors = Object.entries(refused.faults).flatMap(([field, message]) =>
      message === undefined ? [] : toError({ path: [noun, snakeCase(field)], message }),
    )
    return problem(c, 'invalid', { errors })
  }
  if ('nextFreeStartAt' in refused)
    return problem(c, refused.refusal, { next_free_start_at: refused.nextFreeStartAt?.toISOString() ?? null })
  if (!('nextFree' in refused)) return problem(c, refused.refusal)
  const { nextFree } = refused
  return problem(c, refused.refusal, {
    next_free_start_at: nextFree?.startAt.toISOString() ?? null,
    ...(nextFree && {
      detail: `The next free start on that day is ${nextFree.startLocal} (${nextFree.timeZone}).`,
    }),
  })
}
