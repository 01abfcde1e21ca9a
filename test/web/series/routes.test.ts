import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const { sql, origin } = await openClinic()
let desk: string
let doctor: number
let patient: number
let visitType: number

beforeAll(async () => {
  patient = await registerPatient(sql, 'Putu Ayu')
  visitType = await defineVisitType(sql)
  doctor = await hireDoctor(sql, {
    hours: [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }],
  })
  desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  // The third Monday is taken.
  await insertAppointment(sql, {
    doctorId: doctor,
    visitTypeId: visitType,
    startAt: '2030-01-21T09:00:00+07:00',
  })
})

async function send(path: string, form?: Record<string, string>, cookie = desk) {
  const answer = await fetch(origin + path, {
    method: form ? 'POST' : 'GET',
    body: form ? new URLSearchParams(form) : null,
    headers: { Cookie: cookie, Origin: origin },
    redirect: 'manual',
  })
  return { status: answer.status, page: await answer.text(), location: answer.headers.get('Location') ?? '' }
}

/** Four Mondays at nine. */
const plan = (changed: Record<string, string> = {}) => ({
  patient_id: String(patient),
  doctor_id: String(doctor),
  visit_type_id: String(visitType),
  start_at: '2030-01-07T09:00',
  every: '1',
  unit: 'week',
  count: '4',
  until: '',
  ...changed,
})

const choicesIn = (page: string) =>
  [...page.matchAll(/type="(radio|checkbox|hidden)" name="choice_([\d-]+)" value="([^"]+)"/g)].map(
    ([, type, date, value]) => `${date} ${type} ${value}`,
  )

it('the desk sees every date, decides what is refused, books, and changes what follows', async () => {
  const preview = await send('/series/preview', plan())
  expect(preview.status).toBe(200)
  expect(preview.page).toContain('1 of 4 dates can’t be booked')
  expect(choicesIn(preview.page)).toEqual([
    '2030-01-07 checkbox skip',
    '2030-01-14 checkbox skip',
    '2030-01-21 radio 2030-01-21T02:30:00.000Z',
    '2030-01-21 radio 2030-01-21T02:45:00.000Z',
    '2030-01-21 radio 2030-01-21T03:00:00.000Z',
    '2030-01-21 radio skip',
    '2030-01-28 checkbox skip',
  ])

  const refused = await send('/series', plan())
  expect(refused.status).toBe(409)
  expect(refused.page).toContain('Nothing has been booked yet')

  const chosen = { 'choice_2030-01-14': 'skip', 'choice_2030-01-21': '2030-01-21T03:00:00.000Z' }
  const booked = await send('/series', plan(chosen))
  expect([booked.status, booked.location]).toEqual([303, expect.stringMatching(/^\/series\/\d+$/)])

  const shown = await send(booked.location)
  expect(shown.page).toContain('Series of 3 appointments')
  const [second] = [...shown.page.matchAll(/<option value="(\d+)"/g)].map(([, id = '']) => id).slice(1)
  const shifted = { from: second ?? '', scope: 'following', start_at: '2030-01-22T11:00' }
  const only = { ...shifted, scope: 'this', override_reason: 'As agreed' }
  for (const [start_at, status] of [
    ['', 422],
    ['2030-01-21T09:00', 409],
  ] as const) {
    const again = await send(`${booked.location}/rescheduling`, { ...only, start_at })
    expect(again.status).toBe(status)
    expect(again.page).toContain(`<option value="${second}" selected`)
    expect(again.page).toMatch(new RegExp(`name="start_at"[^>]* value="${start_at}"`))
    expect(again.page).toMatch(/value="this" checked/)
    expect(again.page).toContain('value="As agreed"')
  }
  expect((await send(`${booked.location}/rescheduling`, shifted)).status).toBe(303)
  const moved = await send(booked.location)
  expect(moved.page).toContain('Tue, 22 Jan 2030')
  expect(moved.page).toContain('Tue, 29 Jan 2030')

  const appointment = await send(`/desk/appointments/${second}`)
  expect(appointment.page).toContain('One of 3 appointments')
  const unexplained = await send(`${booked.location}/cancellation`, { from: second ?? '', scope: 'this' })
  expect(unexplained.status).toBe(422)
  expect(unexplained.page).toContain(`<option value="${second}" selected`)
  expect(unexplained.page).toMatch(/value="this" checked/)
  const cancelled = { from: second ?? '', scope: 'following', reason: 'Feeling better' }
  expect((await send(`${booked.location}/cancellation`, cancelled)).status).toBe(303)
  expect((await send(booked.location)).page.match(/class="card appointment cancelled"/g)).toHaveLength(2)
})

it('the form names what is missing', async () => {
  const both = await send('/series/preview', plan({ until: '2030-03-01' }))
  expect(both.status).toBe(422)
  expect(both.page).toContain('Enter either a number of appointments or a last day')
  const many = await send('/series/preview', plan({ unit: 'day', count: '', until: '2030-12-31' }))
  expect(many.page).toContain('A series has at most 52 appointments')
  const found = await send('/series/patient-search', plan({ patient_id: '', patient: 'putu ay' }))
  expect(found.page).toContain('<bdi>Putu Ayu</bdi>')
})

it('the form keeps what was written', async () => {
  const asked = { start_at: '2030-01-08T09:45', every: '3', weekday_2: '2', count: '54', patient: 'putu ay' }
  for (const path of ['/series/preview', '/series', '/series/patient-search']) {
    const { page } = await send(path, plan(asked))
    expect(page).toMatch(new RegExp(`<option value="${doctor}" selected`))
    expect(page).toMatch(new RegExp(`<option value="${visitType}" selected`))
    expect(page).toMatch(/<option value="week" selected/)
    for (const name of ['start_at', 'every', 'count'] as const)
      expect(page).toMatch(new RegExp(`name="${name}"[^>]* value="${asked[name]}"`))
    expect(page.match(/name="weekday_\d"[^>]*checked/g)).toEqual([
      expect.stringContaining('name="weekday_2"'),
    ])
  }
})

it('a date outside the hours is booked with a reason', async () => {
  const early = plan({ start_at: '2030-02-04T08:00', count: '2' })
  const preview = await send('/series/preview', early)
  expect(choicesIn(preview.page)).toContain('2030-02-04 radio keep')
  const kept = { 'choice_2030-02-04': 'keep', 'choice_2030-02-11': 'skip' }
  expect((await send('/series', { ...early, ...kept })).status).toBe(409)
  const booked = await send('/series', { ...early, ...kept, override_reason: 'Only then' })
  expect(booked.status).toBe(303)
})

it('patients read their series, and plan none', async () => {
  const { location } = await send('/series', plan({ start_at: '2030-03-04T09:00' }))
  const own = await openSession(sql, await openAccount(sql, { patientIds: [patient] }))
  const other = await openSession(sql, await openAccount(sql, { patientIds: [await registerPatient(sql)] }))
  const read = await send(location, undefined, own)
  expect(read.page).toContain('Series of 4 appointments')
  expect(read.page).not.toContain('<form method="post" action="/series')
  expect((await send(location, undefined, other)).status).toBe(404)
  for (const path of ['/series', '/series/preview', '/series/patient-search'])
    expect((await send(path, plan(), own)).status).toBe(403)
})
