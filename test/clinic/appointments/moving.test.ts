import { describe, expect, it } from 'vitest'
import { movedAppointment } from '../../../src/clinic/appointments/moving.ts'
import { readTimesPage } from '../../../src/clinic/appointments/read-times-page.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { findOpenSlots } from '../../../src/clinic/availability/find-open-slots.ts'
import { type SearchedSlots, searchSlots } from '../../../src/clinic/availability/search-slots.ts'
import { anonymous } from '../../support/actors.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const { sql, as, at } = await openMondayClinic()
const hour = await defineVisitType(sql, { name: 'Long consultation', minutes: 60 })
const capped = await defineVisitType(sql, { name: 'Surgery', minutes: 60, dailyCap: 1 })
const mornings = [{ weekdays: [1], opensAt: '09:00', closesAt: '12:00' }]

/** An hour at ten with a doctor who works from nine to twelve and starts every fifteen minutes. */
async function bookTen(visitTypeId = hour) {
  const doctorId = await hireDoctor(sql, { hours: mornings, visitTypes: [hour, capped] })
  const patientId = await registerPatient(sql)
  const id = await insertAppointment(sql, {
    doctorId,
    patientId,
    visitTypeId,
    startAt: `${at('10:00')}+07:00`,
    minutes: 60,
  })
  const day = { doctorId, visitTypeId, from: '2026-11-23', to: '2026-11-23' }
  return { id, day, doctorId, patient: await openPatient(sql, [patientId]) }
}

const startsOf = (found: SearchedSlots | null) => {
  if (!found?.ok) throw new Error(found?.refusal)
  return found.slots.map(({ startLocal }) => startLocal.slice(11))
}

const all = ['09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30', '10:45', '11:00']
const others = all.filter((start) => start !== '10:00')

describe('an appointment that is being moved', () => {
  it('does not occupy its own time on the page that offers others', async () => {
    const { id, day, patient } = await bookTen()
    for (const ctx of [as(), as(patient)]) {
      const { found } = await readTimesPage(ctx, id, { ...day, limit: 24 })
      expect(startsOf(found)).toEqual(others)
    }
  })

  it('does not occupy it in a search for one doctor or for any', async () => {
    const { id, day, patient } = await bookTen()
    for (const ctx of [as(), as(patient)]) {
      const moved = movedAppointment(ctx, id)
      expect(startsOf(await searchSlots(ctx, { ...day, limit: 24, moved }))).toEqual(all)
      expect(startsOf((await findOpenSlots(ctx, day, moved)) as SearchedSlots)).toEqual(all)
      expect(startsOf((await findOpenSlots(ctx, day)) as SearchedSlots)).toEqual(['09:00', '11:00'])
    }
  })

  it('does not count towards the daily cap', async () => {
    const { id, day, patient } = await bookTen(capped)
    const { found } = await readTimesPage(as(patient), id, { ...day, limit: 24 })
    expect(startsOf(found)).toEqual(others)
  })

  it('can be moved to each time that is offered', async () => {
    const { id, patient } = await bookTen()
    for (const start of others) {
      const moved = await rescheduleAppointment(as(patient), { id, startAt: at(start) })
      expect([start, moved.ok]).toEqual([start, true])
    }
  })

  it('still occupies its time for whoever may not move it', async () => {
    const { id, day } = await bookTen()
    const other = as(await openPatient(sql, [await registerPatient(sql)]))
    for (const search of [
      () => findOpenSlots(other, day, movedAppointment(other, id)),
      () => searchSlots(other, { ...day, limit: 24, moved: movedAppointment(other, id) }),
    ])
      await expect(search()).rejects.toThrow('appointment')
    expect(() => movedAppointment(as(anonymous), id)).toThrow()
  })
})
