import { beforeEach, describe, expect, it } from 'vitest'
import { signLink } from '../../../src/clinic/messages/links.ts'
import { respondToAppointment } from '../../../src/clinic/messages/respond.ts'
import { secretsOf } from '../../../src/clinic/sign.ts'
import { authSecret, openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { openJar } from '../../support/cookie-jar.ts'
import { bookAt } from '../../support/messages.ts'
import {
  giveKey,
  hireDoctor,
  openAccount,
  openDesk,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const expiresAt = new Date(Date.now() + 365 * 86_400_000)
let patient: number
let account: number
let token: string

const tokenFor = (recipient: string) =>
  signLink(secretsOf(authSecret), { purpose: 'preferences', appointmentId: null, recipient, expiresAt })
const ask = (path: string, init: RequestInit = {}) => fetch(origin + path, { redirect: 'manual', ...init })
const read = async (path: string, init?: RequestInit) => (await ask(path, init)).text()
const post = (path: string, fields: Record<string, string>, headers = {}) =>
  ask(path, { method: 'POST', headers, body: new URLSearchParams(fields) })
const unwanted = async (recipient = `account:${account}`) =>
  (
    await sql.query(
      'select kind from message_preferences where recipient = $1 and not is_wanted order by kind',
      [recipient],
    )
  ).rows.map(({ kind }) => kind)
const ticked = (page: string) =>
  [...page.matchAll(/type="checkbox" name="(\w+)" value="yes" checked/g)].map(([, name]) => name)

beforeEach(async () => {
  patient = await registerPatient(sql)
  account = await openAccount(sql, { patientIds: [patient] })
  token = await tokenFor(`account:${account}`)
})

const everything = ['booked', 'requests', 'moved', 'cancelled', 'reminder', 'missed']

describe('the page of preferences', () => {
  it('has a box for each kind of message, and saves them without signing in', async () => {
    expect(ticked(await read(`/m/preferences/${token}`))).toEqual(everything)
    const chosen = { chooses: 'yes', booked: 'yes', moved: 'yes', cancelled: 'yes', language: 'id' }
    const saved = await atOnce(4, () => post(`/m/preferences/${token}`, chosen, { Origin: 'null' }))
    expect(saved.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(await unwanted()).toEqual(['declined', 'lapsed', 'missed', 'reminder', 'requested'])
    const page = await read(saved[0]?.headers.get('Location') ?? '')
    expect(page).toContain('Tersimpan')
    expect(ticked(page)).toEqual(['booked', 'moved', 'cancelled'])
  })

  it('leaves everything as it is when something else is posted', async () => {
    for (const fields of [{}, { language: 'xx', chooses: 'yes' }, { anything: 'else' }] as Record<
      string,
      string
    >[])
      await post(`/m/preferences/${token}`, fields)
    expect(await unwanted()).toEqual([])
  })

  it('leads the clinic’s own people to their account', async () => {
    const staff = await openAccount(sql, { role: 'front_desk' })
    const link = await tokenFor(`account:${staff}`)
    const page = await read(`/m/preferences/${link}`)
    expect(page).toContain('href="/account/messages"')
    expect(page).not.toContain('checkbox')
  })
})

describe('unsubscribing in one click', () => {
  const stop = (kind: string, to = token) => `/m/preferences/${to}/unsubscribe?kind=${kind}`
  const oneClick = { 'List-Unsubscribe': 'One-Click' }

  it('is a POST without cookies, from anywhere, and is not redirected (RFC 8058)', async () => {
    for (const headers of [{}, { Origin: 'https://mail.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      const stopped = await post(stop('reminder'), oneClick, headers)
      expect([stopped.status, stopped.headers.getSetCookie()]).toEqual([200, []])
      expect(await stopped.text()).toContain('We’ll no longer write to you to remind you of appointments.')
    }
    expect(await unwanted()).toEqual(['reminder'])
    const multipart = new FormData()
    multipart.set('List-Unsubscribe', 'One-Click')
    expect((await ask(stop('missed'), { method: 'POST', body: multipart })).status).toBe(200)
    expect(await unwanted()).toEqual(['missed', 'reminder'])
  })

  it('asks people first', async () => {
    const page = await read(stop('reminder'))
    expect(page).toContain('Stop these messages?')
    expect(page).toContain(`action="${stop('reminder')}"`)
    expect(await unwanted()).toEqual([])
  })

  it('needs the link, and a kind that exists', async () => {
    for (const path of [stop('nothing'), stop(''), stop('reminder', token.replace('account', 'patient'))])
      expect((await post(path, oneClick)).status).toBe(410)
    expect(await unwanted()).toEqual([])
  })
})

describe('signed in', () => {
  it('a patient chooses the same, and finds it from their account', async () => {
    const browser = openJar(clinic)
    await sql.query("update accounts set email = 'chooser@example.com' where id = $1", [account])
    await browser.signsIn('chooser@example.com')
    expect(await browser.sees('/account')).toContain('href="/account/messages"')
    expect(ticked(await browser.sees('/account/messages'))).toEqual(everything)
    const saved = await browser.sends('/account/messages', {
      chooses: 'yes',
      reminder: 'yes',
      language: 'en',
    })
    expect(saved.headers.get('Location')).toBe('/account/messages?saved=1')
    expect(ticked(await read(`/m/preferences/${token}`))).toEqual(['reminder'])
    await browser.sends('/account/messages', { staff_wants: 'everything' })
    const { rows } = await sql.query('select wanted_messages from accounts where id = $1', [account])
    expect(rows).toEqual([{ wanted_messages: null }])
  })

  it('the clinic’s own people choose what they are told', async () => {
    const doctor = await hireDoctor(sql)
    const staff = await openAccount(sql, { role: 'doctor', doctorId: doctor })
    const headers = { Cookie: await openSession(sql, staff), Origin: origin }
    expect(await read('/account/messages', { headers })).toMatch(/value="next_24_hours" checked/)
    await post('/account/messages', { staff_wants: 'everything' }, headers)
    expect(await read('/account/messages', { headers })).toMatch(/value="everything" checked/)
    expect(await read('/account', { headers })).toContain('What we tell you by email')
  })
})

describe('someone who said they will come', () => {
  it('is marked for the clinic’s own people, on every page and in the API', async () => {
    const doctor = await hireDoctor(sql)
    const { id, startAt } = await bookAt(clinic, { doctor, patient, day: 1 })
    const key = { Authorization: `Bearer ${await openDesk(sql)}` }
    const appointment = () => ask(`/api/v1/appointments/${id}`, { headers: key })
    const before = await appointment()
    expect((await before.json()).appointment.patient_response).toBeNull()
    const tag = before.headers.get('ETag') ?? ''
    const link = {
      purpose: 'appointment' as const,
      appointmentId: id,
      recipient: `account:${account}`,
      expiresAt,
    }
    expect(await respondToAppointment(clinic.context(), link, { startAt })).toEqual({ ok: true })
    const after = await ask(`/api/v1/appointments/${id}`, { headers: { ...key, 'If-None-Match': tag } })
    expect(after.status).toBe(200)
    expect((await after.json()).appointment.patient_response).toBe('accepted')
    const desk = { Cookie: await openSession(sql, await openAccount(sql, { role: 'front_desk' })) }
    expect(await read('/appointments', { headers: desk })).toContain('✓ </span>Will come')
    expect(await read(`/desk/appointments/${id}`, { headers: desk })).toContain('Confirmed')
    const own = { Cookie: await openSession(sql, account) }
    expect(await read('/appointments', { headers: own })).not.toContain('Will come')
    const moved = await ask(`/api/v1/appointments/${id}`, {
      method: 'PATCH',
      headers: { ...key, 'Content-Type': 'application/json', 'If-Match': after.headers.get('ETag') ?? '' },
      body: JSON.stringify({
        appointment: { start_at: new Date(startAt.getTime() + 3_600_000).toISOString() },
      }),
    })
    expect(moved.status).toBe(200)
    expect((await moved.json()).appointment.patient_response).toBeNull()
    const theirs = { Authorization: `Bearer ${await giveKey(sql, account)}` }
    expect((await ask(`/api/v1/appointments/${id}`, { headers: theirs })).status).toBe(200)
  })
})

describe('the language of the page', () => {
  it('becomes that of a new patient, and of a dependant', async () => {
    const newcomer = await openAccount(sql, { isComplete: false, name: '' })
    const headers = { Cookie: `${await openSession(sql, newcomer)}; lang=id`, Origin: origin }
    await post('/welcome', { name: 'Siti', terms: 'accepted' }, headers)
    await post('/dependants', { name: 'Budi Kecil' }, headers)
    const { rows } = await sql.query(
      `select relation, languages, after -> 'languages' as told from account_patients
       join patients on patients.id = account_patients.patient_id
       join patient_events on patient_events.patient_id = patients.id and kind = 'patient.registered'
       where account_patients.account_id = $1 order by relation`,
      [newcomer],
    )
    expect(rows).toEqual([
      { relation: 'dependant', languages: ['id'], told: ['id'] },
      { relation: 'self', languages: ['id'], told: ['id'] },
    ])
  })
})
