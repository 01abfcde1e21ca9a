import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { explainFreeTime } from '../clinic/availability/explain-free-time.ts'
import {
  type Cause,
  type Explained,
  type Explanation,
  explainInput,
  type Span,
} from '../clinic/availability/explanation.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { allowOnly, limitSearches } from './conventions.ts'
import type { ExplanationJson } from './explanation-answers.ts'
import { refuseInvalidQuery, refuseNamed } from './refuse-invalid.ts'
import { slotToJson } from './slots.ts'

export const explanationSearch = inSnakeCase(explainInput.omit({ doctorId: true }))

/** Below `/doctors/:id/slots`. */
export const slotExplanationsApi = new Hono<AppEnv>()

slotExplanationsApi.get(
  '/',
  ...limitSearches,
  zValidator('query', explanationSearch, refuseInvalidQuery),
  async (c) => {
    const wish = { doctorId: idIn(c, 'doctor'), ...c.req.valid('query') }
    const found = await explainFreeTime(c.var.clinic, wish)
    return found.ok ? c.json({ explanation: toJson(found.explanation) }) : refuseNamed(c, found.faults)
  },
)
slotExplanationsApi.all('/', allowOnly('GET, HEAD'))

function toJson(explanation: Explanation): ExplanationJson {
  const { doctor, visitType, locations, on, timeZone, stoppedBy, terms, rules, free, next, instead } =
    explanation
  return {
    doctor_id: doctor.id,
    doctor_name: doctor.name,
    visit_type_id: visitType.id,
    visit_type_name: visitType.name,
    locations,
    on,
    time_zone: timeZone,
    stopped_by: stoppedBy,
    terms: snakeKeys(terms),
    rules: rules.map(ruleToJson),
    free: free.map(spanToJson),
    next: next && slotToJson(next),
    instead: instead.map(({ id, name, startLocal }) => ({
      visit_type_id: id,
      name,
      start_local: startLocal,
    })),
  }
}

const ruleToJson = ({ rule, minutes, remaining, taken, causes, without }: Explained) => ({
  rule,
  minutes_left: minutes,
  remaining: remaining.map(spanToJson),
  taken: taken.map(spanToJson),
  causes: causes.map(causeToJson),
  without_it: without && { times: without.times, first_start_local: without.firstLocal },
})

const causeToJson = (cause: Cause) => ({
  ...spanToJson(cause),
  id: cause.id,
  name: cause.name,
  kind: cause.kind,
  doctor_name: cause.doctor,
  location_name: cause.location,
})

const spanToJson = ({ startAt, endAt, startLocal, endLocal }: Span) => ({
  start_at: startAt.toISOString(),
  end_at: endAt.toISOString(),
  start_local: startLocal,
  end_local: endLocal,
})
