import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { localAt } from '../../../src/clinic/day/clock.ts'
import { type ReadDay, readDay } from '../../../src/clinic/day/read-day.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { anonymous, desk } from '../../support/actors.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  addResource,
  hireDoctor,
  insertAppointment,
  locationOf,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic

/** A Monday, at 10:24 in Jakarta. */
const now = new Date('2026-11-30T10:24+07:00')
const monday = (time: string) => `2026-11-30T${time}+07:00`
const hours = [
  { weekdays: [1, 2, 3], opensAt: '09:00', closesAt: '12:00' },
  { weekdays: [1, 2, 3], opensAt: '13:00', closesAt: '17:00' },
]

let doctorId: number
let locationId: number

beforeAll(async () => {
  await sql.query('update clinic_settings set waiting_alert_minutes = 20')
})

beforeEach(async () => {
  doctorId = await hireDoctor(sql, { hours })
  locationId = await locationOf(sql, doctorId)
})

const read = (asked: Partial<ReadDay> = {}, actor: Actor = desk, at = now) =>
  readDay(clinic.context({ actor, now: at }), { locationId, days: 1, ...asked })

const book = (time: string, wishes: { status?: string; patientId?: number; minutes?: number } = {}) =>
  insertAppointment(sql, { doctorId, startAt: monday(time), ...wishes })

/** Ranges on the location's clock, to compare. */
const clocks = (day: Awaited<ReturnType<typeof read>>, ranges: readonly (readonly [number, number])[]) =>
  ranges.map((range) => range.map((at) => localAt(day, at).slice(5)).join('–'))

