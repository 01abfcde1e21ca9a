import { beforeAll, describe, expect, it } from 'vitest'
import { eventKinds } from '../../../drizzle/schema/events.ts'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { changePeople } from '../../../src/clinic/appointments/change-people.ts'
import { resizeSession } from '../../../src/clinic/appointments/change-session.ts'
import { changeVisitType } from '../../../src/clinic/appointments/change-visit-type.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { confirmAppointment } from '../../../src/clinic/appointments/confirm.ts'
import { declineAppointment } from '../../../src/clinic/appointments/decline.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { leaveNote } from '../../../src/clinic/appointments/note.ts'
import { reassignAppointment } from '../../../src/clinic/appointments/reassign.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { startAppointment } from '../../../src/clinic/appointments/start.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import { undoLastChange } from '../../../src/clinic/appointments/undo-last.ts'
import { takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta. */
const morning = new Date('2026-11-23T01:00:00Z')
let [rina, doctorId, patientId, otherId, typeId, longId, groupId] = [0, 0, 0, 0, 0, 0, 0]

beforeAll(async () => {
  rina = await openAccount(sql, { role: 'front_desk', name: 'Rina Aulia' })
  typeId = await defineVisitType(sql)
  longId = await defineVisitType(sql, { name: 'Long', minutes: 45 })
  groupId = await defineVisitType(sql, { name: 'Yoga', capacity: 8 })
  doctorId = await hireDoctor(sql, { visitTypes: [typeId, longId, groupId] })
  patientId = await registerPatient(sql)
  otherId = await registerPatient(sql)
})

const at = (minutes = 0) =>
  clinic.context({
    actor: { kind: 'front_desk', accountId: rina },
    now: new Date(morning.getTime() + minutes * 60_000),
  })
let hour = 0
const wish = () => {
  hour += 1
  const startAt = new Date(morning.getTime() + hour * 3_600_000).toISOString()
  return { doctorId, patientId, visitTypeId: typeId, startAt }
}
const book = async () => (await appointmentOf(bookAppointment(at(), wish()))).id
const hold = async () => (await appointmentOf(holdSlot(at(), wish()))).id

/** What patients request and let lapse is theirs and the clock's, and only admins correct time zones. */
async function request(): Promise<number> {
  const id = await book()
  await sql.query(
    `update appointments set status = 'pending', awaits_approval = true, hold_expires_at = start_at where id = $1`,
    [id],
  )
  return id
}

describe('every kind of event that staff can cause', () => {
  it('names the person who made the change', async () => {
    await releaseHold(at(), await hold())
    await extendHold(at(), await hold())
    await confirmAppointment(at(), await request())
    await declineAppointment(at(), { id: await request(), reason: 'No referral' })
    const id = await book()
    await changeVisitType(at(), { id, visitTypeId: longId })
    await rescheduleAppointment(at(), { id, startAt: '2026-11-24T10:00' })
    await reassignAppointment(at(), { id, patientId: otherId, reason: 'Wrong sister' })
    await changePeople(at(), { id, companionIds: [patientId] })
    await leaveNote(at(), { id, note: 'Needs a wheelchair' })
    await cancelAppointment(at(), { id, reason: 'Ill' })
    await undoLastChange(at(), { id })
    const today = await book()
    await checkIn(at(), today)
    await startAppointment(at(), today)
    await undo(at(), today, 'undo start')
    await completeAppointment(at(), today)
    await undoLastChange(at(), { id: today })
    await markNoShow(at(60 * 23), await book())
    await takeWalkIn(at(60 * 20), { doctorId, patientId: otherId, visitTypeId: typeId })
    const session = await beginSession(at(), { ...wish(), visitTypeId: groupId })
    await resizeSession(at(), { id: (await appointmentOf(Promise.resolve(session))).id, capacity: 9 })

    const { rows } = await sql.query(
      'select kind, array_agg(distinct account_id::int) as who from events group by kind',
    )
    const named = Object.fromEntries(rows.map(({ kind, who }) => [kind, who]))
    const byOthers = ['appointment.requested', 'appointment.lapsed', 'appointment.time_zone_corrected']
    const kinds = eventKinds.filter((kind) => !byOthers.includes(kind))
    expect(named).toEqual(Object.fromEntries(kinds.map((kind) => [kind, [rina]])))
  })
})
