import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import {
  type DefinedVisitType,
  defineVisitType,
  defineVisitTypeInput,
} from '../clinic/availability/define-visit-type.ts'
import {
  type DetailedVisitType,
  findVisitTypes,
  findVisitTypesInput,
} from '../clinic/availability/find-visit-types.ts'
import { eitherNeed, listOfNeeds, roleNeedInput, thingNeedInput } from '../clinic/availability/needs.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { VisitTypeJson } from './clinic-answers.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

const need = eitherNeed(inSnakeCase(roleNeedInput), inSnakeCase(thingNeedInput))
export const visitTypeBody = closed({
  visit_type: inSnakeCase(defineVisitTypeInput.extend({ needs: listOfNeeds(need) })),
})
export const visitTypesSearch = inSnakeCase(findVisitTypesInput)
const readBody = zValidator('json', visitTypeBody, refuseInvalid)

export const visitTypesApi = new Hono<AppEnv>()

visitTypesApi.get('/', conditionalGet, zValidator('query', visitTypesSearch, refuseInvalidQuery), async (c) =>
  c.json({ visit_types: (await findVisitTypes(c.var.clinic, c.req.valid('query'))).map(visitTypeToJson) }),
)
visitTypesApi.post('/', requireJson, readBody, async (c) => {
  const defined = await defineVisitType(c.var.clinic, undefined, c.req.valid('json').visit_type)
  return answer(c, defined, 201)
})
visitTypesApi.all('/', allowOnly('GET, HEAD, POST'))

/** The whole visit type at once: putting it again is the same. */
visitTypesApi.put('/:id', requireJson, readBody, async (c) => {
  const visitTypeId = idIn(c, 'visit type')
  return answer(c, await defineVisitType(c.var.clinic, visitTypeId, c.req.valid('json').visit_type), 200)
})
visitTypesApi.all('/:id', allowOnly('PUT'))

function answer(c: Context<AppEnv>, defined: DefinedVisitType, status: 200 | 201): Response {
  if (!defined.ok) return refuseFields(c, 'visit_type', defined.faults)
  const { visitType, appointmentIds } = defined
  const stranded = status === 200 && { appointment_ids: appointmentIds }
  return c.json({ visit_type: visitTypeToJson(visitType), ...stranded }, status)
}

function visitTypeToJson(visit: DetailedVisitType): VisitTypeJson {
  return {
    id: visit.id,
    name: visit.name,
    mode: visit.mode,
    minutes: visit.minutes,
    buffer_before_minutes: visit.bufferBeforeMinutes,
    buffer_after_minutes: visit.bufferAfterMinutes,
    notice_minutes: visit.noticeMinutes,
    cancellation_notice_minutes: visit.cancellationNoticeMinutes,
    horizon_days: visit.horizonDays,
    daily_cap: visit.dailyCap,
    bookable_online: visit.bookableOnline,
    requires_approval: visit.requiresApproval,
    approval_hours: visit.approvalHours,
    needs: visit.needs,
    is_active: visit.isActive,
    capacity: visit.capacity,
    reminder_days: visit.reminderDays,
    is_silent: visit.isSilent,
    bring: visit.bring,
    preparation: visit.preparation,
  }
}
