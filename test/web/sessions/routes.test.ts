import { beforeAll, beforeEach, expect, it } from 'vitest'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { joinSession } from '../../../src/clinic/appointments/join-session.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let [desk, session, doctor, yoga, days] = ['', 0, 0, 0, 0]

beforeAll(async () => {
  yoga = await defineVisitType(sql, { name: 'Yoga', minutes: 60, capacity: 2 })
  doctor = await hireDoctor(sql, { visitTypes: [yoga] })
  desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
})

beforeEach(async () => {
  const startAt = new Date(Date.UTC(2031, 0, 1 + days++, 3)).toISOString()
  const begun = await beginSession(clinic.context(), { doctorId: doctor, visitTypeId: yoga, startAt })
  if (!begun.ok) throw new Error(begun.refusal)
  session = begun.appointment.id
})

async function send(path: string, form?: Record<string, string>, cookie = desk) {
  const answer = await fetch(`${origin}/sessions/${session}${path}`, {
    method: form ? 'POST' : 'GET',
    body: form ? new URLSearchParams(form) : null,
    headers: { Cookie: cookie, Origin: origin },
    redirect: 'manual',
  })
  return { status: answer.status, page: await answer.text() }
}

const join = async (patientId: number) => {
  const joined = await joinSession(clinic.context(), { sessionId: session, patientId })
  if (!joined.ok) throw new Error(joined.refusal)
}
const registerTwo = async () => [await registerPatient(sql, 'Made Wirawan'), await registerPatient(sql)]

it('the desk finds a patient and adds them', async () => {
  const [patient = 0, other = 0] = await registerTwo()
  await join(other)
  const found = await send('/patient-search', { patient: 'made wira' })
  expect(found.page).toContain(`<input type="hidden" name="patient_id" value="${patient}"`)
  expect((await send('/participants', { patient_id: String(patient) })).status).toBe(303)
  const { page } = await send('')
  expect(page).toContain('<bdi>Made Wirawan</bdi>')
  expect(page).toContain('2 of 2 places taken')
  expect(page).not.toContain(`action="/sessions/${session}/participants"`)
})

it('nobody is added twice, without a place, or without being chosen', async () => {
  const [patient = 0, other = 0] = await registerTwo()
  await join(patient)
  const again = await send('/participants', { patient_id: String(patient) })
  expect(again.status).toBe(409)
  expect(again.page).toContain('already in the session')
  await join(other)
  const late = await send('/participants', { patient_id: String(await registerPatient(sql)) })
  expect(late.status).toBe(409)
  expect(late.page).toContain('The last place was just taken')
  for (const patient_id of ['', '999999999']) {
    const unknown = await send('/participants', { patient_id })
    expect(unknown.status).toBe(422)
    expect(unknown.page).toContain('id="patient_id-problem"')
  }
})

it('the desk changes the number of places, and never below those that are taken', async () => {
  for (const patient of await registerTwo()) await join(patient)
  expect((await send('/capacity', { capacity: '3' })).status).toBe(303)
  expect((await send('')).page).toContain('2 of 3 places taken')
  const refused = await send('/capacity', { capacity: '1' })
  expect(refused.status).toBe(409)
  expect(refused.page).toContain('Number of places not changed')
  expect(refused.page).toContain('More places than that are taken')
  expect(refused.page).toMatch(/name="capacity"[^>]* value="1"/)
  expect(refused.page).toContain('2 of 3 places taken')
  const wrong = await send('/capacity', { capacity: 'many' })
  expect(wrong.status).toBe(422)
  expect(wrong.page).toContain('This number is too low or too high')
})

it('the desk moves and cancels it, and the page keeps what was written when that is refused', async () => {
  const rival = session
  const taken = `${new Date(Date.UTC(2031, 0, days)).toISOString().slice(0, 10)}T10:00`
  const begun = await beginSession(clinic.context(), {
    doctorId: doctor,
    visitTypeId: yoga,
    startAt: taken.replace('10:00', '14:00'),
  })
  session = begun.ok ? begun.appointment.id : 0
  expect(session).not.toBe(rival)
  for (const [start_at, status] of [
    ['', 422],
    [taken, 409],
  ] as const) {
    const { page, ...answer } = await send('/rescheduling', { start_at, override_reason: 'As agreed' })
    expect(answer.status).toBe(status)
    expect(page).toMatch(new RegExp(`name="start_at"[^>]* value="${start_at}"`))
    expect(page).toMatch(/name="override_reason"[^>]* value="As agreed"/)
  }
  expect((await send('/rescheduling', { start_at: taken.replace('10:00', '15:00') })).status).toBe(303)
  expect((await send('')).page).toContain('15:00')
  const unexplained = await send('/cancellation', { reason: '' })
  expect(unexplained.status).toBe(422)
  expect(unexplained.page).toContain('id="reason-problem"')
  expect((await send('/cancellation', { reason: 'Snow' })).status).toBe(303)
})

it('doctors see who takes part in their sessions, and change nothing', async () => {
  const [patient = 0] = await registerTwo()
  await join(patient)
  const account = await openAccount(sql, { role: 'doctor', doctorId: doctor })
  const { page, status } = await send('', undefined, await openSession(sql, account))
  expect(status).toBe(200)
  expect(page).toContain('<bdi>Made Wirawan</bdi>')
  expect(page).not.toContain(`action="/sessions/${session}`)
})
