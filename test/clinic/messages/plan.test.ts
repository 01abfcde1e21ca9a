import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { reassignAppointment } from '../../../src/clinic/appointments/reassign.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { claimMessages } from '../../../src/clinic/messages/claim.ts'
import { markMessages } from '../../../src/clinic/messages/mark.ts'
import { planMessages } from '../../../src/clinic/messages/plan.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const monday = new Date('2030-01-07T02:00:00Z')
const after = (minutes: number) => new Date(monday.getTime() + minutes * 60_000)
const system: Actor = { kind: 'system' }
let doctor = 0
let patient = 0
let own: Actor
let day = 0

beforeAll(async () => {
  await defineVisitType(sql)
})

async function meet() {
  doctor = await hireDoctor(sql)
  patient = await registerPatient(sql)
  own = await openPatient(sql, [patient])
  day = 0
}

const as = (actor: Actor, minutes = 0) => clinic.context({ actor, now: after(minutes) })
const desk = (minutes = 0) => clinic.context({ now: after(minutes) })
const book = (ctx: ReturnType<typeof as>, dayOf = ++day) =>
  appointmentOf(
    bookAppointment(ctx, {
      doctorId: doctor,
      patientId: patient,
      startAt: new Date(Date.UTC(2030, 0, 14 + dayOf, 3)).toISOString(),
      endAt: new Date(Date.UTC(2030, 0, 14 + dayOf, 3, 30)).toISOString(),
    }),
  )

async function deliver(minutes: number) {
  while (await planMessages(as(system, minutes))) {}
  const { messages } = await claimMessages(as(system, minutes), ['email'])
  await markMessages(
    as(system, minutes),
    messages.map(({ id, attempt }) => ({
      messageId: id,
      attempt,
      provider: 'test',
      sent: { outcome: 'accepted', id: `p${id}` },
    })),
  )
  return messages
}
const kinds = async (minutes: number) => (await deliver(minutes)).map(({ kind }) => kind)

describe('a change is told once', () => {
  it('at once, when the patient made it', async () => {
    await meet()
    const { id } = await book(as(own))
    const [message, ...others] = await deliver(0)
    expect(others).toEqual([])
    expect(message).toMatchObject({
      kind: 'booked',
      channel: 'email',
      language: 'en',
      appointments: [{ id, before: null }],
    })
    expect(await kinds(10)).toEqual([])
  })
  it('after the grace period, when the clinic made it', async () => {
    await meet()
    await book(desk())
    expect(await kinds(2)).toEqual([])
    expect(await kinds(3)).toEqual(['booked'])
    expect(await kinds(4)).toEqual([])
  })
  it('never, when it was taken back in time', async () => {
    await meet()
    const { id, startAt, endAt } = await book(as(own))
    await deliver(0)
    await rescheduleAppointment(desk(1), { id, startAt: '2030-02-14T03:00:00Z' })
    await rescheduleAppointment(desk(3), { id, startAt: startAt.toISOString(), endAt: endAt.toISOString() })
    expect(await kinds(5)).toEqual([])
    expect(await kinds(6)).toEqual([])
    const atStart = (startAt.getTime() - monday.getTime()) / 60_000
    await markNoShow(desk(atStart + 20), id)
    await undo(desk(atStart + 22), id, 'undo no-show')
    expect(await kinds(atStart + 30)).toEqual([])
  })
  it('with what stood before', async () => {
    await meet()
    const { id } = await book(as(own))
    await deliver(0)
    await rescheduleAppointment(desk(1), { id, startAt: '2030-02-14T03:00:00Z' })
    const [message] = await deliver(4)
    expect(message).toMatchObject({
      kind: 'moved',
      appointments: [
        { changedBy: 'clinic', startLocal: '2030-02-14T10:00', before: { startLocal: '2030-01-15T10:00' } },
      ],
    })
  })
})

it('several appointments of one day are one message', async () => {
  await meet()
  await book(desk(), 30)
  const later = { startAt: '2030-02-13T05:00:00Z', endAt: '2030-02-13T05:30:00Z' }
  await bookAppointment(desk(2), { doctorId: doctor, patientId: patient, ...later })
  expect(await kinds(3)).toEqual([])
  const messages = await deliver(5)
  expect(messages.map(({ kind, appointments }) => [kind, appointments.length])).toEqual([['booked', 2]])
})

