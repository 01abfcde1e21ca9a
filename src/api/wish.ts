import type { Context } from 'hono'
import type { NextFree } from '../clinic/appointments/begin.ts'
import type { Fault, Refusal } from '../clinic/refusals.ts'
import { minute } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { problem } from './problem.ts'
import { refuseFields } from './refuse-invalid.ts'

/** Every time in the API has an offset. */
export const timesWithOffset = { startAt: minute, endAt: minute.optional() }

type Refused =
  | { refusal: 'invalid'; faults: Record<string, Fault | undefined> }
  | { refusal: Exclude<Refusal, 'invalid'>; nextFree?: NextFree | null; nextFreeStartAt?: Date | null }

/** Why nothing begins, and nothing moves: with the next free start when another time of the day may do. */
export function refuseWish(c: Context<AppEnv>, noun: string, refused: Refused): Response {
  if (refused.refusal === 'invalid') return refuseFields(c, noun, refused.faults)
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
