import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../support/people.ts'

// In the night to 28 October 2029, Amsterdam's clocks show 02:00 to 03:00 twice.
const { sql, origin } = await openClinic()
const ids = { doctor: 0, visitType: 0, patient: 0, appointment: 0, session: 0 }
const cookies = { patient: '', desk: '', visitor: '' }

beforeAll(async () => {
  ids.visitType = await defineVisitType(sql)
  ids.doctor = await hireDoctor(sql, { timeZone: 'Europe/Amsterdam' })
  ids.patient = await registerPatient(sql)
  cookies.patient = await openSession(sql, await openAccount(sql, { patientIds: [ids.patient] }))
  cookies.desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  const { doctor: doctorId, visitType: visitTypeId, patient: patientId } = ids
  const startAt = '2029-10-28T00:45:00Z'
  ids.appointment = await insertAppointment(sql, { doctorId, visitTypeId, patientId, startAt })
  const group = { visitTypeId, doctorId: await hireDoctor(sql, { timeZone: 'Europe/Amsterdam' }), startAt }
  ids.session = await insertAppointment(sql, group)
  await sql.query('update appointments set capacity = 8 where id = $1', [ids.session])
})

type Who = keyof typeof cookies

async function ask(who: Who, path: string, form?: Record<string, string>) {
  const answer = await fetch(origin + path, {
    method: form ? 'POST' : 'GET',
    body: form ? new URLSearchParams(form) : null,
    headers: { Cookie: cookies[who], Origin: origin },
    redirect: 'manual',
  })
  const text = (await answer.text()).replace(/^.*<main/s, '').replace(/<[^>]+>/g, '')
  return { text, path: answer.headers.get('Location') ?? '', cookie: answer.headers.get('Set-Cookie') ?? '' }
}

const search = () => `visit_type_id=${ids.visitType}&doctor_id=${ids.doctor}&from=2029-10-28`

it.each<[Who, string, () => string, string]>([
  ['patient', 'an appointment', () => `/appointments/${ids.appointment}`, '02:45 (UTC+2) – 02:15 (UTC+1)'],
  ['patient', 'the list', () => '/appointments', '02:45 (UTC+2) – 02:15 (UTC+1)'],
  ['desk', 'the desk’s list', () => '/appointments', '02:45 (UTC+2) – 02:15 (UTC+1)'],
  [
    'patient',
    'the confirmation',
    () => `/booking/confirmation/${ids.appointment}`,
    '02:45 (UTC+2) – 02:15 (UTC+1)',
  ],
  [
    'patient',
    'other times',
    () => `/appointments/${ids.appointment}/times?${search()}`,
    '02:45 (UTC+2) – 02:15 (UTC+1)',
  ],
  ['desk', 'a session', () => `/sessions/${ids.session}`, '02:45 (UTC+2) – 02:15 (UTC+1)'],
  ['desk', 'an erasure', () => `/patients/${ids.patient}/erasure`, '02:45 (UTC+2)'],
  ['patient', 'an export', () => `/account/data/${ids.patient}/export?format=html`, '02:45 (UTC+2)'],
  ['visitor', 'the free times', () => `/booking?${search()}`, '02:30 (UTC+1)'],
  ['visitor', 'the week', () => `/booking?${search()}&view=week`, '02:30 (UTC+1)'],
])('the hour that comes twice has its offset: to the %s on the page of %s', async (who, _, path, written) => {
  expect((await ask(who, path())).text).toContain(written)
})

it('a held time has its offset', async () => {
  const slot = `${ids.doctor}/2029-10-28T02:15+01:00`
  const held = await ask('visitor', '/booking/holds', { visit_type_id: String(ids.visitType), slot })
  cookies.visitor = held.cookie
    .split(/, (?=__)/)
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
  expect((await ask('visitor', held.path)).text).toContain('02:15–02:45 (UTC+1)')
  expect((await ask('visitor', '/booking')).text).toContain('02:15 (UTC+1)')
})

it('the next free time and the dates of a series have their offsets', async () => {
  const { doctor, visitType, patient } = ids
  const wish = {
    patient_id: String(patient),
    doctor_id: String(doctor),
    visit_type_id: String(visitType),
  }
  const refused = await ask('desk', '/desk/book', { ...wish, start_at: '2029-10-28T02:30' })
  expect(refused.text).toContain('Book 02:45 (UTC+1)03:00')
  const rule = { start_at: '2029-10-21T02:30', every: '1', unit: 'week', count: '2', until: '' }
  const preview = await ask('desk', '/series/preview', { ...wish, ...rule })
  expect(preview.text).toMatch(/Sun, 28 Oct 2029, 02:30[^,]* \(UTC\+\d\)/)
})