describe('one day', () => {
  it('is today without a date, with each doctor’s hours and what is free from now on', async () => {
    await book('11:00')
    const day = await read()
    expect(day.days.map(({ date }) => date)).toEqual(['2026-11-30'])
    expect(day.today.date).toBe('2026-11-30')
    const [doctor] = day.doctors
    expect(clocks(day, doctor?.hours ?? [])).toEqual(['11-30T09:00–11-30T12:00', '11-30T13:00–11-30T17:00'])
    expect(clocks(day, doctor?.free ?? [])).toEqual([
      '11-30T10:24–11-30T11:00',
      '11-30T11:30–11-30T12:00',
      '11-30T13:00–11-30T17:00',
    ])
  })

  it('names what takes time out of the hours', async () => {
    await sql.query(
      `insert into time_off (doctor_id, starts_at, ends_at, kind, reason) values
       ($1, '2026-11-30T14:00', '2026-11-30T15:00', 'block', 'Case review'),
       ($1, '2026-11-30T16:00', '2026-12-02T00:00', 'away', 'Something private')`,
      [doctorId],
    )
    await sql.query(
      `insert into closures (location_id, starts_at, ends_at, reason) values ($1, '2026-11-30T09:00', '2026-11-30T09:30', 'Fire drill')`,
      [locationId],
    )
    const day = await read()
    expect(day.doctors[0]?.off).toMatchObject([
      { kind: 'block', name: 'Case review', returnsOn: '2026-11-30' },
      { kind: 'away', name: null, returnsOn: '2026-12-02' },
    ])
    expect(day.closures).toMatchObject([{ name: 'Fire drill' }])
    expect(clocks(day, day.doctors[0]?.free ?? [])).toEqual([
      '11-30T10:24–11-30T12:00',
      '11-30T13:00–11-30T14:00',
      '11-30T15:00–11-30T16:00',
    ])
  })

  it('says when a full doctor is free next', async () => {
    await sql.query(
      `insert into time_off (doctor_id, starts_at, ends_at) values ($1, '2026-11-30T00:00', '2026-12-01T10:00')`,
      [doctorId],
    )
    const day = await read()
    expect(day.doctors[0]).toMatchObject({ free: [], nextFree: '2026-12-01T10:00' })
  })

  it('has holds that run and cancelled ones only as long as the patient was not told, or when asked for', async () => {
    const [held, expired, told, untold] = [
      await book('13:00', { status: 'pending' }),
      await book('13:30', { status: 'pending' }),
      await book('14:00', { status: 'cancelled' }),
      await book('14:30'),
    ]
    await sql.query(
      'update appointments set hold_expires_at = case when id = $1 then $3::timestamptz else $4 end where id in ($1, $2)',
      [held, expired, monday('10:31'), monday('10:20')],
    )
    await cancelAppointment(clinic.context({ actor: desk, now }), { id: untold, reason: 'Has a cold' })
    const shown = async (withCancelled: boolean) =>
      (await read({ withCancelled })).appointments.map(({ id }) => id)
    expect(await shown(false)).toEqual([held, untold])
    expect(await shown(true)).toEqual([held, told, untold])
    const day = await read()
    const cancelled = day.appointments.find(({ id }) => id === untold)
    expect(localAt(day, cancelled?.told ?? 0)).toBe('2026-11-30T10:27')
  })

  it('tells what the badges say', async () => {
    const patientId = await registerPatient(sql, 'Kevin Halim')
    await insertAppointment(sql, { doctorId, patientId, startAt: '2026-11-02T10:00+07:00', status: 'noshow' })
    await insertAppointment(sql, {
      doctorId,
      patientId,
      startAt: '2026-11-09T10:00+07:00',
      status: 'fulfilled',
    })
    const room = await addResource(sql, locationId, { name: 'Room 4' })
    const id = await book('14:00', { patientId })
    await sql.query(
      "update appointments set note = 'Needs a lift', override_reason = 'Urgent' where id = $1",
      [id],
    )
    await sql.query("insert into patient_flags (patient_id, flag, set_at) values ($1, 'balance', now())", [
      patientId,
    ])
    await sql.query(
      'insert into appointment_responses (appointment_id, patient_id, start_at, responded_at) values ($1, $2, $3, now())',
      [id, patientId, monday('14:00')],
    )
    await sql.query(
      `insert into claims (appointment_id, resource_id, part, during) values ($1, $2, 'room', tstzrange($3, $4))`,
      [id, room, monday('14:00'), monday('14:30')],
    )
    const day = await read()
    expect(day.appointments).toMatchObject([
      {
        id,
        patient: 'Kevin Halim',
        hasNote: true,
        overrideReason: 'Urgent',
        offBecause: null,
        isConfirmed: true,
        kept: 1,
        missed: 1,
        flags: ['balance'],
        rooms: [room],
        phone: null,
      },
    ])
    expect(day.roomNames).toEqual({ [room]: 'Room 4' })
  })

  it('has the notes in force and the walk-ins who wait', async () => {
    await sql.query(
      `insert into day_notes (location_id, text, written_at, expires_at, cleared_at) values
       ($1, 'Lift is out of order', $2, $3, null), ($1, 'Old', $2, $4, null), ($1, 'Cleared', $2, $3, $4)`,
      [locationId, monday('08:00'), monday('14:00'), monday('09:00')],
    )
    const patientId = await registerPatient(sql, 'Hasan Basri')
    await sql.query(
      `insert into walk_ins (location_id, day, number, patient_id, visit_type_id, came_at, left_at)
       select $1, '2026-11-30', n, $2, (select min(id) from visit_types), $3, case when n = 2 then $3::timestamptz end
       from generate_series(1, 2) n`,
      [locationId, patientId, monday('10:02')],
    )
    const day = await read()
    expect(day.notes).toMatchObject([{ text: 'Lift is out of order', expiresLocal: '2026-11-30T14:00' }])
    expect(day.walkIns).toMatchObject([{ number: 1, patient: 'Hasan Basri', cameLocal: '2026-11-30T10:02' }])
    expect(day.alerts.waiting).toBe(20)
  })
})

