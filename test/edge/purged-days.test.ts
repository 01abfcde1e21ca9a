import { expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { searchSlots } from '../../src/clinic/availability/search-slots.ts'
import { freeTimeChanges } from '../../src/edge/free-time-changes.ts'
import { tagsOfChange, tagsOfPage } from '../../src/edge/tags.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../support/people.ts'
import { morning } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']
const ctx = () => clinic.context({ now: morning })

/** The slots and the cache tags of the page of each day. */
async function readPages(doctorId: number, visitTypeId: number) {
  const pages = new Map<string, { slots: string[]; tags: string[] }>()
  for (const day of days) {
    const search = { doctorId, visitTypeId, from: day, to: day, limit: 200 }
    const found = await searchSlots(ctx(), search)
    const slots = found.ok ? found.slots.map(({ startLocal }) => startLocal) : []
    pages.set(day, { slots, tags: tagsOfPage(search, found, morning) })
  }
  return pages
}

// The longest visits and buffers there are, on either side of midnight.
it.each([
  ['2026-11-25T23:30', { minutes: 30, bufferAfter: 120 }, ['2026-11-25', '2026-11-26']],
  ['2026-11-25T00:00', { minutes: 30, bufferBefore: 120 }, ['2026-11-24', '2026-11-25']],
  ['2026-11-25T23:30', { minutes: 30, bufferBefore: 120 }, ['2026-11-25', '2026-11-26']],
  ['2026-11-25T07:30', { minutes: 480 }, ['2026-11-24', '2026-11-25']],
  ['2026-11-25T23:45', { minutes: 480, bufferAfter: 120 }, ['2026-11-25', '2026-11-26']],
  ['2026-11-25T12:00', { minutes: 30, bufferBefore: 120, bufferAfter: 120 }, ['2026-11-25']],
])('a booking at %s of %j purges each page that it changes', async (startAt, terms, changed) => {
  const visitTypeId = await defineVisitType(sql, { name: `${startAt} ${JSON.stringify(terms)}`, ...terms })
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId] })
  const before = await readPages(doctorId, visitTypeId)
  clinic.takeHappenings()
  const patientId = await registerPatient(sql)
  expect(await bookAppointment(ctx(), { doctorId, visitTypeId, patientId, startAt })).toMatchObject({
    ok: true,
  })
  const purged = new Set(clinic.takeHappenings().flatMap(freeTimeChanges).flatMap(tagsOfChange))
  const after = await readPages(doctorId, visitTypeId)
  const isChanged = (day: string) => before.get(day)?.slots.join() !== after.get(day)?.slots.join()
  const isPurged = (day: string) => before.get(day)?.tags.some((tag) => purged.has(tag))
  expect(days.filter(isChanged)).toEqual(changed)
  expect(days.filter((day) => isChanged(day) && !isPurged(day))).toEqual([])
})