it('reminds three days and one day before, outside the quiet hours', async () => {
  await meet()
  const { id } = await book(as(own))
  await deliver(0)
  // 15 January, 10:00 in Jakarta
  const sent: string[] = []
  for (let minutes = 60; minutes < 10 * 24 * 60; minutes += 30)
    for (const { kind, daysBefore, appointments } of await deliver(minutes))
      if (appointments.some((one) => one.id === id))
        sent.push(`${kind} ${daysBefore} ${after(minutes).toISOString()}`)
  expect(sent).toEqual(['reminder 3 2030-01-12T03:00:00.000Z', 'reminder 1 2030-01-14T03:00:00.000Z'])
})

it('someone without an account is written to at their own address', async () => {
  await meet()
  const stranger = await registerPatient(sql)
  await sql.query("update patients set contact_email = 'stranger@example.com' where id = $1", [stranger])
  patient = stranger
  await book(desk())
  expect(await deliver(5)).toMatchObject([
    { to: 'stranger@example.com', recipientKey: `patient:${stranger}` },
  ])
  await openAccount(sql)
})

it('reminds of an appointment from before events were recorded', async () => {
  await meet()
  await insertAppointment(sql, { doctorId: doctor, patientId: patient, startAt: '2030-01-09T03:00:00Z' })
  expect(
    (await deliver(24 * 60 + 60)).filter(({ recipient }) => recipient.patientId === patient),
  ).toMatchObject([{ kind: 'reminder', daysBefore: 1, appointments: [{ startLocal: '2030-01-09T10:00' }] }])
})

it('no one is reminded of an appointment that was given to someone else', async () => {
  await meet()
  const { id } = await book(as(own))
  await deliver(0)
  const twoDaysBefore = 6 * 24 * 60
  // The reminder of the day before is planned by now.
  await deliver(twoDaysBefore + 60)
  const other = await registerPatient(sql, 'Someone Else')
  await openPatient(sql, [other])
  await reassignAppointment(desk(twoDaysBefore + 120), { id, patientId: other, reason: 'Mistaken' })
  const sent = [await deliver(twoDaysBefore + 130), await deliver(twoDaysBefore + 24 * 60 + 60)].flat()
  const former = sent.filter(({ recipient }) => recipient.patientId === patient)
  expect(former.map(({ kind }) => kind)).toEqual(['cancelled'])
})

it('what the clinic moves in the night and moves back is not told, and the last of several moves is', async () => {
  await meet()
  const { id, startAt } = await book(as(own))
  await deliver(0)
  const night = 13 * 60
  await rescheduleAppointment(desk(night), { id, startAt: '2030-02-14T03:00:00Z' })
  expect(await kinds(night + 10)).toEqual([])
  await rescheduleAppointment(desk(night + 60), { id, startAt: startAt.toISOString() })
  expect(await kinds(night + 70)).toEqual([])
  expect(await kinds(24 * 60)).toEqual([])
  await rescheduleAppointment(desk(night + 24 * 60), { id, startAt: '2030-02-15T03:00:00Z' })
  expect(await kinds(night + 24 * 60 + 10)).toEqual([])
  await rescheduleAppointment(desk(night + 25 * 60), { id, startAt: '2030-02-16T03:00:00Z' })
  expect(await kinds(night + 25 * 60 + 10)).toEqual([])
  expect(await deliver(48 * 60)).toMatchObject([
    {
      kind: 'moved',
      appointments: [{ startLocal: '2030-02-16T10:00', before: { startLocal: '2030-01-15T10:00' } }],
    },
  ])
})

it('the location that an appointment leaves is told that it is off there', async () => {
  await meet()
  const other = await hireDoctor(sql)
  await sql.query(
    `update locations set email = 'l' || id || '@example.com', wanted_messages = 'everything'
     where id in (select location_id from doctors where id = any ($1))`,
    [[doctor, other]],
  )
  const { id, startAt } = await book(as(own))
  await deliver(0)
  await rescheduleAppointment(desk(1), { id, doctorId: other, startAt: startAt.toISOString() })
  const told = (await deliver(5)).filter(({ recipient }) => recipient.kind === 'location')
  expect(told.map(({ kind }) => kind).toSorted()).toEqual(['staff_booked', 'staff_cancelled'])
})
