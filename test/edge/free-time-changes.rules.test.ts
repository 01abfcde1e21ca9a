import { expect, it } from 'vitest'
import { closeLocation, reopenLocation } from '../../src/clinic/availability/close-location.ts'
import {
  defineVisitType as define,
  defineVisitTypeInput,
} from '../../src/clinic/availability/define-visit-type.ts'
import { offerVisitTypes } from '../../src/clinic/availability/offer-visit-types.ts'
import { setWeeklyHours } from '../../src/clinic/availability/set-weekly-hours.ts'
import { takeTimeOff, withdrawTimeOff } from '../../src/clinic/availability/take-time-off.ts'
import { changeDoctor } from '../../src/clinic/doctors/change.ts'
import { hireDoctor as hire } from '../../src/clinic/doctors/hire.ts'
import { openLocation } from '../../src/clinic/locations/open.ts'
import { type FreeTimeChange, freeTimeChanges } from '../../src/edge/free-time-changes.ts'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, locationOf } from '../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const as = () => clinic.context({ actor: { kind: 'admin', accountId: 8 } })
const doctorId = await hireDoctor(sql)
const locationId = await locationOf(sql, doctorId)
const on = (from: string, to = from): FreeTimeChange => ({ doctorId, locationId, from, to })

/** Each prepares, and returns the exact changes of free time and the call that causes them. */
const verbs: Record<string, () => Promise<[FreeTimeChange[], () => Promise<unknown>]>> = {
  'time off until midnight, entered twice': async () => {
    const away = { startLocal: '2026-11-24T20:00', endLocal: '2026-11-26T00:00' }
    const take = () => takeTimeOff(as(), doctorId, away)
    return [[on('2026-11-24', '2026-11-25')], () => take().then(take)]
  },
  'withdrawn time off': async () => {
    const away = { startLocal: '2026-12-01T09:00', endLocal: '2026-12-01T10:00' }
    const { id } = await takeTimeOff(as(), doctorId, away)
    return [[on('2026-12-01')], () => withdrawTimeOff(as(), doctorId, id)]
  },
  'unknown time off': async () => [[], () => withdrawTimeOff(as(), doctorId, 999_999).catch(() => null)],
  'time off of 62 days': async () => {
    const away = { startLocal: '2027-01-01T00:00', endLocal: '2027-03-04T00:00' }
    return [[on('2027-01-01', '2027-03-03')], () => takeTimeOff(as(), doctorId, away)]
  },
  'time off of 63 days': async () => {
    const away = { startLocal: '2028-01-01T00:00', endLocal: '2028-03-04T00:00' }
    return [['everything'], () => takeTimeOff(as(), doctorId, away)]
  },
  'a closure': async () => {
    const away = { startLocal: '2029-01-01T09:00', endLocal: '2029-01-01T10:00' }
    return [['everything'], () => closeLocation(as(), locationId, away)]
  },
  'a withdrawn closure': async () => {
    const away = { startLocal: '2029-01-02T09:00', endLocal: '2029-01-02T10:00' }
    const { id } = await closeLocation(as(), locationId, away)
    return [['everything'], () => reopenLocation(as(), locationId, id)]
  },
  'weekly hours': async () => {
    return [['everything'], () => setWeeklyHours(as(), doctorId, [])]
  },
  'other visit types': async () => {
    return [['everything'], () => offerVisitTypes(as(), doctorId, [])]
  },
  'unknown visit types': async () => [[], () => offerVisitTypes(as(), doctorId, [999_999])],
  'a visit type': async () => [
    ['everything'],
    () => define(as(), defineVisitTypeInput.parse({ name: 'New', minutes: 20 })),
  ],
  'an existing visit type': async () => {
    const input = defineVisitTypeInput.parse({ name: 'There', minutes: 20 })
    await define(as(), input)
    return [[], () => define(as(), input)]
  },
  'a doctor': async () => [
    ['everything'],
    () =>
      hire(as(), {
        name: 'Dr. New',
        locationId,
        specialty: 'Time',
        role: 'doctor',
        gridMinutes: 20,
      }),
  ],
  'a changed doctor': async () => [
    ['everything'],
    () => changeDoctor(as(), doctorId, { specialty: 'Space' }),
  ],
  'a location': async () => [
    ['everything'],
    () => openLocation(as(), { name: 'There', timeZone: 'Europe/Berlin' }),
  ],
}

it.each(Object.entries(verbs))('%s changes exactly these times', async (_, prepare) => {
  const [changes, act] = await prepare()
  clinic.takeHappenings()
  await act()
  expect(clinic.takeHappenings().flatMap(freeTimeChanges)).toEqual(changes)
})
