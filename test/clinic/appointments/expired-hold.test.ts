import { expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import { takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { anonymous, desk, patient } from '../../support/actors.ts'
import { type Answer, appointmentOf } from '../../support/answers.ts'
import { countDeadlocks, untilBlocked, untilBlockedOrDone } from '../../support/concurrency.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

/** A hold made now on the quarter past lasts until 10:11. */
const { clinic, sql, visitTypeId, at, as } = await openMondayClinic('10:01')

const idOf = async (answering: Promise<Answer>) => (await appointmentOf(answering)).id

/** Who holds the quarter past ten with a doctor, and another patient. */
interface Held {
  doctorId: number
  patientId: number
  other: number
}

/** Each prepares before the slot is held, and returns a request that collides with the hold. */
const colliding: Record<string, (held: Held) => Promise<(minutes: number) => Promise<Answer>>> = {
  'a booking of its time': async ({ doctorId, other }) => {
    const wish = { doctorId, visitTypeId, startAt: at('10:15') }
    return (minutes) => bookAppointment(as(patient(other), minutes), wish)
  },
  'a booking that overlaps it': async ({ doctorId, other }) => {
    const times = { startAt: at('10:40'), endAt: at('10:50') }
    return (minutes) => bookAppointment(as(desk, minutes), { doctorId, patientId: other, ...times })
  },
  'a booking of its patient with another doctor': async ({ patientId }) => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:30') }
    return (minutes) => bookAppointment(as(patient(patientId), minutes), wish)
  },
  'another hold': async ({ doctorId, other }) => {
    const wish = { doctorId, visitTypeId, startAt: at('10:30') }
    return (minutes) => holdSlot(as(patient(other), minutes), wish)
  },
  'a walk-in': async ({ doctorId, other }) => {
    const wish = { doctorId, visitTypeId, patientId: other }
    return (minutes) => takeWalkIn(as(desk, minutes), wish)
  },
  'a move by the patient': async ({ doctorId, other }) => {
    const wish = { doctorId, visitTypeId, patientId: other, startAt: at('12:00') }
    const id = await idOf(bookAppointment(as(), wish))
    return (minutes) => rescheduleAppointment(as(patient(other), minutes), { id, startAt: at('10:15') })
  },
  'a move by the front desk': async ({ doctorId, other }) => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, patientId: other, startAt: at('12:00') }
    const id = await idOf(bookAppointment(as(), wish))
    return (minutes) => rescheduleAppointment(as(desk, minutes), { id, doctorId, startAt: at('10:20') })
  },
  'undoing a no-show': async ({ doctorId, other }) => {
    const wish = { doctorId, visitTypeId, patientId: other, startAt: at('10:00') }
    const id = await idOf(bookAppointment(as(desk, -60), wish))
    await markNoShow(as(), id)
    return (minutes) => undo(as(desk, minutes), id, 'undo no-show')
  },
  'booking what its patient held with another doctor before signing in': async ({ patientId }) => {
    const ctx = (minutes: number, actor: Actor) => as(actor, minutes, `of ${patientId}`)
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:30') }
    const holdId = await idOf(holdSlot(ctx(0, anonymous), wish))
    return (minutes) => bookHold(ctx(minutes, patient(patientId)), { holdId })
  },
}

it.each(Object.entries(colliding))(
  '%s is refused by an open hold and succeeds once it has expired',
  async (_, prepare) => {
    const [patientId, other] = [await registerPatient(sql), await registerPatient(sql)]
    const doctorId = await hireDoctor(sql)
    const request = await prepare({ doctorId, patientId, other })
    const wish = { doctorId, visitTypeId, startAt: at('10:15') }
    const id = await idOf(holdSlot(as(patient(patientId)), wish))
    expect(await request(9.99)).toMatchObject({
      refusal: expect.stringMatching(/^(slot_taken|patient_busy)$/),
    })
    clinic.takeTrips()
    expect(await request(10)).toMatchObject({ ok: true })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect((await findEvents(as(), id)).slice(1)).toMatchObject([
      {
        kind: 'appointment.released',
        actor: 'system',
        account_id: null,
        at: new Date('2026-11-23T03:11:00Z'),
        before: { status: 'pending', hold_expires_at: '2026-11-23T03:11:00.000000Z' },
        after: { status: 'cancelled' },
      },
    ])
    expect((await verifyEvents(as().db)).broken).toEqual([])
  },
)

it('the buffers of an expired hold no longer count either', async () => {
  const long = await defineVisitType(sql, { name: 'With a pause', bufferAfter: 120 })
  const doctorId = await hireDoctor(sql, { visitTypes: [long] })
  const wish = { doctorId, visitTypeId: long }
  await idOf(holdSlot(as(patient(await registerPatient(sql))), { ...wish, startAt: at('10:15') }))
  const later = { ...wish, startAt: at('12:30') }
  const other = patient(await registerPatient(sql))
  expect(await bookAppointment(as(other, 9.99), later)).toMatchObject({ refusal: 'slot_taken' })
  expect(await bookAppointment(as(other, 10), later)).toMatchObject({ ok: true })
})

it('a refusal may name the time of an expired hold as the next free one', async () => {
  const doctorId = await hireDoctor(sql)
  const wish = (time: string) => ({ doctorId, visitTypeId, startAt: at(time) })
  await idOf(bookAppointment(as(patient(await registerPatient(sql))), wish('10:15')))
  await idOf(holdSlot(as(patient(await registerPatient(sql))), wish('10:45')))
  const next = async (minutes: number) => {
    const refused = await bookAppointment(as(patient(await registerPatient(sql)), minutes), wish('10:15'))
    return 'nextFree' in refused && refused.nextFree?.startLocal
  }
  expect([await next(9.99), await next(10)]).toEqual([at('11:15'), at('10:45')])
})

it('a front desk whose clock is behind does not deadlock with a request that releases an expired hold', async () => {
  const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
  // Registered last, so their claim is taken first.
  const companionId = await registerPatient(sql)
  const startAt = at('10:15')
  const wish = { doctorId, visitTypeId, startAt }
  await holdSlot(as(), { ...wish, patientId: await registerPatient(sql) })
  const holder = await sql.connect()
  await holder.query('begin')
  await holder.query(
    `insert into claims (appointment_id, resource_id, part, during)
     values (0, -$1::bigint, 'companion', tstzrange($2::timestamptz, $2::timestamptz + interval '30 minutes'))`,
    [companionId, `${startAt}+07:00`],
  )
  // The hold has expired: this request releases it and waits.
  const ahead = bookAppointment(as(desk, 12), { ...wish, patientId, companionIds: [companionId] })
  await untilBlocked(sql)
  // To this one it is still open.
  const behind = bookAppointment(as(), { ...wish, patientId })
  await untilBlockedOrDone(sql, behind, 2)
  await holder.query('rollback')
  holder.release()
  expect(await Promise.all([ahead, behind])).toMatchObject([
    { ok: true },
    { ok: false, refusal: 'slot_taken' },
  ])
  expect(await countDeadlocks(sql)).toBe(0)
})
