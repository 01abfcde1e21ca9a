import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { undoLastChange } from '../../../src/clinic/appointments/undo-last.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { type ChangeLocation, changeLocation } from '../../../src/clinic/locations/change.ts'
import { findLocation } from '../../../src/clinic/locations/find.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  locationOf,
  openAccount,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:30 in Jakarta and 09:30 in Makassar. */
const now = new Date('2026-12-07T01:30Z')
const admin = { kind: 'admin', accountId: await openAccount(sql, { role: 'admin' }) } as const
const as = (particulars: Partial<ClinicContext> = {}) => clinic.context({ now, ...particulars })
const visitTypeId = await defineVisitType(sql, { name: 'Consultation', minutes: 30 })

/** A doctor in Jakarta, every day from nine to five. */
async function openPlace(hours = { opensAt: '09:00', closesAt: '17:00' }) {
  const weekdays = [1, 2, 3, 4, 5, 6, 7]
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId], hours: [{ weekdays, ...hours }] })
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

const correct = (locationId: number, wish: ChangeLocation = {}, ctx = as({ actor: admin })) =>
  changeLocation(ctx, locationId, { timeZone: 'Asia/Makassar', ...wish })

async function book(doctorId: number, startAt: string, wish: object = {}) {
  const patientId = await registerPatient(sql)
  return appointmentOf(bookAppointment(as(), { doctorId, patientId, visitTypeId, startAt, ...wish }))
}

/** When it is, by instant and by its location's clock. */
async function timeOf(id: number) {
  const { rows } = await sql.query(
    `select to_char(one.start_at at time zone 'UTC', 'MM-DD HH24:MI') || 'Z' as instant,
       to_char(one.start_at at time zone location.time_zone, 'MM-DD HH24:MI') as clock, one.event_count as version
     from appointments one join locations location on location.id = one.location_id where one.id = $1`,
    [id],
  )
  return rows[0]
}

