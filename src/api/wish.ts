import type { Context } from 'hono'
import type * as z from 'zod'
import type { NextFree } from '../clinic/appointments/begin.ts'
import type { Appointment } from '../clinic/appointments/find.ts'
import type { Missing, UnmetNeed } from '../clinic/appointments/people.ts'
import type { Offer } from '../clinic/availability/find-visit-types.ts'
import type { Fault, Refusal } from '../clinic/refusals.ts'
import { minute } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { withOffset } from '../i18n/dates.ts'
import { problem } from './problem.ts'
import { refuseFields } from './refuse-invalid.ts'
import { sessionToJson } from './session-json.ts'

/** Every time in the API has an offset. */
export const timesWithOffset = { startAt: minute, endAt: minute.optional() }

/**
 * For `superRefine`: a request has a start, or else something that brings one.
 *
 * @param others what must be left out then; undefined when it has none.
 */
export function eitherOr(context: z.RefinementCtx, others: object | undefined, startAt: unknown): void {
  const refuse = (path: string, message: Fault) => context.addIssue({ code: 'custom', path: [path], message })
  if (others === undefined && startAt === undefined) refuse('startAt', 'missing')
  for (const [field, value] of Object.entries(others ?? {}))
    if (value !== undefined) refuse(field, 'not_expected')
}

type Refused = WithoutTime | WithTime

type WithoutTime =
  | { refusal: 'invalid'; faults: Record<string, Fault | undefined> }
  | { refusal: 'session_full'; nextSessions: Appointment[] }

type WithTime = {
  refusal: Exclude<Refusal, 'invalid'>
  nextFree?: NextFree | null
  nextFreeStartAt?: Date | null
  offered?: Offer[]
} & Missing

/**
 * Why nothing begins, and nothing moves: with the next free start when another time of the day may do, or with what the
 * doctor offers.
 */
export function refuseWish(c: Context<AppEnv>, noun: string, refused: Refused): Response {
  if (refused.refusal === 'invalid') return refuseFields(c, noun, refused.faults)
  if ('nextSessions' in refused)
    return problem(c, refused.refusal, { next_sessions: refused.nextSessions.map(sessionToJson) })
  return refuseTime(c, refused)
}

function refuseTime(c: Context<AppEnv>, refused: WithTime): Response {
  const { nextFree, nextFreeStartAt, missing, unmetNeed, offered } = refused
  if (offered) return problem(c, refused.refusal, { offered })
  if (nextFree === undefined && nextFreeStartAt === undefined) return problem(c, refused.refusal)
  const detail = [
    ...(missing ? [`${missing.name} is not free at that time.`] : []),
    ...(unmetNeed ? [`No ${nameOf(unmetNeed)} is free at that time.`] : []),
    ...(nextFree
      ? [
          `The next free start on that day is ${withOffset(nextFree.startLocal, nextFree.startAt)} (${nextFree.timeZone}).`,
        ]
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
