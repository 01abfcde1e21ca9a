import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { appointmentOf } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { enterMessage } from '../support/messages.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
let desk: string
let doctor: string
let patient: string
let appointment: number
let patientId: number
let accountId: number

beforeAll(async () => {
  const doctorId = await hireDoctor(sql)
  desk = await openSession(sql, await openAccount(sql, { role: 'front_desk', name: 'Desk' }))
  doctor = await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId, name: 'Doc' }))
  patientId = await registerPatient(sql, 'Budi <b>Santoso</b>')
  accountId = await openAccount(sql, { patientIds: [patientId], name: 'Ani & Co', email: 'ani@example.com' })
  patient = await openSession(sql, accountId)
  const start = new Date(Date.now() + 10 * 86_400_000)
  start.setUTCHours(3, 0, 0, 0)
  const booked = bookAppointment(clinic.context(), {
    doctorId,
    patientId,
    startAt: start.toISOString(),
    endAt: new Date(start.getTime() + 1_800_000).toISOString(),
  })
  appointment = (await appointmentOf(booked)).id
})

const read = async (path: string, cookie = desk) => {
  const response = await fetch(origin + path, { headers: { Cookie: cookie } })
  const [, html = ''] = (await response.text()).split('<main')
  return html
}
const post = (path: string, fields: Record<string, string>) =>
  fetch(origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: desk, Origin: origin },
    body: new URLSearchParams(fields),
  })
const stateOf = async (id: number) =>
  (await sql.query('select state, reason from messages where id = $1', [id])).rows[0]

describe('the page of messages', () => {
  it('is empty at first', async () => {
    const html = await read('/desk/messages')
    expect(html).toContain('Everything goes out in time.')
    expect(html).toContain('Nothing is waiting.')
    expect(await read('/desk/messages?state=failed&lang=id')).toContain('Tidak ada pesan yang gagal.')
  })

  it('shows each with its state as symbol and word, its reason and its appointment, in one trip', async () => {
    const about = { accountId, channel: 'email', address: 'ani@example.com' } as const
    const enter = (state: 'sent' | 'failed' | 'skipped', reason: string | null) =>
      enterMessage(sql, appointment, { ...about, state, reason, cause: `${state}:${reason}` })
    await enter('sent', null)
    await enter('failed', 'The mailbox is full.')
    await enter('skipped', 'overtaken')
    clinic.takeTrips()
    const sent = await read('/desk/messages?state=sent')
    expect(clinic.takeTrips()).toHaveLength(1)
    for (const shown of [
      '<span aria-hidden="true">✓</span> Sent',
      '<bdi>Ani &amp; Co</bdi>',
      '<bdi>ani@example.com</bdi>',
      `href="/desk/appointments/${appointment}"`,
      'Budi &lt;b&gt;Santoso',
      'Send again',
      '1 message failed in the last seven days',
    ])
      expect(sent).toContain(shown)
    expect(await read('/desk/messages?state=failed')).toContain('<p>The mailbox is full.</p>')
    expect(await read('/desk/messages?state=skipped')).toContain('A later change was told instead.')
    expect(await read('/desk/messages?state=skipped&lang=id')).toContain('Sudah ada pesan tentang perubahan')
  })

  it('filters by kind, channel, day and patient', async () => {
    const has = async (query: string) =>
      (await read(`/desk/messages?state=sent&${query}`)).includes('one-message')
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())
    expect(await has(`kind=booked&channel=email&on=${today}&patient_id=${patientId}`)).toBe(true)
    for (const other of ['kind=moved', 'channel=sms', 'on=2020-01-01', 'patient_id=999999'])
      expect([other, await has(other)]).toEqual([other, false])
    expect(await read('/desk/messages?state=sent&on=someday')).toContain('Enter a date like')
    const found = await post('/desk/messages/patient-search', { q: 'Santoso' })
    expect(await found.text()).toContain(`/desk/messages?patient_id=${patientId}&amp;state=sent`)
  })

  it('says what has been sent today and what it cost, with limits', async () => {
    await sql.query(
      "update clinic_settings set email_cost = 100, currency = 'IDR', most_emails_a_day = 500 where id",
    )
    const html = await read('/desk/messages')
    expect(html).toContain('1 of at most 500')
    expect(html.replaceAll('\u00a0', ' ')).toContain('IDR 100')
  })

  it('sends again, and stops, once', async () => {
    const returnTo = { return_to: '/desk/messages?state=failed' }
    const failed = await enterMessage(sql, appointment, { accountId, state: 'failed', cause: 'again' })
    const resent = await post(`/desk/messages/${failed}/resend`, returnTo)
    expect([resent.status, resent.headers.get('Location')]).toEqual([303, '/desk/messages?state=failed'])
    expect(await stateOf(failed)).toEqual({ state: 'due', reason: null })
    const twice = await post(`/desk/messages/${failed}/resend`, returnTo)
    expect(twice.status).toBe(409)
    expect(await twice.text()).toContain('This message is still waiting to go out.')

    expect((await post(`/desk/messages/${failed}/stop`, {})).status).toBe(303)
    expect(await stateOf(failed)).toEqual({ state: 'skipped', reason: 'stopped' })
    const late = await post(`/desk/messages/${failed}/stop`, { return_to: 'https://elsewhere.example/' })
    expect([late.status, (await late.text()).includes('too late to stop')]).toEqual([409, true])
  })

  it('says why it would not be sent', async () => {
    const unwanted = await enterMessage(sql, appointment, { accountId, state: 'failed', kind: 'missed' })
    const refused = await post(`/desk/messages/${unwanted}/resend`, {})
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('It wouldn’t be sent. The appointment has changed since.')
  })
})

describe('the page of an appointment', () => {
  it('has its thread: what was sent, and what will be', async () => {
    const waits = await enterMessage(sql, appointment, { accountId, state: 'due' })
    clinic.takeTrips()
    const html = await read(`/desk/appointments/${appointment}`)
    expect(clinic.takeTrips()).toHaveLength(1)
    for (const shown of [
      'The last change is told from',
      'Reminder, 3 days before: goes out',
      'Reminder, 1 day before: goes out',
      'ani@example.com',
      'The mailbox is full.',
      'Send again',
      `action="/desk/messages/${waits}/stop"`,
    ])
      expect(html).toContain(shown)
  })

  it('shows doctors no addresses and no buttons, and patients no thread', async () => {
    const seen = await read(`/desk/appointments/${appointment}`, doctor)
    expect(seen).toContain('The mailbox is full.')
    expect(seen).not.toContain('ani@example.com')
    expect(seen).toContain('Reminder, 1 day before')
    expect(seen).not.toMatch(/Send again|Stop/)
    expect(await read(`/appointments/${appointment}`, patient)).not.toContain('The mailbox is full.')
  })
})
