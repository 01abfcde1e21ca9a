import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { changePeople } from '../../../src/clinic/appointments/change-people.ts'
import { moveSession } from '../../../src/clinic/appointments/change-session.ts'
import { joinSession } from '../../../src/clinic/appointments/join-session.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { undoLastChange } from '../../../src/clinic/appointments/undo-last.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, openLocation, registerPatient } from '../../support/people.ts'

const { sql, as, at, hold } = await openMondayClinic()
const hours = [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }]
let [group, single, locationId, doctorId, colleagueId] = [0, 0, 0, 0, 0]

beforeAll(async () => {
  locationId = await openLocation(sql)
  group = await defineVisitType(sql, { name: 'Group', minutes: 60, capacity: 3 })
  single = await defineVisitType(sql, { name: 'Single', minutes: 60 })
})

beforeEach(async () => {
  doctorId = await newDoctor()
  colleagueId = await newDoctor()
})

/** All work at one location. */
const newDoctor = () => hireDoctor(sql, { hours, visitTypes: [group, single], locationId })

const newSession = async (time: string, of = doctorId) =>
  (await appointmentOf(beginSession(as(), { doctorId: of, visitTypeId: group, startAt: at(time) }))).id
const book = async (doctorId: number, time: string) =>
  appointmentOf(
    bookAppointment(as(), {
      doctorId,
      patientId: await registerPatient(sql),
      visitTypeId: single,
      startAt: at(time),
    }),
  )

/** At a session at ten, with a colleague and a companion. */
async function joinWithOthers() {
  const sessionId = await newSession('10:00')
  const companionId = await registerPatient(sql)
  const { id } = await appointmentOf(joinSession(as(), { sessionId, patientId: await registerPatient(sql) }))
  await appointmentOf(changePeople(as(), { id, colleagueIds: [colleagueId], companionIds: [companionId] }))
  return { sessionId, id, companionId }
}
const timesOf = async (id: number) =>
  (
    await sql.query(
      `select distinct to_char(lower(during) at time zone 'Asia/Jakarta', 'HH24:MI') as time
       from claims where appointment_id = $1 order by 1`,
      [id],
    )
  ).rows.map(({ time }) => time)

describe('a session that moves', () => {
  it('takes everyone along who comes with a participant', async () => {
    const { sessionId, id } = await joinWithOthers()
    await appointmentOf(moveSession(as(), { id: sessionId, startAt: at('13:00') }))
    expect(await timesOf(id)).toEqual(['13:00'])
  })

  it('stays when a participant’s colleague is busy then, and names the participant', async () => {
    const { sessionId, id } = await joinWithOthers()
    await book(colleagueId, '13:30')
    expect(await moveSession(as(), { id: sessionId, startAt: at('13:00') })).toMatchObject({
      ok: false,
      refusal: 'patient_busy',
      busyParticipants: [id],
    })
    expect(await timesOf(id)).toEqual(['10:00'])
  })

  it('stays when a participant’s companion is busy then', async () => {
    const { sessionId, id, companionId } = await joinWithOthers()
    const startAt = at('13:30')
    await appointmentOf(
      bookAppointment(as(), {
        doctorId: await newDoctor(),
        patientId: companionId,
        visitTypeId: single,
        startAt,
      }),
    )
    expect(await moveSession(as(), { id: sessionId, startAt: at('13:00') })).toMatchObject({
      refusal: 'patient_busy',
      busyParticipants: [id],
    })
  })

  it('takes the time of an expired hold of such a colleague', async () => {
    const { sessionId, id } = await joinWithOthers()
    await hold(as(), { doctorId: colleagueId, visitTypeId: single, startAt: at('13:00') })
    await appointmentOf(moveSession(as(undefined, 11), { id: sessionId, startAt: at('13:00') }))
    expect(await timesOf(id)).toEqual(['13:00'])
  })

  it('does not go to a doctor who is there already as a participant’s colleague', async () => {
    const { sessionId, id } = await joinWithOthers()
    expect(
      await moveSession(as(), { id: sessionId, doctorId: colleagueId, startAt: at('13:00') }),
    ).toMatchObject({ refusal: 'patient_busy', busyParticipants: [id] })
  })
})

describe('a participant who changes to another session', () => {
  it('stays when their colleague leads it or is busy then', async () => {
    const { id } = await joinWithOthers()
    const ofColleague = await newSession('13:00', colleagueId)
    const move = (sessionId: number) => rescheduleAppointment(as(), { id, sessionId })
    expect(await move(ofColleague)).toMatchObject({ ok: false, refusal: 'resource_taken' })
    const meanwhile = await newSession('13:30')
    expect(await move(meanwhile)).toMatchObject({ ok: false, refusal: 'resource_taken' })
    await appointmentOf(move(await newSession('15:00')))
    expect(await timesOf(id)).toEqual(['15:00'])
  })
})

describe('a doctor who became a colleague', () => {
  it('does not become the doctor again by an undo', async () => {
    const { id } = await book(doctorId, '10:00')
    await appointmentOf(rescheduleAppointment(as(), { id, doctorId: colleagueId, startAt: at('11:00') }))
    await appointmentOf(changePeople(as(), { id, colleagueIds: [doctorId], companionIds: [] }))
    const undone = await undoLastChange(as(), { id })
    expect(undone).toMatchObject({ ok: false, refusal: 'slot_taken' })
    expect(undone.appointment).toMatchObject({ doctor: { id: colleagueId } })
    await appointmentOf(changePeople(as(), { id, colleagueIds: [], companionIds: [] }))
    expect(await undoLastChange(as(), { id })).toMatchObject({ ok: true })
  })
})
