import { expect, it } from 'vitest'
import type { Happening, Occupancy } from '../../src/clinic/happenings.ts'
import { dayChanges } from '../../src/live/day-changes.ts'

const [monday, tuesday] = ['2026-11-23', '2026-11-24']
const place = (particulars: Partial<Occupancy> = {}): Occupancy => ({
  ...{ doctorId: 1, locationId: 3, from: monday, to: monday, occupies: true },
  ...particulars,
})
const appointment = (kind: string, before: Occupancy | null, after: Occupancy) =>
  ({ kind, appointmentId: 7, version: 2, patientId: 9, before, after }) as Happening

it('a move changes the day it left and the day it went to', () => {
  const moved = appointment('appointment.rescheduled', place(), place({ from: tuesday, to: tuesday }))
  expect(dayChanges(moved)).toEqual([
    { locationId: 3, days: { from: monday, to: monday } },
    { locationId: 3, days: { from: tuesday, to: tuesday } },
  ])
})

it('a check-in changes its day once, and names nobody', () => {
  expect(dayChanges(appointment('appointment.arrived', place(), place()))).toEqual([
    { locationId: 3, days: { from: monday, to: monday } },
  ])
})

it('an appointment changes the day at other locations whose people take part', () => {
  const booked = appointment(
    'appointment.booked',
    null,
    place({ elsewhere: [{ doctorId: 2, locationId: 4 }] }),
  )
  expect(dayChanges(booked).map(({ locationId }) => locationId)).toEqual([3, 4])
})

it('what belongs to no location changes all of them', () => {
  const settings = { kind: 'settings.changed' } as Happening
  expect(dayChanges(settings)).toEqual([{ locationId: 'everywhere', days: 'any day' }])
})

it('a doctor’s time off changes the day wherever they are away', () => {
  const away = {
    ...{ kind: 'time_off.entered', timeOffId: 1, doctorId: 2, locationIds: [3, 4] },
    ...{ from: monday, to: tuesday },
  } as Happening
  const days = { from: monday, to: tuesday }
  expect(dayChanges(away)).toEqual([
    { locationId: 3, days },
    { locationId: 4, days },
  ])
})

it('a sign-up changes no day', () => {
  expect(dayChanges({ kind: 'patient.registered', patientId: 1 } as Happening)).toEqual([])
})
