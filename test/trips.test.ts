import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from './support/clinic.ts'
import { giveKey, hireDoctor, openAccount, openDesk, openSession, registerPatient } from './support/people.ts'

const clinic = await openClinic()
let doctor: number
let patient: number
let minutes = 0

beforeAll(async () => {
  doctor = await hireDoctor(clinic.sql)
  patient = await registerPatient(clinic.sql)
})

const times = () => {
  minutes += 30
  const start = Date.parse('2030-01-07T00:00:00Z') + minutes * 60_000
  return { start_at: new Date(start).toISOString(), end_at: new Date(start + 1_800_000).toISOString() }
}

async function tripsOf(ask: () => Promise<Response>): Promise<number> {
  clinic.takeTrips()
  const { status } = await ask()
  expect(status).toBeLessThan(400)
  return clinic.takeTrips().length
}

describe('recognising a known actor takes no trip', () => {
  it('for an API client that books', async () => {
    const key = await openDesk(clinic.sql)
    const book = () =>
      fetch(`${clinic.origin}/api/v1/appointments`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ appointment: { doctor_id: doctor, patient_id: patient, ...times() } }),
      })
    expect(await tripsOf(book)).toBe(2)
    expect(await tripsOf(book)).toBe(1)
  })

  it('for an API client that reads', async () => {
    const key = await giveKey(clinic.sql, await openAccount(clinic.sql, { patientIds: [patient] }))
    const { rows } = await clinic.sql.query('select min(id) as id from appointments')
    const headers = { Authorization: `Bearer ${key}` }
    const read = () => fetch(`${clinic.origin}/api/v1/appointments/${rows[0].id}`, { headers })
    expect(await tripsOf(read)).toBe(2)
    expect(await tripsOf(read)).toBe(1)
  })

  it('for the front desk that books on its page', async () => {
    const account = await openAccount(clinic.sql, { role: 'front_desk' })
    const headers = { Cookie: await openSession(clinic.sql, account), Origin: clinic.origin }
    const book = () => {
      const { start_at } = times()
      const wish = { doctor_id: String(doctor), patient_id: String(patient), minutes: '30', start_at }
      const body = new URLSearchParams(wish)
      return fetch(`${clinic.origin}/desk/book`, { method: 'POST', redirect: 'manual', headers, body })
    }
    expect(await tripsOf(book)).toBe(2)
    expect(await tripsOf(book)).toBe(1)
  })
})

it('a page trusts the visitor cookie for five minutes in any isolate', async () => {
  const other = await clinic.openAnother()
  const cookie = await openSession(clinic.sql, await openAccount(clinic.sql, { patientIds: [patient] }))
  const first = await fetch(`${clinic.origin}/booking`, { headers: { Cookie: cookie } })
  const [visitor = ''] = first.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  expect(visitor).toMatch(/^__Host-visitor=/)
  expect(first.headers.getSetCookie()[0]).toContain('Max-Age=300')
  clinic.takeTrips()
  const second = await fetch(`${other}/booking`, { headers: { Cookie: `${cookie}; ${visitor}` } })
  expect(second.status).toBe(200)
  expect(second.headers.getSetCookie()).toEqual([])
  expect(clinic.takeTrips()).toHaveLength(1)
})

it('a visitor who is not signed in takes no trip', async () => {
  expect(await tripsOf(() => fetch(`${clinic.origin}/booking`))).toBe(1)
  expect(await tripsOf(() => fetch(`${clinic.origin}/sign-in`))).toBe(0)
})
