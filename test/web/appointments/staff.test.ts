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
let patientId = 0
let doctorId = 0

beforeAll(async () => {
  doctorId = await hireDoctor(sql)
  patientId = await registerPatient(sql)
  const account = await openAccount(sql, { role: 'front_desk' })
  desk = { Cookie: await openSession(sql, account), 'Accept-Language': 'en' }
  own = { Cookie: await openSession(sql, await openAccount(sql, { patientIds: [patientId] })) }
})

let hour = 0
async function book(): Promise<number> {
  const start = Date.UTC(2031, 0, 1, hour++)
  const times = { startAt: new Date(start).toISOString(), endAt: new Date(start + 1_800_000).toISOString() }
  const wish = { doctorId, patientId, ...times, overrideReason: 'Works mornings' }
  return (await appointmentOf(bookAppointment(clinic.context(), wish))).id
}
const read = async (path: string, headers: Record<string, string>) =>
  (await fetch(clinic.origin + path, { headers })).text()

describe('the page of an appointment addresses staff as staff', () => {
  it('offers to move one that has no visit type, and leads to the front desk', async () => {
    const id = await book()
    const page = await read(`/appointments/${id}`, desk)
    expect(page).toContain(`href="/desk/appointments/${id}/move"`)
    expect(page).toContain(`href="/desk/appointments/${id}"`)
    expect(page).not.toMatch(/your (calendar|appointment)/i)
  })

  it('shows why it is outside the hours, why it was cancelled, and notes; to patients none of it', async () => {
    const id = await book()
    await leaveNote(clinic.context(), { id, note: 'Needs a wheelchair' })
    await cancelAppointment(clinic.context(), { id, reason: 'Doctor is away' })
    const reasons = ['Works mornings', 'Needs a wheelchair', 'Doctor is away']
    const page = await read(`/appointments/${id}`, desk)
    expect(reasons.filter((reason) => !page.includes(reason))).toEqual([])
    const patients = await read(`/appointments/${id}`, own)
    expect(reasons.filter((reason) => patients.includes(reason))).toEqual([])
  })

  it('after booking says nothing about what patients may do online', async () => {
    const page = await read(`/booking/confirmation/${await book()}`, desk)
    expect(page).not.toContain('You can reschedule or cancel')
    expect(page).not.toMatch(/your calendar/i)
  })
})
