import { expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { changeLocation } from '../../../src/clinic/locations/change.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, countDeadlocks, untilBlockedOrDone } from '../../support/concurrency.ts'
import {
  defineVisitType,
  hireDoctor,
  locationOf,
  openAccount,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2026-12-07T01:30Z')
const admin = { kind: 'admin', accountId: await openAccount(sql, { role: 'admin' }) } as const
const as = (particulars = {}) => clinic.context({ now, ...particulars })
const visitTypeId = await defineVisitType(sql, { minutes: 30 })
const clockOf = (n: number) => `${String(9 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`

/** Everything that stands at a location: what it claims, and its clock time. */
async function readPlace(locationId: number) {
  const { rows } = await sql.query(
    `select one.id::int, to_char(one.start_at at time zone location.time_zone, 'HH24:MI') as clock,
       bool_and(lower(claim.during) = one.start_at) as is_claimed
     from appointments one
     join locations location on location.id = one.location_id
     join claims claim on claim.appointment_id = one.id
     where one.location_id = $1 and one.status in ('booked', 'pending')
     group by one.id, location.time_zone`,
    [locationId],
  )
  return rows as { id: number; clock: string; is_claimed: boolean }[]
}

it('bookings, moves and cancellations at the same moment end at their clock time, each once', async () => {
  for (let round = 0; round < 3; round++) {
    const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId] })
    const locationId = await locationOf(sql, doctorId)
    const wish = async (n: number) => ({
      doctorId,
      patientId: await registerPatient(sql),
      visitTypeId,
      startAt: `2026-12-08T${clockOf(n)}`,
    })
    const booked = await atOnce(4, async (n) => appointmentOf(bookAppointment(as(), await wish(n))))
    const wishes = await Promise.all(Array.from({ length: 10 }, (_, n) => wish(4 + (n % 5))))
    const held = await wish(12)
    const moved = { id: booked[0]?.id ?? 0, startAt: `2026-12-08T${clockOf(14)}` }
    const [corrected, cancelled, rescheduled, hold, ...answers] = await Promise.all([
      changeLocation(as({ actor: admin }), locationId, { timeZone: 'Asia/Makassar', keeps: 'clock_time' }),
      cancelAppointment(as(), { id: booked[1]?.id ?? 0, reason: 'Ill' }),
      rescheduleAppointment(as(), moved),
      holdSlot(as(), held),
      ...wishes.map((one) => bookAppointment(as(), one)),
    ])
    expect([corrected.ok, cancelled.ok, rescheduled.ok, hold.ok]).toEqual([true, true, true, true])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5)
    const place = await readPlace(locationId)
    expect(place.map(({ clock }) => clock).toSorted()).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 12, 14].map((n) => clockOf(n)),
    )
    expect(place.every(({ is_claimed }) => is_claimed)).toBe(true)
  }
  expect((await verifyEvents(as().db)).broken).toEqual([])
  expect(await countDeadlocks(sql)).toBe(0)
})

it('waits for a booking that has begun, and moves it, too', async () => {
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId] })
  const [locationId, patientId] = [await locationOf(sql, doctorId), await registerPatient(sql)]
  const booking = await sql.connect()
  await booking.query('begin')
  await booking.query(`select pg_advisory_xact_lock_shared(hashtext('absences'))`)
  await booking.query(
    `insert into appointments (doctor_id, patient_id, visit_type_id, start_at, end_at)
     values ($1, $2, $3, '2026-12-08 09:00+07', '2026-12-08 09:30+07')`,
    [doctorId, patientId, visitTypeId],
  )
  const wish = { timeZone: 'Asia/Makassar', keeps: 'clock_time' } as const
  const corrected = changeLocation(as({ actor: admin }), locationId, wish)
  await untilBlockedOrDone(sql, corrected)
  await booking.query('commit')
  booking.release()
  expect(await corrected).toMatchObject({ ok: true })
  expect(await readPlace(locationId)).toMatchObject([{ clock: '09:00', is_claimed: true }])
})
