import { expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { findOpenSlots, type Slot } from '../../src/clinic/availability/find-open-slots.ts'
import { openClinic } from '../support/clinic.ts'
import { findOverlaps } from '../support/overlaps.ts'
import { defineVisitType, hireDoctor, openPatient, registerPatient } from '../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic

// A month with Berlin's clock change, hours that span it, a break and days off.
const now = new Date('2026-09-30T12:00:00Z')
const hours = [
  { weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '12:30' },
  { weekdays: [1, 2, 3, 4, 5], opensAt: '13:10', closesAt: '17:00' },
  { weekdays: [7], opensAt: '01:00', closesAt: '04:00' },
]

async function openPractice(visitTypeId: number) {
  const doctorId = await hireDoctor(sql, {
    timeZone: 'Europe/Berlin',
    hours,
    gridMinutes: 20,
    visitTypes: [visitTypeId],
  })
  await sql.query(
    `insert into time_off (doctor_id, starts_at, ends_at) values ($1, '2026-10-08T11:00', '2026-10-12T15:00')`,
    [doctorId],
  )
  await sql.query(
    `insert into closures (location_id, starts_at, ends_at)
     select location_id, '2026-10-03T00:00', '2026-10-04T00:00' from doctors where id = $1`,
    [doctorId],
  )
  return { doctorId, visitTypeId, from: '2026-10-01', to: '2026-10-31' }
}

async function slotsOf(asked: Awaited<ReturnType<typeof openPractice>>): Promise<Slot[]> {
  const found = await findOpenSlots(clinic.context({ now, actor: { kind: 'anonymous' } }), asked)
  if (!found.ok) throw new Error(found.refusal)
  return found.slots
}

async function book({ doctor, visitTypeId, startAt }: Slot) {
  // Each by another patient, because an account has only so many appointments.
  const actor = await openPatient(sql, [await registerPatient(sql)])
  const input = { doctorId: doctor.id, visitTypeId, startAt: startAt.toISOString() }
  return bookAppointment(clinic.context({ now, actor }), input)
}

it('every slot shown in a month can be booked in turn until none is left', async () => {
  const practice = await openPractice(await defineVisitType(sql, { minutes: 20, name: 'Short' }))
  const slots = await slotsOf(practice)
  // The hour from 02:00 occurs twice on the night of 25 October.
  const night = slots.filter(({ startLocal }) => startLocal.startsWith('2026-10-25T02'))
  const hour = ['02:00', '02:20', '02:40']
  expect(night.map(({ startLocal }) => startLocal.slice(11))).toEqual([...hour, ...hour])
  for (const slot of slots) expect(await book(slot)).toMatchObject({ ok: true })
  expect(await slotsOf(practice)).toEqual([])
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
})

it('every slot still shown can be booked when lengths, buffers and grid do not fit', async () => {
  const wishes = { name: 'Odd', minutes: 35, bufferBefore: 5, bufferAfter: 10, dailyCap: 7 }
  const practice = await openPractice(await defineVisitType(sql, wishes))
  let booked = 0
  for (let slots = await slotsOf(practice); slots.length > 0; slots = await slotsOf(practice)) {
    // One a day, so that the next search sees what is left around it.
    const byDay = Map.groupBy(slots, ({ startLocal }) => startLocal.slice(0, 10))
    for (const day of byDay.values()) {
      const slot = day[booked % day.length] as Slot
      expect(await book(slot)).toMatchObject({ ok: true })
      booked += 1
    }
  }
  expect(booked).toBeGreaterThan(100)
  const { rows } = await sql.query(
    `select count(*) from appointments one join appointments other
     on other.doctor_id = one.doctor_id and other.id > one.id
     and other.start_at < one.end_at + interval '15 minutes' and one.start_at < other.end_at + interval '15 minutes'
     where one.doctor_id = $1`,
    [practice.doctorId],
  )
  expect(rows).toEqual([{ count: '0' }])
})
