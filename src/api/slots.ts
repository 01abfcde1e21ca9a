import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Slot } from '../clinic/availability/find-open-slots.ts'
import { partsOfDay, searchSlots, slotKey } from '../clinic/availability/search-slots.ts'
import { calendarDate, closed, fault, id, personName, writtenNumber } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { cursor, linkToNext, readCursor } from '../http/cursor.ts'
import type { SlotJson } from './answers.ts'
import { allowOnly } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalidQuery, refuseNamed } from './refuse-invalid.ts'

export const slotsSearch = closed({
  visit_type_id: id,
  specialty: personName.optional(),
  location_id: id.optional(),
  doctor_id: id.optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  part_of_day: z.enum(partsOfDay, { error: fault('not_a_choice') }).optional(),
  limit: writtenNumber(1, 100).default(20),
  cursor,
})

export const slotsApi = new Hono<AppEnv>()

slotsApi.get('/', zValidator('query', slotsSearch, refuseInvalidQuery), async (c) => {
  const asked = c.req.valid('query')
  const found = await searchSlots(c.var.clinic, {
    visitTypeId: asked.visit_type_id,
    specialty: asked.specialty,
    locationId: asked.location_id,
    doctorId: asked.doctor_id,
    from: asked.from,
    to: asked.to,
    partOfDay: asked.part_of_day,
    limit: asked.limit,
    after: await readCursor(c, asked.cursor, slotKey),
  })
  if (!found.ok) return found.refusal === 'invalid' ? refuseNamed(c, found.faults) : problem(c, found.refusal)
  const { next } = found
  if (next) await linkToNext(c, [next.startAt.toISOString(), next.load, next.doctorId])
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
