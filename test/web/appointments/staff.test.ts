import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { leaveNote } from '../../../src/clinic/appointments/note.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let desk: Record<string, string>
let own: Record<string, string>
let theirs: Record<string, string>
let admin: Record<string, string>
let patientId = 0
let doctorId = 0

beforeAll(async () => {
  doctorId = await hireDoctor(sql)
  patientId = await registerPatient(sql)
  const signIn = async (wishes: Parameters<typeof openAccount>[1]) => ({
    Cookie: await openSession(sql, await openAccount(sql, wishes)),
  })
  desk = await signIn({ role: 'front_desk' })
  theirs = await signIn({ role: 'doctor', doctorId })
  admin = await signIn({ role: 'admin' })
  own = await signIn({ patientIds: [patientId] })
})

let hour = 0
async function book(): Promise<number> {
  const start = Date.UTC(2031, 0, 1, hour++)
  const times = { startAt: new Date(start).toISOString(), endAt: new Date(start + 1_800_000).toISOString() }
  const wish = { doctorId, patientId, ...times, overrideReason: 'Works mornings' }
  return (await appointmentOf(bookAppointment(clinic.context(), wish))).id
}
const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  fetch(clinic.origin + path, { method, headers: { Origin: clinic.origin, ...headers }, redirect: 'manual' })
const read = async (path: string, headers: Record<string, string>) => (await ask(path, headers)).text()

describe('the pages of patients lead staff to the desk', () => {
  it.each([
    ['GET', '', ''],
    ['POST', '/cancellation', ''],
    ['GET', '/times', '/move'],
    ['POST', '/times', '/move'],
  ])('%s /appointments/:id%s', async (method, from, to) => {
    const id = await book()
    for (const headers of [desk, theirs, admin]) {
      const answer = await ask(`/appointments/${id}${from}`, headers, method)
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, `/desk/appointments/${id}${to}`])
    }
    const { rows } = await sql.query('select status from appointments where id = $1', [id])
    expect(rows).toEqual([{ status: 'booked' }])
  })

  it('a doctor who books is led to booking, with what was chosen', async () => {
    for (const [path, to] of [
      ['/booking', '/desk/book'],
      [`/booking?visit_type_id=7&doctor_id=${doctorId}`, `/desk/book?visit_type_id=7&doctor_id=${doctorId}`],
    ] as const) {
      const answer = await ask(path, theirs)
      expect([answer.status, answer.headers.get('Location')]).toEqual([302, to])
      expect(await (await ask(to, theirs)).text()).toContain('Book an appointment')
    }
  })
})

describe('the page of an appointment at the desk', () => {
  it('offers to move one that has no visit type', async () => {
    const id = await book()
    const page = await read(`/desk/appointments/${id}`, desk)
    expect(page).toContain(`href="/desk/appointments/${id}/move`)
    expect(page).toContain(`href="/appointments/${id}/calendar.ics"`)
  })

  it('shows why it is outside the hours, why it was cancelled, and notes; patients see none of it', async () => {
    const id = await book()
    await leaveNote(clinic.context(), { id, note: 'Needs a wheelchair' })
    await cancelAppointment(clinic.context(), { id, reason: 'Patient moved away' })
    const reasons = ['Works mornings', 'Needs a wheelchair', 'Patient moved away']
    for (const headers of [desk, theirs]) {
      const page = await read(`/desk/appointments/${id}`, headers)
      expect(reasons.filter((reason) => !page.includes(reason))).toEqual([])
    }
    const patients = await read(`/appointments/${id}`, own)
    expect(reasons.filter((reason) => patients.includes(reason))).toEqual([])
  })
})

it('after booking, the page says nothing about what patients may do online', async () => {
  const page = await read(`/booking/confirmation/${await book()}`, desk)
  expect(page).not.toContain('You can reschedule or cancel')
  expect(page).not.toMatch(/your calendar/i)
})
