import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { defineVisitType, defineVisitTypeInput } from '../clinic/availability/define-visit-type.ts'
import {
  type DetailedVisitType,
  findVisitType,
  findVisitTypes,
  findVisitTypesInput,
} from '../clinic/availability/find-visit-types.ts'
import { eitherNeed, listOfNeeds, roleNeedInput, thingNeedInput } from '../clinic/availability/needs.ts'
import {
  type RedefineVisitType,
  redefineVisitType,
  redefineVisitTypeInput,
  replaceVisitTypeInput,
} from '../clinic/availability/redefine-visit-type.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { VisitTypeJson } from './clinic-answers.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

const needs = listOfNeeds(eitherNeed(inSnakeCase(roleNeedInput), inSnakeCase(thingNeedInput)))
export const visitTypeBody = closed({
  visit_type: inSnakeCase(defineVisitTypeInput.extend({ needs: needs.default([]) })),
})
export const replacementBody = closed({ visit_type: inSnakeCase(replaceVisitTypeInput.extend({ needs })) })
export const visitTypeChangesBody = closed({
  visit_type: inSnakeCase(redefineVisitTypeInput.extend({ needs: needs.optional() })),
})
export const visitTypesSearch = inSnakeCase(findVisitTypesInput)

export const visitTypesApi = new Hono<AppEnv>()

visitTypesApi.get('/', conditionalGet, zValidator('query', visitTypesSearch, refuseInvalidQuery), async (c) =>
  c.json({ visit_types: (await findVisitTypes(c.var.clinic, c.req.valid('query'))).map(visitTypeToJson) }),
)
visitTypesApi.post('/', requireJson, zValidator('json', visitTypeBody, refuseInvalid), async (c) => {
  const defined = await defineVisitType(c.var.clinic, c.req.valid('json').visit_type)
  if (!defined.ok) return refuseFields(c, 'visit_type', defined.faults)
  return showVisitType(c, defined.visitType, {}, 201)
})
visitTypesApi.all('/', allowOnly('GET, HEAD, POST'))

visitTypesApi.get('/:id', conditionalGet, async (c) =>
  showVisitType(c, await findVisitType(c.var.clinic, idIn(c, 'visit type'))),
)
/** The whole visit type at once: putting it again is the same. */
visitTypesApi.put(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', replacementBody, refuseInvalid),
  async (c) => redefine(c, c.req.valid('json').visit_type),
)
visitTypesApi.patch(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', visitTypeChangesBody, refuseInvalid),
  async (c) => redefine(c, c.req.valid('json').visit_type),
)
visitTypesApi.all('/:id', allowOnly('GET, HEAD, PATCH, PUT'))

async function redefine(c: Context<AppEnv>, wish: RedefineVisitType): Promise<Response> {
  const version = readIfMatch(c)
  const changed = await redefineVisitType(c.var.clinic, idIn(c, 'visit type'), {
    mayStrand: [],
    ...wish,
    version,
  })
  if (!changed.ok) return refuseFields(c, 'visit_type', changed.faults)
  return showVisitType(c, changed.visitType, { appointment_ids: changed.appointmentIds })
}

function showVisitType(
  c: Context<AppEnv>,
  visitType: DetailedVisitType,
  stranded: { appointment_ids?: number[] } = {},
  status: 200 | 201 = 200,
): Response {
  c.header('ETag', `"${visitType.version}"`)
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
    sort_order: visit.sortOrder,
    requires_approval: visit.requiresApproval,
    approval_hours: visit.approvalHours,
    needs: visit.needs,
    is_active: visit.isActive,
    capacity: visit.capacity,
    reminder_days: visit.reminderDays,
    is_silent: visit.isSilent,
    bring: visit.bring,
    preparation: visit.preparation,
    version: visit.version,
  }
}