describe('correcting the time zone of a location', () => {
  it('keeps the clock time of everything from today on, also of neighbours', async () => {
    const { doctorId, locationId } = await openPlace()
    const room = await addResource(sql, locationId)
    const ids = []
    for (const clock of ['09:00', '09:30', '10:00', '16:30'])
      ids.push((await book(doctorId, `2026-12-08T${clock}`, { resourceIds: [room] })).id)
    clinic.takeTrips()
    clinic.takeHappenings()
    expect(await correct(locationId, { keeps: 'clock_time' })).toMatchObject({
      ok: true,
      location: { timeZone: 'Asia/Makassar' },
      appointmentIds: [],
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(clinic.takeHappenings()).toMatchObject([{ kind: 'location.changed', locationId }])
    expect(await Promise.all(ids.map(timeOf))).toEqual([
      { instant: '12-08 01:00Z', clock: '12-08 09:00', version: 2 },
      { instant: '12-08 01:30Z', clock: '12-08 09:30', version: 2 },
      { instant: '12-08 02:00Z', clock: '12-08 10:00', version: 2 },
      { instant: '12-08 08:30Z', clock: '12-08 16:30', version: 2 },
    ])
    const { rows } = await sql.query(
      `select part, to_char(lower(during) at time zone 'UTC', 'HH24:MI') as starts
       from claims where appointment_id = $1 order by part`,
      [ids[0]],
    )
    expect(rows).toEqual(['doctor', 'patient', 'room'].map((part) => ({ part, starts: '01:00' })))
    expect((await verifyEvents(as().db)).broken).toEqual([])
  })

  it('keeps the instant, and lists what no longer fits the hours', async () => {
    const { doctorId, locationId } = await openPlace()
    const [nine, last] = [await book(doctorId, '2026-12-08T09:00'), await book(doctorId, '2026-12-08T16:30')]
    expect(await correct(locationId, { keeps: 'instant' })).toMatchObject({
      ok: true,
      appointmentIds: [last.id],
    })
    expect(await timeOf(nine.id)).toEqual({ instant: '12-08 02:00Z', clock: '12-08 10:00', version: 1 })
    expect(await timeOf(last.id)).toEqual({ instant: '12-08 09:30Z', clock: '12-08 17:30', version: 1 })
    const { rows } = await sql.query(
      'select appointment_id from strandings where appointment_id = any ($1)',
      [[nine.id, last.id]],
    )
    expect(rows).toEqual([{ appointment_id: String(last.id) }])
  })

  it('asks what stays the same, with counts and examples, and changes nothing until then', async () => {
    const { doctorId, locationId } = await openPlace()
    const { id } = await book(doctorId, '2026-12-08T09:00')
    await appointmentOf(
      holdSlot(as(), {
        doctorId,
        patientId: await registerPatient(sql),
        visitTypeId,
        startAt: '2026-12-08T10:00',
      }),
    )
    const answer = await correct(locationId, { name: 'Renamed' })
    const shown = (start_at: string, start_local: string, time_zone: string) => ({
      start_at,
      start_local,
      time_zone,
    })
    expect(answer).toMatchObject({
      ok: false,
      refusal: 'keeps_needed',
      concerned: {
        appointment_count: 1,
        session_count: 0,
        hold_count: 1,
        patient_count: 2,
        examples: [
          {
            appointment_id: id,
            doctor_name: 'Dr. Strange',
            patient_name: 'Patient Zero',
            now: shown('2026-12-08T02:00:00.000000Z', '2026-12-08T09:00', 'Asia/Jakarta'),
            clock_time: shown('2026-12-08T01:00:00.000000Z', '2026-12-08T09:00', 'Asia/Makassar'),
            instant: shown('2026-12-08T02:00:00.000000Z', '2026-12-08T10:00', 'Asia/Makassar'),
          },
          {},
        ],
      },
    })
    expect(await findLocation(as(), locationId)).toMatchObject({
      name: 'Menteng',
      timeZone: 'Asia/Jakarta',
    })
  })

  it.each([
    ['nothing is ahead', 'Asia/Makassar', false],
    ['the other zone has the same clock', 'Asia/Pontianak', true],
  ])('does not ask when %s', async (_, timeZone, isBooked) => {
    const { doctorId, locationId } = await openPlace()
    const booked = isBooked ? await book(doctorId, '2026-12-08T09:00') : null
    expect(await correct(locationId, { timeZone })).toMatchObject({ ok: true, location: { timeZone } })
    if (booked) expect(await timeOf(booked.id)).toMatchObject({ version: 1 })
  })

  it('moves today whole and what was cancelled, and leaves the days before as they were', async () => {
    const { doctorId, locationId } = await openPlace({ opensAt: '00:00', closesAt: '24:00' })
    const lastWeek = as({ now: new Date('2026-12-01T00:00Z') })
    const enter = async (startAt: string) => {
      const patientId = await registerPatient(sql)
      return appointmentOf(bookAppointment(lastWeek, { doctorId, patientId, visitTypeId, startAt }))
    }
    const [yesterday, today, cancelled] = [
      await enter('2026-12-06T09:00'),
      await enter('2026-12-07T07:00'),
      await enter('2026-12-08T09:00'),
    ]
    await cancelAppointment(as(), { id: cancelled.id, reason: 'Ill' })
    await correct(locationId, { keeps: 'clock_time' })
    expect((await timeOf(yesterday.id)).instant).toBe('12-06 02:00Z')
    expect((await timeOf(today.id)).instant).toBe('12-06 23:00Z')
    expect((await timeOf(cancelled.id)).clock).toBe('12-08 09:00')
    await undoLastChange(as(), { id: cancelled.id, version: 3 })
    expect(await timeOf(cancelled.id)).toMatchObject({ clock: '12-08 09:00', version: 4 })
    expect((await verifyEvents(as().db)).broken).toEqual([])
  })

  it('names what is in the way, and changes nothing', async () => {
    const { doctorId, locationId } = await openPlace()
    const patientId = await registerPatient(sql, 'Ani')
    const elsewhere = await openPlace()
    const { id } = await book(doctorId, '2026-12-08T10:00', { patientId })
    const other = await book(elsewhere.doctorId, '2026-12-08T09:15', { patientId })
    expect(await correct(locationId, { keeps: 'clock_time' })).toMatchObject({
      ok: false,
      refusal: 'clock_times_taken',
      conflict_count: 1,
      conflicts: [
        {
          reason: 'patient_busy',
          appointment: { id, patient_name: 'Ani', start_local: '2026-12-08T10:00' },
          other: { id: other.id, doctor_name: 'Dr. Strange', start_local: '2026-12-08T09:15' },
        },
      ],
    })
    expect(await timeOf(id)).toEqual({ instant: '12-08 03:00Z', clock: '12-08 10:00', version: 1 })
    expect(await findLocation(as(), locationId)).toMatchObject({ timeZone: 'Asia/Jakarta' })
  })

  it('lets an expired hold elsewhere go instead of counting it', async () => {
    const { doctorId, locationId } = await openPlace()
    const [elsewhere, patientId] = [await openPlace(), await registerPatient(sql)]
    await book(doctorId, '2026-12-08T10:00', { patientId })
    const wish = { doctorId: elsewhere.doctorId, patientId, visitTypeId, startAt: '2026-12-08T09:00' }
    await appointmentOf(holdSlot(as({ now: new Date('2026-12-06T00:00Z') }), wish))
    expect(await correct(locationId, { keeps: 'clock_time' })).toMatchObject({ ok: true })
  })

  it('names clock times that a night skips in the new zone', async () => {
    const { doctorId, locationId } = await openPlace({ opensAt: '00:00', closesAt: '24:00' })
    const { id } = await book(doctorId, '2027-03-28T02:30')
    const [before, after] = [
      await book(doctorId, '2027-03-28T01:30'),
      await book(doctorId, '2027-03-28T03:00'),
    ]
    const wish = { timeZone: 'Europe/Berlin', keeps: 'clock_time' } as const
    expect(await correct(locationId, wish)).toMatchObject({
      refusal: 'clock_times_taken',
      conflicts: [
        { reason: 'no_such_time', appointment: { id }, other: null },
        // 02:30 would be read as 03:30.
      ],
    })
    await cancelAppointment(as(), { id, reason: 'No such time' })
    expect(await correct(locationId, wish)).toMatchObject({ ok: true })
    expect((await timeOf(before.id)).instant).toBe('03-28 00:30Z')
    expect((await timeOf(after.id)).instant).toBe('03-28 01:00Z')
  })

  it('reads clock times that come twice as everywhere: the later one', async () => {
    const { doctorId, locationId } = await openPlace({ opensAt: '00:00', closesAt: '24:00' })
    const { id } = await book(doctorId, '2027-10-31T02:30')
    await correct(locationId, { timeZone: 'Europe/Berlin', keeps: 'clock_time' })
    expect(await timeOf(id)).toMatchObject({ instant: '10-31 01:30Z', clock: '10-31 02:30' })
  })

  it('refuses while doctors also work elsewhere, and corrects those locations together', async () => {
    const [one, other] = [await openPlace(), await openPlace()]
    await sql.query('insert into doctor_locations values ($1, $2)', [one.doctorId, other.locationId])
    const { id } = await book(other.doctorId, '2026-12-08T09:00')
    const wish = { keeps: 'clock_time' } as const
    expect(await correct(one.locationId, wish)).toMatchObject({
      refusal: 'doctors_elsewhere',
      locations: [
        {
          id: other.locationId,
          time_zone: 'Asia/Jakarta',
          doctors: [{ id: one.doctorId, name: 'Dr. Strange' }],
        },
      ],
    })
    expect(await correct(one.locationId, { ...wish, togetherWith: [999_999] })).toMatchObject({
      faults: { togetherWith: 'unknown' },
    })
    clinic.takeHappenings()
    expect(await correct(one.locationId, { ...wish, togetherWith: [other.locationId] })).toMatchObject({
      ok: true,
    })
    expect(await timeOf(id)).toEqual({ instant: '12-08 01:00Z', clock: '12-08 09:00', version: 2 })
    expect(clinic.takeHappenings().map((told) => 'locationId' in told && told.locationId)).toEqual([
      one.locationId,
      other.locationId,
    ])
    const { rows } = await sql.query(
      `select key, before, after from settings_events where subject = 'location' and key = any ($1) and after ->> 'time_zone' = 'Asia/Makassar'`,
      [[String(one.locationId), String(other.locationId)]],
    )
    expect(rows.map(({ after }) => after.time_zone)).toEqual(['Asia/Makassar', 'Asia/Makassar'])
  })

  it('refuses a zone that PostgreSQL does not know, and another version', async () => {
    const { locationId } = await openPlace()
    expect(await correct(locationId, { timeZone: 'Mars/Olympus' })).toMatchObject({
      faults: { timeZone: 'not_a_zone' },
    })
    const stale = changeLocation(as({ actor: admin }), locationId, { timeZone: 'Asia/Makassar', version: 7 })
    await expect(stale).rejects.toThrow('changed')
  })
})
