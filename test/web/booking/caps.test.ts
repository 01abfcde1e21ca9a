import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openSession,
  registerPatient,
  signCookie,
} from '../../support/people.ts'

// What the doors say to somebody who has as much as an account may have: to phone the clinic, among other things.

const clinic = await openClinic()
const { sql, origin } = clinic
const phone = '+62 21 5550 1234'
const link = '<a href="tel:+622155501234">'
let [doctor, visitType, patient] = [0, 0, 0]
let [session, key] = ['', '']

beforeAll(async () => {
  visitType = await defineVisitType(sql)
  doctor = await hireDoctor(sql)
  patient = await registerPatient(sql)
  const account = await openAccount(sql, { patientIds: [patient], createdAt: new Date() })
  session = await openSession(sql, account)
  key = await giveKey(sql, account)
  for (const hour of [10, 11]) expect((await book(hour)).status).toBe(201)
  for (let n = 0; n < 3; n++) expect((await register(`Child ${n}`)).status).toBe(201)
})

const startAt = (hour: number) => `2030-01-07T${hour}:00:00+07:00`

function send(path: string, body: object) {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  return fetch(`${origin}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

const wish = (hour: number) => ({ doctor_id: doctor, visit_type_id: visitType, start_at: startAt(hour) })
const book = (hour: number) => send('/appointments', { appointment: wish(hour) })
const register = (name = 'A Child') => send('/patients', { patient: { name } })

async function post(path: string, form: Record<string, string>, cookies = [session], language = 'en') {
  const headers = { Cookie: cookies.join('; '), Origin: origin, 'Accept-Language': language }
  const body = new URLSearchParams(form)
  const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body, redirect: 'manual' })
  return { status: response.status, page: await response.text(), location: response.headers.get('Location') }
}

const holdForm = (hour: number) => ({
  visit_type_id: String(visitType),
  slot: `${doctor}/${new Date(startAt(hour)).toISOString()}`,
})

describe('the API', () => {
  it.each([
    ['a booking', () => book(12), 'too_many_appointments'],
    ['a hold', () => send('/holds', { hold: wish(12) }), 'too_many_appointments'],
    ['a dependant', () => register(), 'too_many_dependants'],
  ])('refuses %s with the number to call', async (_, ask, code) => {
    const response = await ask()
    expect([response.status, await response.json()]).toEqual([
      409,
      expect.objectContaining({ code, detail: expect.stringContaining(`Its number is ${phone}.`) }),
    ])
  })
})

describe('the pages', () => {
  it.each([
    ['en', 'No more online bookings for now', 'Cancel one you no longer need'],
    ['id', 'Janji temu online Anda sudah mencapai batas', 'Batalkan dulu'],
  ])('say what to do when a slot is chosen (%s)', async (language, title, reason) => {
    const { status, page } = await post('/booking/holds', holdForm(12), [session], language)
    expect(status).toBe(409)
    for (const part of [title, reason, link, 'href="/appointments"']) expect(page).toContain(part)
    expect(page).not.toContain('class="slots"')
  })

  it('keep a hold that was made before signing in, and say what to do', async () => {
    const browser = await signCookie('__Host-browser', crypto.randomUUID())
    const held = await post('/booking/holds', holdForm(13), [browser])
    expect(held.status).toBe(303)
    const { status, page } = await post(held.location ?? '', { patient_id: String(patient) }, [
      session,
      browser,
    ])
    expect(status).toBe(409)
    for (const part of ['Not booked yet', link, 'href="/appointments"', 'Book appointment'])
      expect(page).toContain(part)
  })

  it('say what to do when someone else is added', async () => {
    const { status, page } = await post('/dependants', { name: 'A Child', return_to: '/booking' })
    expect(status).toBe(409)
    for (const part of ['Not added', 'value="A Child"', link]) expect(page).toContain(part)
  })
})
