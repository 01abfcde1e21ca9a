import { describe, expect, it } from 'vitest'
import type { AbsenceInput } from '../../../src/clinic/availability/absence.ts'
import {
  closeLocation,
  findClosures,
  reopenLocation,
} from '../../../src/clinic/availability/close-location.ts'
import { findOpenSlots } from '../../../src/clinic/availability/find-open-slots.ts'
import { findTimeOff, takeTimeOff } from '../../../src/clinic/availability/take-time-off.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { defineVisitType, hireDoctor, insertAppointment, locationOf } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const visitType = await defineVisitType(clinic.sql, { name: 'Short', minutes: 30 })

/** Works around the clock, with a slot every half hour. */
const hire = (timeZone = 'Asia/Jakarta') =>
  hireDoctor(clinic.sql, { timeZone, gridMinutes: 30, visitTypes: [visitType] })

const away = (startLocal: string, endLocal: string): AbsenceInput => ({ startLocal, endLocal })
const noon = away('2030-01-07T12:00', '2030-01-07T13:00')

/** The doctor's free starts on that date, in UTC. */
async function freeOn(doctorId: number, date: string): Promise<string[]> {
  const found = await findOpenSlots(clinic.context(), {
    doctorId,
    visitTypeId: visitType,
    from: date,
    to: date,
  })
  if (!found.ok) throw new Error(found.refusal)
  return found.slots.map(({ startAt }) => startAt.toISOString().slice(11, 16))
}

/** The free starts on that date that the absences remove. */
async function takenOn(date: string, ...absences: AbsenceInput[]): Promise<string[]> {
  const doctor = await hire('Europe/Berlin')
  const before = await freeOn(doctor, date)
  for (const absence of absences) await takeTimeOff(clinic.context(), doctor, absence)
  const after = await freeOn(doctor, date)
  return before.filter((start) => !after.includes(start))
}

const book = (doctorId: number, startAt: string, status = 'booked', minutes = 30) =>
  insertAppointment(clinic.sql, { doctorId, startAt, status, minutes })

const countRows = async (table: 'time_off' | 'closures') =>
  (await clinic.sql.query(`select count(*)::int from ${table}`)).rows[0].count

describe('an absence on the day when the clocks go forward', () => {
  const date = '2030-03-31'

  it('from one to four lasts two hours', async () => {
    const taken = await takenOn(date, away(`${date}T01:00`, `${date}T04:00`))
    expect(taken).toEqual(['00:00', '00:30', '01:00', '01:30'])
  })

  it('from two to three is empty, as there is no such hour', async () => {
    expect(await takenOn(date, away(`${date}T02:00`, `${date}T03:00`))).toEqual([])
  })

  it('that starts at half past two starts at half past three', async () => {
    const taken = await takenOn(date, away(`${date}T02:30`, `${date}T05:00`))
    expect(taken).toEqual(['01:30', '02:00', '02:30'])
  })

  it('until half past two ends at half past three', async () => {
    const taken = await takenOn(date, away(`${date}T01:30`, `${date}T02:30`))
    expect(taken).toEqual(['00:30', '01:00'])
  })

  it('for the whole day lasts twenty-three hours', async () => {
    expect(await takenOn(date, away(`${date}T00:00`, '2030-04-01T00:00'))).toHaveLength(46)
  })
})

describe('an absence on the day when the clocks go back', () => {
  const date = '2030-10-27'

  it('from one to four lasts four hours', async () => {
    const taken = await takenOn(date, away(`${date}T01:00`, `${date}T04:00`))
    expect(taken).toEqual(['23:00', '23:30', '00:00', '00:30', '01:00', '01:30', '02:00', '02:30'])
  })

  it('that starts at two starts at the second two o’clock', async () => {
    expect(await takenOn(date, away(`${date}T02:00`, `${date}T03:00`))).toEqual(['01:00', '01:30'])
  })

  it('until half past two ends at the second half past two', async () => {
    const taken = await takenOn(date, away(`${date}T01:30`, `${date}T02:30`))
    expect(taken).toEqual(['23:30', '00:00', '00:30', '01:00'])
  })

  it('for the whole day lasts twenty-five hours', async () => {
    expect(await takenOn(date, away(`${date}T00:00`, '2030-10-28T00:00'))).toHaveLength(50)
  })
})

