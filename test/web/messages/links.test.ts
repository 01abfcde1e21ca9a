import { beforeEach, describe, expect, it } from 'vitest'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { reassignAppointment } from '../../../src/clinic/appointments/reassign.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { type MessageLink, signLink } from '../../../src/clinic/messages/links.ts'
import { erasePatient } from '../../../src/clinic/retention/erase-patient.ts'
import { secretsOf } from '../../../src/clinic/sign.ts'
import { authSecret, openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { bookAt } from '../../support/messages.ts'
import { hireDoctor, locationOf, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const secrets = secretsOf(authSecret)
const inAYear = new Date(Date.now() + 365 * 86_400_000)

const tokenOf = (link: Partial<MessageLink>) =>
  signLink(secrets, {
    purpose: 'appointment',
    appointmentId: null,
    recipient: '',
    expiresAt: inAYear,
    ...link,
  })
const ask = (path: string, init: RequestInit = {}) => fetch(origin + path, { redirect: 'manual', ...init })
const read = async (path: string, init?: RequestInit) => (await ask(path, init)).text()
/** As a browser sends a form of a page without a referrer. */
const post = (path: string, fields: Record<string, string>) =>
  ask(path, { method: 'POST', headers: { Origin: 'null' }, body: new URLSearchParams(fields) })
const desk = () => clinic.context({ now: new Date() })

let doctor: number
let patient: number
let account: number
let id: number
let startAt: string
let token: string
let day = 0

beforeEach(async () => {
  doctor = await hireDoctor(sql)
  patient = await registerPatient(sql, 'Melati Own')
  account = await openAccount(sql, { patientIds: [patient] })
  const booked = await bookAt(clinic, { doctor, patient, day: ++day })
  id = booked.id
  startAt = booked.startAt.toISOString()
  token = await tokenOf({ appointmentId: id, recipient: `account:${account}` })
})

const responses = async () =>
  (await sql.query('select * from appointment_responses where appointment_id = $1', [id])).rows
const answer = (start = startAt) => post(`/m/${token}/answer`, { start_at: start })

describe('the page that a message links to', () => {
  it('tells what the message told, without signing in', async () => {
    await sql.query(
      `update locations set address = 'Jl. Melati 1', directions = 'Behind the mosque', phone = '+62 22 1234' where id = $1`,
      [await locationOf(sql, doctor)],
    )
    await sql.query("update appointments set reason_for_visit = 'A secret rash' where id = $1", [id])
    const other = await bookAt(clinic, { doctor, patient, day: ++day })
    const response = await ask(`/m/${token}`)
    const page = await response.text()
    expect(response.status).toBe(200)
    for (const text of ['Jl. Melati 1', 'Behind the mosque', '+62', 'Jakarta time', 'Yes, I’ll come'])
      expect(page).toContain(text)
    expect(page).toContain(`href="/appointments/${id}"`)
    for (const hidden of ['A secret rash', 'Melati Own', `/appointments/${other.id}`])
      expect(page).not.toContain(hidden)
  })

  it('takes one trip to read, and one to answer', async () => {
    for (const asking of [() => ask(`/m/${token}`), () => answer(), () => ask(`/m/${token}/calendar.ics`)]) {
      clinic.takeTrips()
      expect((await asking()).status).toBeLessThan(400)
      expect(clinic.takeTrips()).toHaveLength(1)
    }
  })

  it('says whose appointment it is, when it is a dependant’s', async () => {
    const guardian = await openAccount(sql, { patientIds: [await registerPatient(sql, 'Guardian'), patient] })
    const page = await read(`/m/${await tokenOf({ appointmentId: id, recipient: `account:${guardian}` })}`)
    expect(page).toContain('Yes, Melati Own will come')
  })

  it('has a calendar file', async () => {
    const file = await ask(`/m/${token}/calendar.ics`)
    expect([file.status, file.headers.get('Content-Type')]).toEqual([
      200,
      'text/calendar; charset=utf-8; method=PUBLISH',
    ])
    expect(await file.text()).toContain(`UID:appointment-${id}@`)
    await cancelAppointment(desk(), { id, reason: 'Snow' })
    const cancelled = await ask(`/m/${token}/calendar.ics`)
    expect(cancelled.headers.get('Content-Type')).toContain('method=CANCEL')
  })

  it('tells those without an account to call', async () => {
    const stranger = await registerPatient(sql)
    const booked = await bookAt(clinic, { doctor, patient: stranger, day: ++day })
    const link = await tokenOf({ appointmentId: booked.id, recipient: `patient:${stranger}` })
    const page = await read(`/m/${link}`)
    expect(page).toContain('To change or cancel, please call us')
    expect(page).not.toContain(`href="/appointments/${booked.id}"`)
    await post(`/m/${link}/answer`, { start_at: booked.startAt.toISOString() })
    expect(await read(`/m/${link}`)).toContain('Thank you')
    const calendar = await read(`/m/${link}/calendar.ics`)
    expect(calendar.replaceAll('\r\n ', '')).toContain(`/m/${link}`)
  })

  it('is in the language of the messages, unless the visitor chose another', async () => {
    await sql.query("update patients set languages = '{id}' where id = $1", [patient])
    expect(await read(`/m/${token}`, { headers: { 'Accept-Language': 'en' } })).toContain(
      'Ya, saya akan datang',
    )
    expect(await read(`/m/${token}?lang=en`)).toContain('Yes, I’ll come')
    expect(await read(`/m/${token}`, { headers: { Cookie: 'lang=en' } })).toContain('Yes, I’ll come')
  })
})

describe('“Yes, I’ll come”', () => {
  it('is recorded once for the start that was shown, however often it is pressed', async () => {
    const answers = await atOnce(8, () => answer())
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(303))
    const [first, ...others] = await responses()
    expect([others, first.start_at.toISOString()]).toEqual([[], startAt])
    await answer()
    expect(await responses()).toEqual([first])
    const page = await read(`/m/${token}`)
    expect(page).toContain('Thank you. See you then!')
    expect(page).not.toContain('Yes, I’ll come')
  })

  it('is asked again when the appointment has moved in between', async () => {
    await answer()
    const moved = new Date(Date.parse(startAt) + 3_600_000).toISOString()
    await rescheduleAppointment(desk(), { id, startAt: moved })
    expect(await read(`/m/${token}`)).toContain('Yes, I’ll come')
    const refused = await answer()
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('has moved since you opened this page')
    expect((await responses())[0].start_at.toISOString()).toBe(startAt)
    await answer(moved)
    expect((await responses())[0].start_at.toISOString()).toBe(moved)
    expect(await read(`/m/${token}`)).toContain('Thank you')
  })

  it('is refused once it has started, and when it is cancelled', async () => {
    await sql.query(
      "update appointments set start_at = now() - interval '1 minute', end_at = now() + interval '1 hour' where id = $1",
      [id],
    )
    const { rows } = await sql.query('select start_at from appointments where id = $1', [id])
    expect((await answer(rows[0].start_at.toISOString())).status).toBe(409)
    expect(await read(`/m/${token}`)).not.toContain('Yes, I’ll come')
    await cancelAppointment(desk(), { id, reason: 'Snow' })
    expect((await answer()).status).toBe(409)
    expect(await responses()).toEqual([])
    expect(await read(`/m/${token}`)).toContain('Appointment cancelled')
  })

  it('counts for the patient who said it, and no other', async () => {
    await answer()
    expect(await responses()).toHaveLength(1)
    await reassignAppointment(desk(), { id, patientId: await registerPatient(sql), reason: 'Twins' })
    const { rows } = await sql.query("select appointment_details($1) ->> 'is_accepted' as is_accepted", [id])
    expect(rows).toEqual([{ is_accepted: 'false' }])
  })

  it('is not for those who only come along', async () => {
    const friend = await registerPatient(sql, 'Friend')
    const theirs = await openAccount(sql, { patientIds: [friend] })
    const booked = await bookAt(clinic, { doctor, patient, day: ++day, companionIds: [friend] })
    const link = await tokenOf({ appointmentId: booked.id, recipient: `account:${theirs}` })
    const page = await read(`/m/${link}`)
    expect(page).toContain('Melati Own')
    expect(page).not.toContain('<form')
    expect((await post(`/m/${link}/answer`, { start_at: booked.startAt.toISOString() })).status).toBe(409)
  })
})

describe('a link no longer works', () => {
  const gone = async () => {
    const found = await ask(`/m/${token}`)
    expect(await found.text()).toContain(found.status === 410 ? 'This link no longer works' : 'appointment')
    const statuses = [found.status, (await answer()).status, (await ask(`/m/${token}/calendar.ics`)).status]
    return [...new Set(statuses)]
  }

  it('once it was changed or has expired, or for another purpose', async () => {
    const link = { appointmentId: id, recipient: `account:${account}` }
    token = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(await gone()).toEqual([410])
    token = await tokenOf({ ...link, expiresAt: new Date(Date.now() - 1_000) })
    expect(await gone()).toEqual([410])
    token = await tokenOf({ ...link, purpose: 'preferences' })
    expect(await gone()).toEqual([410])
    token = await tokenOf({ ...link, recipient: `location:${await locationOf(sql, doctor)}` })
    expect(await gone()).toEqual([410])
    expect(await responses()).toEqual([])
  })

  it('once a guardian no longer acts for the patient', async () => {
    const guardian = await openAccount(sql, { patientIds: [await registerPatient(sql), patient] })
    token = await tokenOf({ appointmentId: id, recipient: `account:${guardian}` })
    expect(await gone()).toEqual([200, 303])
    // They turned 18 yesterday, so the link has ended.
    await sql.query(
      "update account_patients set linked_at = now() - interval '1 year' where account_id = $1 and relation = 'dependant'",
      [guardian],
    )
    await sql.query("update patients set birth_date = now() - interval '18 years 2 days' where id = $1", [
      patient,
    ])
    expect(await gone()).toEqual([410])
  })

  it('once the account is closed', async () => {
    await sql.query('update accounts set closed_at = now() where id = $1', [account])
    expect(await gone()).toEqual([410])
  })

  it('once the appointment is another patient’s', async () => {
    await reassignAppointment(desk(), { id, patientId: await registerPatient(sql), reason: 'Twins' })
    expect(await gone()).toEqual([410])
  })

  it('once the patient was erased', async () => {
    const stranger = await registerPatient(sql)
    id = (await bookAt(clinic, { doctor, patient: stranger, day: ++day })).id
    token = await tokenOf({ appointmentId: id, recipient: `patient:${stranger}` })
    expect((await gone())[0]).toBe(200)
    const erased = await erasePatient(desk(), { patientId: stranger, cancelAppointments: true })
    expect(erased.ok).toBe(true)
    expect(await gone()).toEqual([410])
  })
})

it('no address changes anything when it is only read, or looked at ahead', async () => {
  const preferences = await tokenOf({ purpose: 'preferences', recipient: `account:${account}` })
  const paths = [
    `/m/${token}`,
    `/m/${token}/calendar.ics`,
    `/m/preferences/${preferences}`,
    `/m/preferences/${preferences}/unsubscribe?kind=reminder`,
  ]
  const everything = async () =>
    (
      await sql.query(`select
        (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from appointment_responses one) as responses,
        (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from message_preferences one) as preferences,
        (select count(*) from events) as events, (select count(*) from patient_events) as patient_events`)
    ).rows
  const before = await everything()
  for (const path of paths)
    for (const init of [
      {},
      { method: 'HEAD' },
      { headers: { 'Sec-Purpose': 'prefetch', Purpose: 'prefetch' } },
      { headers: { 'User-Agent': 'a mail scanner' } },
    ]) {
      const { status, headers } = await ask(path, init)
      expect([path, status]).toEqual([path, 200])
      expect(headers.get('Cache-Control')).toBe('private, no-store')
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(headers.get('X-Robots-Tag')).toContain('noindex')
      expect(headers.getSetCookie()).toEqual([])
    }
  expect(await everything()).toEqual(before)
})
