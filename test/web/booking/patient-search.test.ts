import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const { sql, origin } = await openClinic()
let cookie: string
let doctor: number
let patient: number

beforeAll(async () => {
  patient = await registerPatient(sql, 'Putu Ayu')
  doctor = await hireDoctor(sql)
  await sql.query("insert into patients (name) select 'Crowd ' || n from generate_series(1, 30) n")
  cookie = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
})

function send(path: string, form?: Record<string, string>) {
  const body = form ? new URLSearchParams(form) : null
  const method = form ? 'POST' : 'GET'
  return fetch(origin + path, {
    method,
    body,
    headers: { Cookie: cookie, Origin: origin },
    redirect: 'manual',
  })
}

const addressesIn = (page: string) =>
  [...page.matchAll(/\s(?:href|action|formaction)="([^"]*)"/g)].map(([, address]) => address).join(' ')

it('keeps the held time and the reason', async () => {
  const hold = await insertAppointment(sql, {
    doctorId: doctor,
    startAt: '2030-01-08T10:00+07:00',
    status: 'pending',
  })
  const response = await send(`/booking/holds/${hold}/patient-search`, {
    patient: 'putu ay',
    reason: 'Cough',
  })
  const page = await response.text()
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'private, no-store'])
  expect(page).toContain(`<input type="hidden" name="patient_id" value="${patient}"`)
  expect(page).toMatch(/name="reason"[^>]*value="Cough"/)
  expect(addressesIn(page)).toContain(`/booking/holds/${hold}/patient-search#patient`)
  expect(addressesIn(page)).not.toMatch(/putu/i)
})

it('leads from the address of a search back to the page', async () => {
  expect((await send('/booking/holds/4/patient-search')).headers.get('Location')).toBe('/booking/holds/4')
})

it('no longer reads a name from the address', async () => {
  expect(await (await send('/booking?patient=putu')).text()).not.toContain('Putu Ayu')
})
