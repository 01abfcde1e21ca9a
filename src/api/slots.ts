import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { movedAppointment, movingInput } from '../clinic/appointments/moving.ts'
import type { Slot } from '../clinic/availability/find-open-slots.ts'
import { searchSlots, searchSlotsInput, slotKey } from '../clinic/availability/search-slots.ts'
import type { AppEnv } from '../http/app-env.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import type { SlotJson } from './appointment-answers.ts'
import { allowOnly, limitSearches } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalidQuery, refuseNamed } from './refuse-invalid.ts'

export const slotsSearch = inSnakeCase(searchSlotsInput.extend(movingInput).extend(paging(20)))

export const slotsApi = new Hono<AppEnv>()

slotsApi.get('/', ...limitSearches, zValidator('query', slotsSearch, refuseInvalidQuery), async (c) => {
  const { cursor, moving, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, slotKey)
  const moved = moving === undefined ? undefined : movedAppointment(c.var.clinic, moving)
  const found = await searchSlots(c.var.clinic, { ...asked, after, moved })
  if (!found.ok && found.refusal === 'invalid') return refuseNamed(c, found.faults)
  if (!found.ok) return problem(c, found.refusal, { offered: found.offered })
  const { next } = found
  if (next) await linkToNext(c, [next.startAt.toISOString(), next.load, next.doctorId, next.locationId])
  return c.json({ slots: found.slots.map(slotToJson) })
})
slotsApi.all('/', allowOnly('GET, HEAD'))

export function slotToJson(slot: Slot): SlotJson {
  return {
    start_at: slot.startAt.toISOString(),
    end_at: slot.endAt.toISOString(),
    start_local: slot.startLocal,
    end_local: slot.endLocal,
    time_zone: slot.timeZone,
    visit_type_id: slot.visitTypeId,
    doctor_id: slot.doctor.id,
    doctor_name: slot.doctor.name,
    location_id: slot.location.id,
    location_name: slot.location.name,
  }
}
