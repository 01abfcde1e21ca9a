import { beforeEach, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { undoLastChange } from '../../../src/clinic/appointments/undo-last.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { claimMessages } from '../../../src/clinic/messages/claim.ts'
import { markMessages } from '../../../src/clinic/messages/mark.ts'
import { planMessages } from '../../../src/clinic/messages/plan.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const monday = new Date('2030-01-07T02:00:00Z')
const minutesIn = (minutes: number) => new Date(monday.getTime() + minutes * 60_000)
const system: Actor = { kind: 'system' }
const desk = (minutes = 0) => clinic.context({ now: minutesIn(minutes) })
let id = 0

async function deliver(minutes: number): Promise<string[]> {
  const ctx = clinic.context({ actor: system, now: minutesIn(minutes) })
  while (await planMessages(ctx)) {}
  const { messages } = await claimMessages(ctx, ['email'])
  const sent = { outcome: 'accepted', id: 'p' } as const
  await markMessages(
    ctx,
    messages.map((one) => ({
      messageId: one.id,
      attempt: one.attempt,
      provider: 'test',
      sent: { ...sent, id: `p${one.id}` },
    })),
  )
  return messages.map(({ kind }) => kind)
}

/** Booked and told, long before. */
beforeEach(async () => {
  const doctorId = await hireDoctor(sql)
  const patientId = await registerPatient(sql)
  await openPatient(sql, [patientId])
  const times = { startAt: '2030-01-15T03:00:00Z', endAt: '2030-01-15T03:30:00Z' }
  id = (await appointmentOf(bookAppointment(desk(-60), { doctorId, patientId, ...times }))).id
  await deliver(-50)
})

const changes = {
  cancellation: () => cancelAppointment(desk(), { id, reason: 'Ill' }),
  move: () => rescheduleAppointment(desk(), { id, startAt: '2030-01-16T10:00' }),
}
const told = { cancellation: ['cancelled', 'booked'], move: ['moved', 'moved'] } as const

describe.each(['cancellation', 'move'] as const)('a %s', (what) => {
  it('that is undone within the grace period is told to nobody', async () => {
    await changes[what]()
    expect(await deliver(2)).toEqual([])
    expect(await undoLastChange(desk(2), { id })).toMatchObject({ ok: true })
    expect(await deliver(60)).toEqual([])
  })

  it('that is undone later is told once more', async () => {
    await changes[what]()
    expect(await deliver(5)).toEqual([told[what][0]])
    await undoLastChange(desk(10), { id })
    expect(await deliver(12)).toEqual([])
    expect(await deliver(14)).toEqual([told[what][1]])
    expect(await deliver(60)).toEqual([])
  })
})

it('a booking that is undone within the grace period is told to nobody', async () => {
  const doctorId = await hireDoctor(sql)
  const patientId = await registerPatient(sql)
  await openPatient(sql, [patientId])
  const times = { startAt: '2030-01-15T05:00:00Z', endAt: '2030-01-15T05:30:00Z' }
  const booked = await appointmentOf(bookAppointment(desk(), { doctorId, patientId, ...times }))
  await undoLastChange(desk(1), { id: booked.id })
  expect(await deliver(60)).toEqual([])
})
