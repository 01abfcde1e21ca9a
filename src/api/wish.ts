import type { Context } from 'hono'
import type { NextFree } from '../clinic/appointments/begin.ts'
import type { Missing, UnmetNeed } from '../clinic/appointments/people.ts'
import type { Offer } from '../clinic/availability/find-visit-types.ts'
import type { Fault, Refusal } from '../clinic/refusals.ts'
import { minute } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { problem } from './problem.ts'
import { refuseFields } from './refuse-invalid.ts'

/** Every time in the API has an offset. */
export const timesWithOffset = { startAt: minute, endAt: minute.optional() }

type Refused =
  | { refusal: 'invalid'; faults: Record<string, Fault | undefined> }
  | ({
      refusal: Exclude<Refusal, 'invalid'>
      nextFree?: NextFree | null
      nextFreeStartAt?: Date | null
      offered?: Offer[]
    } & Missing)

/**
 * Why nothing begins, and nothing moves: with the next free start when another time of the day may do, or with what the
 * doctor offers.
 */
export function refuseWish(c: Context<AppEnv>, noun: string, refused: Refused): Response {
  if (refused.refusal === 'invalid') return refuseFields(c, noun, refused.faults)
  const { nextFree, nextFreeStartAt, missing, unmetNeed, offered } = refused
  if (offered) return problem(c, refused.refusal, { offered })
  if (nextFree === undefined && nextFreeStartAt === undefined) return problem(c, refused.refusal)
  const detail = [
    ...(missing ? [`${missing.name} is not free at that time.`] : []),
    ...(unmetNeed ? [`No ${nameOf(unmetNeed)} is free at that time.`] : []),
    ...(nextFree
      ? [`The next free start on that day is ${nextFree.startLocal} (${nextFree.timeZone}).`]
      : []),
  ].join(' ')
  return problem(c, refused.refusal, {
    next_free_start_at: (nextFree?.startAt ?? nextFreeStartAt)?.toISOString() ?? null,
    ...(missing && { missing }),
    ...(unmetNeed && { unmet_need: unmetNeed }),
    ...(detail && { detail }),
  })
}

const nameOf = ({ type, role, specialty, kinds }: UnmetNeed) =>
  type === 'role'
    ? `${role}${specialty === null ? '' : ` (${specialty})`}`
    : `${type} (${kinds?.join(' or ')})`
