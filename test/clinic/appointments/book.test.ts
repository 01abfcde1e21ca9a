import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
let strange: number
let zero: number

const now = new Date('2026-11-22T12:00:00Z')
const office = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]

beforeAll(async () => {
  strange = await hireDoctor(clinic.sql, { hours: office })
  zero = await registerPatient(clinic.sql)
})

function book(startAt: string, endAt: string, who: { doctorId?: number; patientId?: number } = {}) {
  return bookAppointment(clinic.context({ now }), {
    doctorId: strange,
    patientId: zero,
    startAt,
    endAt,
    ...who,
  })
}

/** Monday (1) to Friday (5) of the next week, in Jakarta (UTC+7). */
const at = (day: number, time: string) => `2026-11-${22 + day}T${time}:00+07:00`

describe('a free time', () => {
  it('is booked in UTC and on the location’s clock', async () => {
    const booked = await book(at(1, '09:00'), at(1, '09:30'))
    expect(booked).toMatchObject({
      ok: true,
      appointment: {
        status: 'booked',
        startAt: new Date('2026-11-23T02:00:00Z'),
        endAt: new Date('2026-11-23T02:30:00Z'),
        startLocal: '2026-11-23T09:00',
        endLocal: '2026-11-23T09:30',
        doctor: { id: strange },
        patient: { id: zero },
        location: { timeZone: 'Asia/Jakarta' },
      },
    })
  })

  it('may touch the appointments before and after it', async () => {
    expect(await book(at(1, '10:00'), at(1, '10:30'))).toMatchObject({ ok: true })
    expect(await book(at(1, '11:00'), at(1, '11:30'))).toMatchObject({ ok: true })
    expect(await book(at(1, '10:30'), at(1, '11:00'))).toMatchObject({ ok: true })
  })

  it('may be a wall-clock time at the location', async () => {
    const booked = await book('2026-11-23T13:00', '2026-11-23T13:30')
    expect(booked).toMatchObject({ ok: true, appointment: { startAt: new Date('2026-11-23T06:00:00Z') } })
  })

  it('takes one trip, as does a refusal', async () => {
    clinic.takeTrips()
    await book(at(1, '15:00'), at(1, '15:30'))
    expect(clinic.takeTrips()).toHaveLength(1)
    await book(at(1, '15:00'), at(1, '15:30'))
    expect(clinic.takeTrips()).toHaveLength(1)
  })
})

describe('a taken time', () => {
  it('is refused, naming the next free time of that day', async () => {
    const one = await registerPatient(clinic.sql, 'Patient One')
    await book(at(2, '09:00'), at(2, '10:00'))
    await book(at(2, '10:10'), at(2, '10:30'))
    expect(await book(at(2, '09:30'), at(2, '10:00'), { patientId: one })).toEqual({
      ok: false,
      refusal: 'slot_taken',
      nextFree: {
        startAt: new Date('2026-11-24T03:30:00Z'),
        endAt: new Date('2026-11-24T04:00:00Z'),
        startLocal: '2026-11-24T10:30',
        endLocal: '2026-11-24T11:00',
        timeZone: 'Asia/Jakarta',
      },
    })
  })

  it('is refused without an offer when the day is full', async () => {
    const one = await registerPatient(clinic.sql, 'Patient One')
    await book(at(2, '16:00'), at(2, '17:00'))
    expect(await book(at(2, '16:15'), at(2, '16:45'), { patientId: one })).toEqual({
      ok: false,
      refusal: 'slot_taken',
      nextFree: null,
    })
  })

  it('of the patient is refused with another doctor, and the offer suits both', async () => {
    const who = await hireDoctor(clinic.sql, { hours: office })
    await book(at(3, '09:00'), at(3, '09:30'))
    await book(at(3, '09:30'), at(3, '10:00'), {
      doctorId: who,
      patientId: await registerPatient(clinic.sql),
    })
    expect(await book(at(3, '09:15'), at(3, '09:30'), { doctorId: who })).toMatchObject({
      ok: false,
      refusal: 'patient_busy',
      nextFree: { startLocal: '2026-11-25T10:00' },
    })
  })

  it.each(['cancelled', 'noshow'])('is free again once the appointment is %s', async (status) => {
    const doctorId = await hireDoctor(clinic.sql, { hours: office })
    const patientId = await registerPatient(clinic.sql)
    await book(at(4, '09:00'), at(4, '09:30'), { doctorId, patientId })
    await clinic.sql.query('update appointments set status = $1 where doctor_id = $2', [status, doctorId])
    expect(await book(at(4, '09:00'), at(4, '09:30'), { doctorId, patientId })).toMatchObject({ ok: true })
  })

  it.each(['pending', 'booked', 'arrived', 'fulfilled'])(
    'stays taken while the appointment is %s',
    async (status) => {
      const doctorId = await hireDoctor(clinic.sql, { hours: office })
      await book(at(4, '10:00'), at(4, '10:30'), { doctorId, patientId: await registerPatient(clinic.sql) })
      await clinic.sql.query(
        `update appointments
         set status = $1, hold_expires_at = case when $1 = 'pending' then timestamptz '2099-01-01' end
         where doctor_id = $2`,
        [status, doctorId],
      )
      expect(await book(at(4, '10:00'), at(4, '10:30'), { doctorId })).toMatchObject({
        refusal: 'slot_taken',
      })
    },
  )
})