describe('a booked appointment stays', () => {
  it('and is reported, in order of start, when it overlaps', async () => {
    const doctor = await hire()
    const reachesIn = await book(doctor, '2030-01-06T21:30Z', 'booked', 480)
    const within = await book(doctor, '2030-01-07T05:30Z', 'arrived')
    const before = await clinic.sql.query('select * from appointments order by id')
    const entered = await takeTimeOff(clinic.context(), doctor, noon)
    expect(entered.appointmentIds).toEqual([reachesIn, within])
    expect((await clinic.sql.query('select * from appointments order by id')).rows).toEqual(before.rows)
  })

  it('and is not reported when it only touches, is off or is another doctor’s', async () => {
    const doctor = await hire()
    await book(doctor, '2030-01-06T21:00Z', 'booked', 480)
    await book(doctor, '2030-01-07T06:00Z')
    for (const status of ['cancelled', 'noshow']) await book(doctor, '2030-01-07T05:00Z', status)
    await book(await hire(), '2030-01-07T05:00Z')
    expect((await takeTimeOff(clinic.context(), doctor, noon)).appointmentIds).toEqual([])
  })

  it('and is found by the location’s clock when the clocks change', async () => {
    const doctor = await hire('Europe/Berlin')
    const second = await book(doctor, '2030-10-27T01:00Z')
    await book(doctor, '2030-10-27T00:00Z')
    const entered = await takeTimeOff(clinic.context(), doctor, away('2030-10-27T02:00', '2030-10-27T03:00'))
    expect(entered.appointmentIds).toEqual([second])
  })

  it('and is not reported when the absence falls into a skipped hour', async () => {
    const doctor = await hire('Europe/Berlin')
    await book(doctor, '2030-03-31T00:30Z', 'booked', 90)
    for (const gone of [
      away('2030-03-31T02:00', '2030-03-31T03:00'),
      away('2030-03-31T02:30', '2030-03-31T03:15'),
    ])
      expect((await takeTimeOff(clinic.context(), doctor, gone)).appointmentIds).toEqual([])
  })
})

describe('entering the same absence again', () => {
  it('keeps one, even when entered eight times at once', async () => {
    const doctor = await hire()
    const rows = await countRows('time_off')
    const entered = await atOnce(8, () => takeTimeOff(clinic.context(), doctor, noon))
    const later = await takeTimeOff(clinic.context(), doctor, { ...noon, reason: 'Training' })
    expect(new Set([...entered, later].map(({ id }) => id)).size).toBe(1)
    expect(await countRows('time_off')).toBe(rows + 1)
    expect(await findTimeOff(clinic.context(), doctor)).toEqual([
      {
        id: later.id,
        startAt: new Date('2030-01-07T05:00Z'),
        endAt: new Date('2030-01-07T06:00Z'),
        startLocal: noon.startLocal,
        endLocal: noon.endLocal,
        timeZone: 'Asia/Jakarta',
        locationId: null,
        kind: 'away',
        reason: 'Training',
        appointmentIds: [],
      },
    ])
  })

  it('makes another one for another doctor, location or time', async () => {
    const doctor = await hire()
    const [location, colleague] = [await locationOf(clinic.sql, doctor), await hire()]
    const one = await takeTimeOff(clinic.context(), doctor, noon)
    const later = { ...noon, endLocal: '2030-01-07T14:00' }
    const others = [
      await takeTimeOff(clinic.context(), colleague, noon),
      await takeTimeOff(clinic.context(), doctor, later),
    ]
    expect(new Set([one, ...others].map(({ id }) => id)).size).toBe(3)
    await closeLocation(clinic.context(), location, noon)
    expect(await findClosures(clinic.context(), location)).toHaveLength(1)
    expect(await findTimeOff(clinic.context(), doctor)).toHaveLength(2)
  })
})

describe('a closed location', () => {
  it('closes for all its doctors, and only them, until it reopens', async () => {
    const [doctor, colleague, another] = [await hire(), await hire(), await hire()]
    const location = await locationOf(clinic.sql, doctor)
    await clinic.sql.query('update doctors set location_id = $1 where id = $2', [location, colleague])
    const ids = [await book(colleague, '2030-01-07T05:00Z'), await book(doctor, '2030-01-07T05:30Z')]
    await book(another, '2030-01-07T05:00Z')
    const free = async () =>
      Promise.all([doctor, colleague, another].map(async (id) => (await freeOn(id, '2030-01-07')).length))
    expect(await free()).toEqual([47, 47, 47])
    const wholeDay = away('2030-01-07T00:00', '2030-01-08T00:00')
    const { id, appointmentIds } = await closeLocation(clinic.context(), location, wholeDay)
    expect(appointmentIds).toEqual(ids)
    expect(await free()).toEqual([0, 0, 47])
    await reopenLocation(clinic.context(), location, id)
    expect(await free()).toEqual([47, 47, 47])
  })
})

it('an absence is listed until it is over everywhere on earth, in one trip', async () => {
  const doctor = await hire('Pacific/Honolulu')
  await takeTimeOff(clinic.context(), doctor, noon)
  const listedAt = async (now: string) => {
    clinic.takeTrips()
    const found = await findTimeOff(clinic.context({ now: new Date(now) }), doctor)
    expect(clinic.takeTrips()).toHaveLength(1)
    return found.length
  }
  // One o'clock in Honolulu is 23:00 in UTC.
  expect(await listedAt('2030-01-07T22:59Z')).toBe(1)
  expect(await listedAt('2030-01-08T13:01Z')).toBe(0)
})