describe('several days', () => {
  it('begin with the date, and a week with its Monday', async () => {
    const dates = async (days: 3 | 7) => (await read({ on: '2026-12-02', days })).days.map(({ date }) => date)
    expect(await dates(3)).toEqual(['2026-12-02', '2026-12-03', '2026-12-04'])
    expect((await dates(7)).at(0)).toBe('2026-11-30')
    expect((await dates(7)).at(-1)).toBe('2026-12-06')
  })

  it('include whoever is here now', async () => {
    const here = await book('10:00', { status: 'arrived' })
    expect((await read({ on: '2026-12-02' })).appointments.map(({ id }) => id)).toEqual([here])
  })
})

describe('a day on which clocks change', () => {
  const local = async (date: string, zone: string, instants: string[]) => {
    const doctor = await hireDoctor(sql, { timeZone: zone })
    const day = await read({ locationId: await locationOf(sql, doctor), on: date })
    return instants.map((instant) => localAt(day, Date.parse(instant) / 60_000).slice(5))
  }

  it('is shorter in spring', async () => {
    expect(
      await local('2027-03-28', 'Europe/Berlin', [
        '2027-03-28T00:30Z',
        '2027-03-28T01:00Z',
        '2027-03-28T08:00Z',
      ]),
    ).toEqual(['03-28T01:30', '03-28T03:00', '03-28T10:00'])
  })

  it('is longer in autumn', async () => {
    expect(
      await local('2026-10-25', 'Europe/Berlin', [
        '2026-10-25T00:30Z',
        '2026-10-25T01:30Z',
        '2026-10-25T08:00Z',
      ]),
    ).toEqual(['10-25T02:30', '10-25T02:30', '10-25T09:00'])
  })

  it('may begin at one o’clock', async () => {
    expect(await local('2026-04-24', 'Africa/Cairo', ['2026-04-23T22:00Z', '2026-04-24T07:00Z'])).toEqual([
      '04-24T01:00',
      '04-24T10:00',
    ])
  })
})

describe('who sees it', () => {
  it('patients and strangers see no day', async () => {
    const patient = await openPatient(sql, [await registerPatient(sql)])
    for (const actor of [patient, anonymous]) await expect(read({}, actor)).rejects.toThrow(NotFound)
  })

  it('a doctor sees their own location, and colleagues only where the clinic allows it', async () => {
    const colleague = await hireDoctor(sql, { hours })
    await sql.query('insert into doctor_locations (doctor_id, location_id) values ($1, $2)', [
      colleague,
      locationId,
    ])
    const own = await book('14:00')
    await insertAppointment(sql, { doctorId: colleague, startAt: monday('15:00') })
    await sql.query('update appointments set location_id = $1 where doctor_id = $2', [locationId, colleague])
    const actor: Actor = { kind: 'doctor', accountId: 5, doctorId }
    const alone = await read({}, actor)
    expect(alone.doctors.map(({ id }) => id)).toEqual([doctorId])
    expect(alone.appointments.map(({ id }) => id)).toEqual([own])
    const elsewhere = await locationOf(sql, await hireDoctor(sql))
    await expect(read({ locationId: elsewhere }, actor)).rejects.toThrow(NotFound)
    await sql.query('update clinic_settings set doctors_see_one_another = true')
    try {
      expect((await read({}, actor)).doctors).toHaveLength(2)
    } finally {
      await sql.query('update clinic_settings set doctors_see_one_another = false')
    }
  })

  it('takes one trip however many doctors there are', async () => {
    for (let n = 0; n < 5; n++) {
      const other = await hireDoctor(sql)
      await sql.query('insert into doctor_locations (doctor_id, location_id) values ($1, $2)', [
        other,
        locationId,
      ])
    }
    clinic.takeTrips()
    expect((await read()).doctors).toHaveLength(6)
    expect(clinic.takeTrips().map((queries) => queries.length)).toEqual([1])
  })
})