describe('the next free time', () => {
  const startOf = async (booking: ReturnType<typeof book>) => {
    const refused = await booking
    return 'nextFree' in refused ? refused.nextFree?.startAt.toISOString() : undefined
  }

  it('starts on a whole minute and is as long as requested', async () => {
    const doctorId = await hireDoctor(clinic.sql, { hours: office })
    const others = await registerPatient(clinic.sql)
    await book('2026-11-23T02:00:00Z', '2026-11-23T02:30:30Z', { doctorId, patientId: others })
    await book('2026-11-23T03:10:00Z', '2026-11-23T04:00:00Z', { doctorId, patientId: others })
    const patientId = await registerPatient(clinic.sql)
    expect(await startOf(book('2026-11-23T02:00:00Z', '2026-11-23T02:39:00Z', { doctorId, patientId }))).toBe(
      '2026-11-23T02:31:00.000Z',
    )
    expect(await startOf(book('2026-11-23T02:00:00Z', '2026-11-23T02:40:00Z', { doctorId, patientId }))).toBe(
      '2026-11-23T04:00:00.000Z',
    )
  })

  it('comes after an appointment that started hours earlier', async () => {
    const doctorId = await hireDoctor(clinic.sql, { hours: office })
    await book(at(1, '09:00'), at(1, '16:30'), { doctorId, patientId: await registerPatient(clinic.sql) })
    const patientId = await registerPatient(clinic.sql)
    expect(await startOf(book(at(1, '16:00'), at(1, '16:30'), { doctorId, patientId }))).toBe(
      '2026-11-23T09:30:00.000Z',
    )
  })

  it('is on the same day at the location, not in UTC', async () => {
    const hours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '08:00', closesAt: '12:00' }]
    const doctorId = await hireDoctor(clinic.sql, { timeZone: 'Pacific/Auckland', hours })
    await book('2026-11-23T11:00', '2026-11-23T12:00', {
      doctorId,
      patientId: await registerPatient(clinic.sql),
    })
    const patientId = await registerPatient(clinic.sql)
    expect(await book('2026-11-23T11:00', '2026-11-23T11:30', { doctorId, patientId })).toMatchObject({
      nextFree: null,
    })
  })
})

describe('a doctor’s hours', () => {
  it.each([
    ['before the opening', at(1, '08:45'), at(1, '09:15'), '2026-11-23T09:30'],
    ['beyond the closing', at(1, '16:45'), at(1, '17:15'), null],
    ['on a day off', at(7, '10:00'), at(7, '10:30'), null],
  ])('refuse a time %s', async (_, startAt, endAt, next) => {
    const refused = await book(startAt, endAt)
    expect(refused).toMatchObject({ ok: false, refusal: 'outside_hours' })
    expect('nextFree' in refused ? (refused.nextFree?.startLocal ?? null) : undefined).toBe(next)
  })

  it('include the last minute', async () => {
    expect(await book(at(5, '16:30'), at(5, '17:00'))).toMatchObject({ ok: true })
  })

  it('have breaks between ranges', async () => {
    const hours = [
      { weekdays: [1], opensAt: '09:00', closesAt: '12:00' },
      { weekdays: [1], opensAt: '13:00', closesAt: '17:00' },
    ]
    const doctorId = await hireDoctor(clinic.sql, { hours })
    expect(await book(at(1, '11:45'), at(1, '13:15'), { doctorId })).toMatchObject({
      refusal: 'outside_hours',
      nextFree: { startLocal: '2026-11-23T13:30' },
    })
  })

  it('apply from their first day to their last', async () => {
    const hours = [
      {
        ...office[0],
        weekdays: [1],
        opensAt: '09:00',
        closesAt: '17:00',
        startsOn: '2026-11-30',
        endsOn: '2026-12-07',
      },
    ]
    const doctorId = await hireDoctor(clinic.sql, { hours })
    const monday = async (date: string) => {
      const booked = await book(`${date}T09:00`, `${date}T09:30`, { doctorId })
      return booked.ok || booked.refusal
    }
    expect(await monday('2026-11-23')).toBe('outside_hours')
    expect(await monday('2026-11-30')).toBe(true)
    expect(await monday('2026-12-07')).toBe(true)
    expect(await monday('2026-12-14')).toBe('outside_hours')
  })

  it('continue over midnight when one range ends where the next starts', async () => {
    const doctorId = await hireDoctor(clinic.sql)
    expect(await book(at(1, '23:30'), at(2, '00:30'), { doctorId })).toMatchObject({ ok: true })
  })

  it.each([
    ['summer', '2026-10-23T09:00', '2026-10-23T07:00:00Z'],
    ['winter', '2026-10-26T09:00', '2026-10-26T08:00:00Z'],
  ])('keep Berlin’s wall clock in %s', async (_, local, utc) => {
    const doctorId = await hireDoctor(clinic.sql, { timeZone: 'Europe/Berlin', hours: office })
    const context = clinic.context({ now: new Date('2026-10-01T00:00:00Z') })
    const input = {
      doctorId,
      patientId: await registerPatient(clinic.sql),
      startAt: local,
      endAt: local.replace('09:00', '09:30'),
    }
    const booked = await bookAppointment(context, input)
    expect(booked).toMatchObject({ ok: true, appointment: { startAt: new Date(utc), startLocal: local } })
    const hourBefore = new Date(Date.parse(utc) - 3_600_000).toISOString()
    expect(await bookAppointment(context, { ...input, startAt: hourBefore, endAt: utc })).toMatchObject({
      refusal: 'outside_hours',
    })
  })

  it('disappear on the night when the clocks skip them', async () => {
    const hours = [
      { weekdays: [7], opensAt: '02:15', closesAt: '02:45' },
      { weekdays: [7], opensAt: '02:30', closesAt: '03:00' },
    ]
    const doctorId = await hireDoctor(clinic.sql, { timeZone: 'Europe/Berlin', hours })
    const night = await book('2027-03-28T00:45:00Z', '2027-03-28T01:00:00Z', { doctorId })
    expect(night).toMatchObject({ refusal: 'outside_hours' })
    expect(await book('2027-04-04T02:30', '2027-04-04T03:00', { doctorId })).toMatchObject({ ok: true })
  })
})

it.each([
  ['that starts now', '2026-11-22T12:00:00Z', '2026-11-22T12:30:00Z'],
  ['of exactly 5 minutes', at(1, '10:00'), at(1, '10:05')],
  ['of exactly 8 hours', at(1, '09:00'), at(1, '17:00')],
])('an appointment %s is booked', async (_, startAt, endAt) => {
  const who = { doctorId: await hireDoctor(clinic.sql), patientId: await registerPatient(clinic.sql) }
  expect(await book(startAt, endAt, who)).toMatchObject({ ok: true })
})

describe('an invalid time', () => {
  it('has already started', async () => {
    expect(await book('2026-11-22T11:59:59Z', '2026-11-22T12:30:00Z')).toEqual({
      ok: false,
      refusal: 'in_the_past',
    })
  })

  it.each([
    ['that ends when it starts', '10:00', 'not_after_start'],
    ['that ends before it starts', '09:00', 'not_after_start'],
    ['of less than 5 minutes', '10:04', 'too_short'],
    ['of more than 8 hours', '18:01', 'too_long'],
  ])('is one %s', async (_, until, fault) => {
    expect(await book(at(1, '10:00'), at(1, until))).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { endAt: fault },
    })
  })

  it('is one that ends before it starts because the clocks go forward', async () => {
    const doctorId = await hireDoctor(clinic.sql, { timeZone: 'Europe/Berlin' })
    const refused = await book('2027-03-28T02:45', '2027-03-28T03:15', { doctorId })
    expect(refused).toEqual({ ok: false, refusal: 'invalid', faults: { endAt: 'not_after_start' } })
  })

  it('an unknown doctor or patient is not found', async () => {
    await expect(book(at(1, '10:00'), at(1, '10:30'), { doctorId: 999_999 })).rejects.toEqual(
      new NotFound('doctor'),
    )
    await expect(book(at(1, '10:00'), at(1, '10:30'), { patientId: 999_999 })).rejects.toEqual(
      new NotFound('patient'),
    )
  })
})
