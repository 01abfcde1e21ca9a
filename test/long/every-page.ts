import type { Page } from 'playwright-core'
import { startBridge } from '../../scripts/local/bridge.ts'
import { beginSession as beginGroup } from '../../src/clinic/appointments/begin-session.ts'
import { joinSession } from '../../src/clinic/appointments/join-session.ts'
import { countFailures } from '../../src/clinic/health/count-failures.ts'
import { signLink } from '../../src/clinic/messages/links.ts'
import type { Language } from '../../src/i18n/languages.ts'
import { type Clinic, openWorker } from '../support/clinic.ts'
import {
  beginSession,
  defineVisitType,
  givePasskey,
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
  signCookie,
} from '../support/people.ts'
import { showSettings } from './every-settings-page.ts'

/** A recorded page, which can be shown again in any window. */
export interface Shown {
  name: string
  language: Language
  path: string
  status: number
  headers: Record<string, string>
  html: string
  /** What a script would do to the page. */
  prepare?: (page: Page) => Promise<unknown>
  /** The part that axe looks at: a menu that is open covers others. */
  within?: string
  /** Where axe looks at it; at 640 pixels unless given. */
  widths?: number[]
}

type Fields = Record<string, string>
export type Answer = Omit<Shown, 'name' | 'language'>

/** Long but common names and addresses. */
const longName = 'Raden Ajeng Kusumaningsih Wiryohadiprodjo Notodiningrat'
const longEmail = 'kusumaningsih.wiryohadiprodjo.notodiningrat@rumah-sakit-umum.example.com'
const wishedDay = '2030-01-07'

type Setting = Awaited<ReturnType<typeof furnish>>

/**
 * Every page in every reachable state, in each language. Each is checked to be the state it is named after.
 */
export async function showEveryPage(clinic: Clinic, languages: Language[]): Promise<Shown[]> {
  const setting = await furnish(clinic)
  const all: Shown[] = []
  const visitIn = (language: Language): Visit => {
    const show = async (
      name: string,
      status: number,
      answer: Promise<Answer>,
      mark: string | RegExp = '',
    ) => {
      const page = await answer
      const isIt =
        page.status === status && (mark instanceof RegExp ? mark : { test: () => true }).test(page.html)
      if (!isIt || (typeof mark === 'string' && !page.html.includes(mark)))
        throw new Error(`Not "${name}" but ${page.status}, without ${mark}: ${page.html.slice(-3_000)}`)
      all.push({ name, language, ...page })
      return page
    }
    return { setting, show, arrive: (cookie?: string) => arrive(clinic.origin, language, cookie) }
  }
  for (const language of languages) {
    const visit = visitIn(language)
    await asStranger(visit)
    await asNewcomer(visit)
    await asPatient(visit)
    await asFamily(visit)
    await asDesk(visit)
    await atTheDesk(visit)
    await asClerk(visit)
    await withGroups(visit)
    await withSeries(visit)
    await withRequests(visit)
    await asDoctor(visit)
    await asAdmin(visit)
    await asAccountHolder(visit)
    await asReaderOfMessages(visit)
    await asPasskeyHolder(visit)
    await asBusyNewcomer(visit)
    await asSecurityOfficer(visit)
    await asWriter(visit)
    await showSettings(visit)
    await whenItFails(visit, language)
    if (language === 'en') await asDeveloper(visit)
  }
  await enlarge(setting)
  for (const language of languages) await whenThereAreMany(visitIn(language))
  return all
}

export interface Visit {
  setting: Setting
  show(name: string, status: number, answer: Promise<Answer>, mark?: string | RegExp): Promise<Answer>
  arrive(cookie?: string): ReturnType<typeof arrive>
}

async function furnish(clinic: Clinic) {
  const { sql } = clinic
  const visit = await defineVisitType(sql, { name: 'Consultation' })
  const call = await defineVisitType(sql, { name: 'Video consultation with an interpreter', mode: 'video' })
  const lateVisit = await defineVisitType(sql, { name: 'First visit' })
  const nobodys = await defineVisitType(sql, { name: 'Procedure' })
  await sql.query('update visit_types set cancellation_notice_minutes = 1440 where id = $1', [lateVisit])
  const doctor = await hireDoctor(sql, { visitTypes: [visit, call, lateVisit] })
  const busy = await hireDoctor(sql, { visitTypes: [visit], timeZone: 'Europe/Berlin' })
  const idle = await hireDoctor(sql, { visitTypes: [visit], hours: [] })
  await sql.query('update doctors set name = $2, specialty = $3 where id = $1', [
    busy,
    'Prof. Dr. Wiryohadiprodjo-Kusumaningsih, Sp.PD-KGEH',
    'Gastroenterology and hepatology',
  ])
  await sql.query(`update doctors set name = 'Dr. Idle' where id = $1`, [idle])
  await sql.query(
    `update locations set address = 'Jl. Pangeran Antasari Kav. 21–23, Cilandak Barat, Jakarta Selatan 12430',
       phone = '+62 21 5550 0121', name = name || ' ' || id`,
  )
  const [zero, lone, mother, child, other] = await Promise.all(
    [longName, 'Al', 'Mother', 'Little One', 'Patient One'].map((name) => registerPatient(sql, name)),
  )
  const people = { zero, lone, mother, child, other } as Record<string, number>
  const open = async (wishes: Parameters<typeof openAccount>[1]) =>
    openSession(sql, await openAccount(sql, wishes))
  const cookies = {
    newcomer: await open({ isComplete: false, name: '' }),
    patient: await open({ name: longName, patientIds: [people.zero ?? 0] }),
    lone: await open({ name: 'Al', patientIds: [people.lone ?? 0] }),
    family: await open({ name: 'Mother', patientIds: [people.mother ?? 0, people.child ?? 0] }),
    desk: await open({ role: 'front_desk', name: 'Desk' }),
    admin: await open({ role: 'admin', name: 'Admin' }),
    doctor: await open({ role: 'doctor', doctorId: busy, name: 'Dr. Busy' }),
    idle: await open({ role: 'doctor', doctorId: idle, name: 'Dr. Idle' }),
  }
  /** Inserts an appointment and returns its id. */
  const agree = async (startAt: string, fields: Record<string, unknown> = {}): Promise<number> => {
    const row = {
      doctor_id: busy,
      patient_id: people.zero,
      visit_type_id: visit,
      status: 'booked',
      ...fields,
    }
    const names = Object.keys(row)
    const { rows } = await sql.query(
      `insert into appointments (${names.join()}, start_at, end_at)
       select ${names.map((_, n) => `$${n + 2}`).join()}, at, at + interval '30 minutes' from (select ${startAt} as at) t
       where $1 <> '' returning id`,
      ['now', ...Object.values(row)],
    )
    return Number(rows[0].id)
  }
  const days = `date_trunc('hour', now()) + interval`
  for (const [n, status] of ['fulfilled', 'noshow', 'cancelled', 'arrived'].entries())
    await agree(`${days} '${-3 - n} days'`, { status })
  for (let n = 0; n < 24; n++) await agree(`${days} '${10 + n} days'`)
  // This patient's other appointments are years away, so this works at any hour, even at midnight.
  for (const hours of [12, 36])
    await agree(
      `(date_trunc('day', now() at time zone 'Europe/Berlin') + interval '${hours} hours') at time zone 'Europe/Berlin'`,
      { patient_id: people.other },
    )
  return { clinic, agree, people, cookies, visit, call, lateVisit, nobodys, doctor, busy, idle }
}

let visitors = 0

/** A browser with cookies and its own address that follows redirects. */
export function arrive(origin: string, language: Language, cookie?: string) {
  const jar = new Map<string, string>()
  const keep = (line: string) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    jar.set(name, value)
  }
  if (cookie) keep(cookie)
  visitors++
  const address = `2001:db8:${visitors.toString(16)}::1`
  async function ask(path: string, fields?: Fields | string, headers: Fields = {}): Promise<Answer> {
    const response = await fetch(origin + path, {
      method: fields ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        'Accept-Language': language,
        'CF-Connecting-IP': address,
        Cookie: [...jar].map((pair) => pair.join('=')).join('; '),
        Origin: origin,
        ...headers,
      },
      ...(fields && { body: typeof fields === 'string' ? fields : new URLSearchParams(fields) }),
    })
    for (const line of response.headers.getSetCookie()) keep(line)
    const [html, to] = [await response.text(), response.headers.get('Location')]
    if (to) return ask(to.split('#')[0] ?? '')
    return { path, status: response.status, html, headers: Object.fromEntries(response.headers) }
  }
  return ask
}

type Ask = ReturnType<typeof arrive>

/** Holds the first free time on the page. */
async function pressSlot(ask: Ask, path: string): Promise<Answer> {
  const { html } = await ask(path)
  const [, slot = ''] = /name="slot" value="([^"]+)"/.exec(html) ?? []
  const visitType = new URL(path, 'https://alobooking.invalid').searchParams.get('visit_type_id') ?? ''
  return ask('/booking/holds', { visit_type_id: visitType, slot: slot.replaceAll('&#43;', '+') })
}

const formKeyIn = ({ html }: Answer) => /name="form_key" value="([^"]+)"/.exec(html)?.[1] ?? ''
const tooLong = 'word '.repeat(120)
const isSummary = 'id="summary"'
const isProblem = 'aria-invalid="true"'

/** Pages for programmers exist in one language only. */
async function asDeveloper({ show, arrive }: Visit): Promise<void> {
  const refused = arrive()('/api/problems/slot_taken', undefined, { Accept: 'text/html' })
  await show('what a refusal means', 200, refused, 'slot_taken')
  await show('the reference of the API', 200, arrive()('/api/docs'), 'bookAppointment')
}

async function asStranger({ setting, show, arrive }: Visit): Promise<void> {
  const { visit, call, doctor, busy, idle, nobodys, clinic } = setting
  const ask = arrive()
  const slots = `/booking?visit_type_id=${visit}`
  await show('booking', 200, ask('/booking'), 'id="finder"')
  await show('booking with free times', 200, ask(slots), 'class="quiet slot"')
  await show('booking on a day', 200, ask(`${slots}&from=${wishedDay}`), 'class="quiet slot"')
  await show('booking of a call', 200, ask(`/booking?visit_type_id=${call}`), 'data-own-time=')
  await show('booking as a week', 200, ask(`${slots}&doctor_id=${doctor}&view=week`), 'class="week"')
  await show('a week of any doctor', 200, ask(`${slots}&from=${wishedDay}&view=week`), 'class="week"')
  await show('a week with nothing free', 200, ask(`${slots}&doctor_id=${idle}&view=week`), 'class="week"')
  await show('nothing free', 200, ask(`${slots}&doctor_id=${idle}`), 'class="empty card')
  await show(
    'not offered',
    200,
    ask(`/booking?visit_type_id=${nobodys}&doctor_id=${doctor}`),
    'class="empty card',
  )
  await show('an impossible date', 200, ask(`${slots}&from=2026-13-45`), isProblem)
  await show('a malformed doctor and date', 200, ask(`${slots}&doctor_id=x&from=x`), isProblem)
  const held = await show('a hold before signing in', 200, pressSlot(ask, slots), 'class="timer"')
  await show('a hold that was extended', 200, ask(`${held.path}/extension`, { a: '' }), 'class="timer"')
  await show('booking while holding', 200, ask(slots), 'class="card banner"')
  await ask(`${held.path}/release`, { a: '' })
  await show('a hold that was released', 409, ask(held.path), /id="summary"[\s\S]*class="quiet slot"/)
  const expired = await pressSlot(ask, slots)
  await clinic.sql.query(`update appointments set hold_expires_at = now() where status = 'pending'`)
  await show('a hold that has expired', 409, ask(expired.path), /id="summary"[\s\S]*class="quiet slot"/)
  const rival = arrive()
  const late = { visit_type_id: String(visit), slot: `${busy}/2030-02-0${1 + (visitors % 8)}T10:00+01:00` }
  await rival('/booking/holds', late)
  await show('a time just taken', 409, ask('/booking/holds', late), /id="summary"[\s\S]*class="quiet slot"/)
  const unknown = { visit_type_id: String(visit), slot: '999999/2030-01-07T10:00+07:00' }
  await show('a time of an unknown doctor', 409, ask('/booking/holds', unknown), isSummary)
  await show('a malformed time', 409, ask('/booking/holds', { slot: 'x' }), isSummary)
  await show('sign-in', 200, ask('/sign-in'), 'name="email"')
  await show('sign-in after a session has ended', 200, ask('/sign-in?ended=1'), 'name="email"')
  const unknownPasskey = ask('/sign-in/passkey', { credential: '' })
  await show('sign-in with a passkey that failed', 422, unknownPasskey, isSummary)
  await show('a link of the clinic', 200, ask('/sign-in/link?token=x'), 'name="token"')
  await show('a link that no longer works', 422, ask('/sign-in/link', { token: 'x' }), isSummary)
  await show('sign-in with a fault', 422, ask('/sign-in', { email: 'me' }), isProblem)
  await show('the code', 200, ask('/sign-in', { email: longEmail }), longEmail)
  await show('a wrong code', 422, ask('/sign-in/code', { code: '000000' }), isProblem)
  await show('a code for any browser', 200, askWhenOften(setting, arrive()), 'inputmode="text"')
  const often = `often-${visitors}@example.com`
  for (let n = 0; n < 5; n++) await ask('/sign-in', { email: often })
  await show('too many codes', 429, ask('/sign-in', { email: often }), isProblem)
  await show('a page not found', 404, ask('/nowhere'), 'class="card message"')
  await show('too large a form', 413, ask('/sign-in', { email: 'x'.repeat(20_000) }), 'class="card message"')
  const elsewhere = ask('/sign-in', { email: longEmail }, { Origin: 'https://elsewhere.example' })
  await show('a form of another site', 403, elsewhere, 'class="card message"')
  const unreadable = ask('/sign-in', 'x', { 'Content-Type': 'multipart/form-data' })
  await show('a form that cannot be read', 400, unreadable, 'class="card message"')
}

/** Asks for a code for a mailbox that strangers have asked as many for as it gets in a day. */
async function askWhenOften({ clinic }: Setting, ask: Ask): Promise<Answer> {
  const email = `plagued-${visitors}@example.com`
  await clinic.sql.query(
    `insert into sign_in_codes (email, browser_hash, network_hash, code_hash, sent_at, expires_at)
     select $1, n::text, n::text, n::text, now() - interval '2 hours', now() - interval '1 hour' from generate_series(1, 80) n`,
    [email],
  )
  return ask('/sign-in', { email })
}

async function asNewcomer({ setting, show, arrive }: Visit): Promise<void> {
  const ask = arrive(setting.cookies.newcomer)
  await show('welcome', 200, ask('/welcome'), 'name="terms"')
  await show('welcome with two faults', 422, ask('/welcome', { name: '' }), /aria-invalid[\s\S]*aria-invalid/)
  await show('welcome without the terms', 422, ask('/welcome', { name: 'Nina' }), 'id="terms-problem"')
  const { sql } = setting.clinic
  await sql.query(`update clinic_settings set asks_birth_date = 'required', asks_sex = 'optional'`)
  const invited = await invite(setting, 'self')
  const other = arrive(await openSession(sql, invited.account))
  await show('welcome of someone invited', 200, other('/welcome'), 'name="invitation_id"')
  const wrong = { name: 'Nina', terms: 'accepted', invitation_id: invited.id, birth_date: '1999-01-01' }
  await show('welcome with a wrong date of birth', 422, other('/welcome', wrong), isProblem)
  await sql.query(`update clinic_settings set asks_birth_date = 'optional', asks_sex = 'no'`)
}

/** Invites a mailbox to someone's record; its account has a name already unless the record is to be its own. */
async function invite({ clinic: { sql } }: Setting, relation: 'self' | 'dependant') {
  const email = `invited-${crypto.randomUUID()}@example.com`
  const isNew = relation === 'self'
  const name = isNew ? '' : 'Nina'
  const patientIds = isNew ? [] : [await registerPatient(sql, 'Nina')]
  const account = await openAccount(sql, { isComplete: !isNew, name, email, patientIds })
  const { rows } = await sql.query(
    `insert into patient_invitations (patient_id, email, relation, invited_at, expires_at, code_hash)
     values ($1, $2, $3, now(), now() + interval '1 day', 'x') returning id`,
    [await registerPatient(sql, longName), email, relation],
  )
  return { id: String(rows[0].id), account }
}

async function asPatient({ setting, show, arrive }: Visit): Promise<void> {
  const { visit, lateVisit, doctor, busy, idle, cookies, agree, people } = setting
  const ask = arrive(cookies.patient)
  const own = `/booking?visit_type_id=${visit}&doctor_id=${doctor}`
  await show('booking of a patient', 200, ask('/booking'), 'id="coming"')
  await show('erasing own data', 200, ask('/account/erasure'), 'name="confirmation"')
  await show('erasing own data unconfirmed', 422, ask('/account/erasure', { confirmation: '' }), isProblem)
  await show('own data erased', 200, ask('/account/erasure/done'), 'class="card message"')
  const held = await show('a hold of a patient', 200, pressSlot(ask, own), 'name="reason"')
  await show('a hold with too long a reason', 422, ask(held.path, { reason: tooLong }), isProblem)
  const confirmed = ask(held.path, { reason: 'A cough, since Monday' })
  const { path } = await show('the confirmation', 200, confirmed, 'class="card confirmation"')
  const appointment = path.replace('/booking/confirmation', '/appointments')
  const booked = await show('an appointment', 200, ask(appointment), 'class="danger"')
  const change = (fields: Fields) =>
    ask(`${appointment}/cancellation`, { form_key: formKeyIn(booked), ...fields })
  await show('a cancellation with too long a reason', 422, change({ reason: tooLong }), isProblem)
  const times = await show('other times', 200, ask(`${appointment}/times`), 'class="quiet slot"')
  const slot = `${busy}/2030-03-0${1 + (visitors % 8)}T10:00+01:00`
  await agree(`timestamptz '${slot.split('/')[1]}'`, { patient_id: people.other })
  const moved = (chosen: string) =>
    ask(times.path, {
      form_key: formKeyIn(times),
      version: /name="version" value="(\d+)"/.exec(times.html)?.[1] ?? '',
      slot: chosen,
    })
  await show('a refused move', 409, moved(slot), isSummary)
  await show('a move to a malformed time', 409, moved('x'), isSummary)
  await show('other times on no day', 200, ask(`${times.path}&from=x`), isProblem)
  const idleTimes = `${appointment}/times?visit_type_id=${visit}&doctor_id=${idle}`
  await show('other times with nothing free', 200, ask(idleTimes), 'class="empty card')
  await show('a cancelled appointment', 200, change({ reason: '' }), 'id="content"')
  await show('the confirmation of a cancelled appointment', 200, ask(path), 'class="card confirmation"')
  const begun = await agree(`now() - interval '2 minutes'`, { doctor_id: idle })
  const soon = await agree(`now() + interval '2 hours'`, { visit_type_id: lateVisit, doctor_id: doctor })
  await show(
    'an appointment too late to change',
    200,
    ask(`/appointments/${soon}`),
    'class="card confirmation"',
  )
  const refused = ask(`/appointments/${soon}/cancellation`, { form_key: crypto.randomUUID(), reason: '' })
  await show('a refused cancellation', 409, refused, isSummary)
  await show('coming appointments', 200, ask('/appointments'), 'rel="next"')
  await show('past appointments', 200, ask('/appointments?when=past'), 'class="card appointment')
  await setting.clinic.sql.query('delete from appointments where id = any($1)', [[begun, soon]])
  await show('dependants', 200, ask('/dependants'), 'name="name"')
  await show('dependants with a fault', 422, ask('/dependants', { name: ' ' }), isProblem)
  await show('an appointment of another patient', 404, ask('/appointments/999999'), 'class="card message"')
}

async function asFamily({ setting, show, arrive }: Visit): Promise<void> {
  const { visit, doctor, busy, cookies, agree, people } = setting
  const lone = arrive(cookies.lone)
  await show('no coming appointments', 200, lone('/appointments'), 'class="empty card')
  await show('no past appointments', 200, lone('/appointments?when=past'), 'class="empty card')
  const ask = arrive(cookies.family)
  await show('the data of several patients', 200, ask('/account/data'), 'class="downloads"')
  await show('a confirmation by a code', 200, ask('/sign-in/again'), 'name="email"')
  await asParent({ setting, show, arrive })
  const held = await show(
    'a hold of several patients',
    200,
    pressSlot(ask, `/booking?visit_type_id=${visit}&doctor_id=${doctor}&from=${wishedDay}`),
    'id="patient_id"',
  )
  await show('a hold without a patient', 422, ask(held.path, { patient_id: 'x', reason: '' }), isProblem)
  const [, start = ''] = /<time datetime="([^"]+)"/.exec(held.html) ?? []
  const meanwhile = await agree(`timestamptz '${start}'`, { patient_id: people.mother, doctor_id: busy })
  const refused = ask(held.path, { patient_id: String(people.mother), reason: 'A cough' })
  await show('a hold for a busy patient', 409, refused, isSummary)
  await ask(`${held.path}/release`, { a: '' })
  await setting.clinic.sql.query('delete from appointments where id = $1', [meanwhile])
}

/** What an account sees and changes of itself and of the people it books for. */
async function asParent({ setting, show, arrive }: Visit): Promise<void> {
  const { cookies, people, clinic } = setting
  const ask = arrive(cookies.family)
  await show('own records', 200, ask('/account/details'), 'href="/account/details/')
  const own = `/account/details/${people.child}`
  const form = await show('an own record to correct', 200, ask(own), 'name="called_name"')
  const version = /name="version" value="(\d+)"/.exec(form.html)?.[1] ?? ''
  await show('an own record with a fault', 422, ask(own, { name: longName, phone: 'x' }), isProblem)
  const wish = ask(own, { version, name: longName, birth_date: '2015-05-18' })
  await show('an own record with an open request', 200, wish, 'name="withdraws"')
  const desk = arrive(cookies.desk)
  const requests = await show(
    'correction requests that are open',
    200,
    desk('/patients/correction-requests'),
    longName,
  )
  const [, decision = ''] = /action="([^"]+)\/rejection"/.exec(requests.html) ?? []
  await show('a rejection without a reason', 422, desk(`${decision}/rejection`, { reason: '' }), isProblem)
  await show('a record with an open request', 200, desk(`/patients/${people.child}`), 'id="request-title"')
  await desk(`${decision}/rejection`, { reason: 'Bring a birth certificate' })
  await show('a correction decided already', 409, desk(`${decision}/acceptance`, { a: '' }), isSummary)
  await show('an own record with a declined request', 200, ask(own), 'birth certificate')
  await show('who opened an own record', 200, ask(`/account/data/${people.child}`), '<td>')
  await show('the family', 200, ask('/account/family'), '<details')
  await show('a changed email address', 200, ask('/account/email'), 'name="email"')
  await show('a changed email address with a fault', 422, ask('/account/email', { email: 'x' }), isProblem)
  await show('closing an account', 200, ask('/account/closing'), 'class="danger"')
  const invited = await invite(setting, 'dependant')
  const guest = arrive(await openSession(clinic.sql, invited.account))
  await show('a family with an invitation', 200, guest('/account/family'), 'name="code"')
  const wrong = guest(`/account/invitations/${invited.id}/acceptance`, { birth_date: '1999-01-01' })
  await show('an invitation with a wrong date of birth', 409, wrong, isSummary)
}

/** The pages that messages link to, and the choice of messages. */
async function asReaderOfMessages({ setting, show, arrive }: Visit): Promise<void> {
  const { clinic, agree, people, call, cookies } = setting
  const ask = arrive()
  const [patient, child] = [await registerPatient(clinic.sql, longName), people.child]
  const account = await openAccount(clinic.sql, { patientIds: [patient, child ?? 0] })
  const link = (appointmentId: number | null, recipient = `account:${account}`) => {
    const purpose = appointmentId === null ? ('preferences' as const) : ('appointment' as const)
    const expiresAt = new Date(Date.now() + 86_400_000)
    return signLink(clinic.context().secrets, { purpose, appointmentId, recipient, expiresAt })
  }
  const at = `date_trunc('hour', now()) + interval '${++links + 40} days'`
  const own = await agree(at, { patient_id: patient })
  const start = async () =>
    (await clinic.sql.query('select start_at from appointments where id = $1', [own])).rows[0].start_at
  await clinic.sql.query(
    "update visit_types set bring = 'Your insurance card', preparation = 'Eat nothing for six hours before' where id <> $1",
    [call],
  )
  const token = await link(own)
  const said = { start_at: (await start()).toISOString() }
  await show('an appointment in a message', 200, ask(`/m/${token}`), '/answer"')
  await clinic.sql.query(
    "update appointments set start_at = start_at + interval '1 hour', end_at = end_at + interval '1 hour' where id = $1",
    [own],
  )
  await show('an answer that came too late', 409, ask(`/m/${token}/answer`, said), isSummary)
  const again = { start_at: (await start()).toISOString() }
  await show('an appointment that was accepted', 200, ask(`/m/${token}/answer`, again), 'role="status"')
  await clinic.sql.query("update appointments set status = 'cancelled' where id = $1", [own])
  await show('a cancelled appointment in a message', 200, ask(`/m/${token}`), 'href="/booking"')
  const childs = await agree(at, { patient_id: child, visit_type_id: call, doctor_id: setting.doctor })
  await show('a dependant’s appointment in a message', 200, ask(`/m/${await link(childs)}`), 'Little One')
  await show('a link of a message that no longer works', 410, ask(`/m/${token}x`), 'href="/appointments"')
  const preferences = `/m/preferences/${await link(null)}`
  await show('the choice of messages', 200, ask(preferences), 'type="checkbox"')
  await show(
    'a choice of messages that was saved',
    200,
    ask(preferences, { chooses: 'yes' }),
    'role="status"',
  )
  const stop = `${preferences}/unsubscribe?kind=reminder`
  await show('stopping messages', 200, ask(stop), '<form')
  await show('messages that were stopped', 200, ask(stop, { a: '' }), preferences)
  await show(
    'the choice of messages of a patient',
    200,
    arrive(cookies.family)('/account/messages'),
    'checkbox',
  )
  await show(
    'the choice of messages of the front desk',
    200,
    arrive(cookies.desk)('/account/messages'),
    'radio',
  )
}

let links = 0

/** The day, as a grid and as a list, with something in it and empty. */
async function atTheDesk({ setting, show, arrive }: Visit): Promise<void> {
  const ask = arrive(setting.cookies.desk)
  await show('the day', 200, ask('/desk?view=grid'), 'class="cal')
  await show('the day as a list', 200, ask('/desk?view=list'), 'class="chips"')
  await show('the day of the rooms', 200, ask('/desk?view=grid&by=rooms'), 'id="waiting"')
  await show('three days', 200, ask('/desk?view=grid&days=3'), 'class="cal')
  await show('an empty day', 200, ask('/desk?view=list&on=2031-03-02'), 'class="none"')
}

/** Searching for people, and records that are merged or shared. */
async function asClerk({ setting, show, arrive }: Visit): Promise<void> {
  const { cookies, people } = setting
  const ask = arrive(cookies.desk)
  await show('the search', 200, ask('/patients'), 'name="q"')
  await show('the search with too little', 422, ask('/patients', { q: '' }), isProblem)
  await show('found people', 200, ask('/patients', { q: 'patient' }), 'class="people"')
  const merge = `/patients/${people.other}/merge`
  const search = ask(`/patients/${people.other}/merge-search`, { q: 'mother' })
  await show('a search for the other record', 200, search, `with=${people.mother}`)
  await show('two records compared', 200, ask(`${merge}?with=${people.mother}`), 'class="compared"')
  const numbers = { name: 'Made', nik: '3174017112850009', birth_date: '1985-12-31' }
  const register = (fields: Fields) =>
    ask('/patients/new', { form_key: crypto.randomUUID(), confirmed: 'yes', ...fields })
  await register(numbers)
  await show(
    'a new patient with the number of another',
    409,
    register(numbers),
    /id="summary"[\s\S]*id="nik-problem"/,
  )
  const disagrees = register({ ...numbers, birth_date: '1985-12-30' })
  await show('a new patient whose NIK disagrees', 409, disagrees, isProblem)
  const invitation = { form_key: crypto.randomUUID(), email: longEmail, relation: 'dependant' }
  await show(
    'an invitation that was sent',
    200,
    ask(`/patients/${people.other}/invitation`, invitation),
    'class="code"',
  )
}

async function asDesk({ setting, show, arrive }: Visit): Promise<void> {
  const { visit, busy, doctor, idle, cookies, agree, people } = setting
  const ask = arrive(cookies.desk)
  await show('booking of the front desk', 200, ask('/booking'), 'id="finder"')
  await show('booking at the desk', 200, ask('/desk/book'), 'id="q"')
  await show('the keys of the desk', 200, ask('/desk/keys'), '<kbd>')
  await show('a new walk-in', 200, ask('/desk/walk-ins/new'), '<form')
  await show('blocks', 200, ask('/desk/blocks'), '<form')
  await show('what to work through', 200, ask('/desk/to-work-through'), '<h1>')
  await show('the figures of a week', 200, ask('/desk/figures'), '<svg')
  await show(
    'free times for the front desk',
    200,
    ask(`/booking?visit_type_id=${visit}`),
    'class="quiet slot"',
  )
  const held = await show(
    'a hold of the front desk',
    200,
    pressSlot(ask, `/booking?visit_type_id=${visit}&doctor_id=${doctor}`),
    'id="patient_id"',
  )
  await ask(`${held.path}/release`, { a: '' })
  const day = `2030-04-0${1 + (visitors % 8)}`
  const taken = await agree(`timestamptz '${day}T10:00+02:00'`)
  const form = (fields: Fields) =>
    ask('/desk/book', {
      form_key: crypto.randomUUID(),
      doctor_id: String(busy),
      visit_type_id: '',
      patient_id: String(people.other),
      start_at: `${day}T10:00`,
      minutes: '30',
      override_reason: '',
      ...fields,
    })
  await show('a taken time and the next free one', 409, form({}), 'name="instead"')
  const closed = form({ doctor_id: String(idle) })
  await show('a time that needs a reason', 422, closed, /id="refused"[\s\S]*<details class="drop" open/)
  const empty = form({ doctor_id: '', patient_id: '', start_at: '' })
  await show('a form with everything wrong', 422, empty, 'id="refused"')
  const tooLongAReason = form({ override_reason: tooLong })
  await show('a form with too long a reason', 422, tooLongAReason, 'id="override_reason-problem"')
  await show('a patient found at the desk', 200, ask('/desk/book/patient-search', { q: 'pat' }), 'id="found"')
  await show('moving an appointment', 200, ask(`/desk/appointments/${taken}/move`), 'class="moving"')
  await show('a new patient', 200, ask('/patients/new'), 'name="birth_date"')
  const twice = () =>
    ask('/patients/new', { name: longName, phone: '+6281200000001', form_key: crypto.randomUUID() })
  await twice()
  await show('a new patient who may exist', 409, twice(), isSummary)
  await show('a new patient with a fault', 422, ask('/patients/new', { name: ' ' }), isProblem)
  await show('a patient for the front desk', 200, ask(`/patients/${people.other}`), 'id="details-title"')
  await show('what happened to a record', 200, ask(`/patients/${people.other}/history`), '<h1>')
  await show('who opened a record', 200, ask(`/patients/${people.other}/accesses`), '<td>')
  const erasure = `/patients/${people.other}/erasure`
  await show('erasing a patient', 200, ask(erasure), 'name="cancel_appointments"')
  await show('erasing without the number', 422, ask(erasure, { confirmation: '' }), isProblem)
  const confirmation = String(people.other)
  await show('erasing someone with appointments', 409, ask(erasure, { confirmation }), isSummary)
  const details = `/patients/${people.other}/details`
  await show('a record to correct', 200, ask(details), 'id="desk_note"')
  await show('a record with a fault', 422, ask(details, { name: longName, phone: 'x' }), isProblem)
  await show('a record that changed meanwhile', 412, ask(details, { name: longName }), isSummary)
  await show('correction requests', 200, ask('/patients/correction-requests'), '<h1>')
  await show('appointments of the clinic', 200, ask('/appointments'), 'id="location_id"')
  await show('an appointment for the front desk', 200, ask(`/desk/appointments/${taken}`), 'id="cancel"')
  const unreasoned = ask(`/desk/appointments/${taken}/cancellation`, {
    form_key: crypto.randomUUID(),
    reason: '',
  })
  await show('a cancellation without a reason', 422, unreasoned, isProblem)
}

/** A session, one of whose participants still waits for approval. */
async function withGroups({ setting, show, arrive }: Visit): Promise<void> {
  const { cookies, people, clinic } = setting
  const ask = arrive(cookies.desk)
  const group = await defineVisitType(clinic.sql, { name: `Back class ${visitors}`, capacity: 6 })
  const doctor = await hireDoctor(clinic.sql, { visitTypes: [group] })
  const wish = { doctorId: doctor, visitTypeId: group, startAt: '2031-01-07T10:00+07:00' }
  const begun = await beginGroup(clinic.context(), wish)
  if (!begun.ok) throw new Error(begun.refusal)
  const sessionId = begun.appointment.id
  const session = `/sessions/${sessionId}`
  for (const patientId of [people.zero, people.other] as number[])
    await joinSession(clinic.context(), { sessionId, patientId })
  await clinic.sql.query(
    `update appointments set status = 'pending', awaits_approval = true, hold_expires_at = start_at
     where session_id = $1 and patient_id = $2`,
    [sessionId, people.other],
  )
  await show('a group session', 200, ask(session), /class="spaced"[\s\S]*<details/)
  await show('a place in it', 200, arrive(cookies.patient)(await ownPlace(setting, sessionId)), '<details')
  const found = ask(`${session}/patient-search`, { patient: 'patient' })
  await show('a group session and found people', 200, found, 'name="patient_id"')
  await show('a participant not chosen', 422, ask(`${session}/participants`, { patient_id: '' }), isProblem)
  await show('too few places', 409, ask(`${session}/capacity`, { capacity: '1' }), isSummary)
  await show('an impossible number of places', 422, ask(`${session}/capacity`, { capacity: 'x' }), isProblem)
  const late = ask(`${session}/rescheduling`, { start_at: '2062-01-07T10:00' })
  await show('a group session moved too far', 409, late, isSummary)
  await show('a group session not cancelled', 422, ask(`${session}/cancellation`, { reason: '' }), isProblem)
  await ask(`${session}/cancellation`, { reason: 'The trainer is ill' })
  await show('a cancelled group session', 200, ask(session), 'class="spaced"')
}

async function ownPlace({ clinic, people }: Setting, sessionId: number): Promise<string> {
  const { rows } = await clinic.sql.query(
    'select id from appointments where session_id = $1 and patient_id = $2',
    [sessionId, people.zero],
  )
  return `/appointments/${rows[0].id}`
}

/** From the rule to the series, with a date that is taken and one outside the hours. */
async function withSeries({ setting, show, arrive }: Visit): Promise<void> {
  const { cookies, clinic } = setting
  const { sql } = clinic
  const ask = arrive(cookies.desk)
  const visitType = await defineVisitType(sql, { name: `Physiotherapy ${visitors}` })
  const hours = [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }]
  const doctorId = await hireDoctor(sql, { visitTypes: [visitType], hours })
  const taken = { doctorId, visitTypeId: visitType, startAt: '2030-09-16T09:00+07:00' }
  await insertAppointment(sql, taken)
  const patient = await registerPatient(sql, longName)
  const plan = (fields: Fields = {}) => ({
    form_key: crypto.randomUUID(),
    ...{ patient_id: String(patient), doctor_id: String(doctorId), visit_type_id: String(visitType) },
    ...{ start_at: '2030-09-02T09:00', every: '1', unit: 'week', count: '4', until: '' },
    ...fields,
  })
  const preview = (fields?: Fields) => ask('/series/preview', plan(fields))
  await show('a new series', 200, ask(`/series/new?patient_id=${patient}`), 'name="weekday_1"')
  await show('a series with faults', 422, preview({ every: '0', doctor_id: '' }), isProblem)
  await show('a series with two ends', 422, preview({ until: '2030-12-01' }), isProblem)
  await show('a series whose dates are free', 200, preview({ count: '2' }), 'value="skip"')
  await show('a series with a date that is taken', 200, preview(), 'class="verdict taken"')
  await show('a series outside the hours', 200, preview({ start_at: '2030-09-02T07:00' }), 'override_reason')
  await show('a series that was refused', 409, ask('/series', plan()), /id="summary"[\s\S]*verdict taken/)
  const booked = ask('/series', plan({ 'choice_2030-09-16': 'skip' }))
  const { path } = await show('a series', 200, booked, 'action="/series/')
  const [, first = ''] = /<option value="(\d+)"/.exec((await ask(path)).html) ?? []
  const change = { from: first, scope: 'following' }
  const stuck = ask(`${path}/rescheduling`, { ...change, start_at: '2030-09-09T09:00' })
  await show('a series that cannot move', 409, stuck, isSummary)
  await show('a series without a new time', 422, ask(`${path}/rescheduling`, change), isProblem)
  await show('a series not cancelled', 422, ask(`${path}/cancellation`, change), isProblem)
}

/** What waits for the clinic, to the front desk and to the patient. */
async function withRequests({ setting, show, arrive }: Visit): Promise<void> {
  const { cookies, agree, doctor } = setting
  const [desk, patient] = [arrive(cookies.desk), arrive(cookies.patient)]
  const day = `2030-06-0${1 + (visitors % 8)}`
  const id = await agree(`timestamptz '${day}T10:00+02:00'`, {
    ...{ doctor_id: doctor, status: 'pending', awaits_approval: true, hold_expires_at: `${day}T10:00+02:00` },
  })
  const request = `/appointments/${id}`
  await show('a request', 200, desk(`/desk${request}`), `action="/desk${request}/decline"`)
  await show('a request of a patient', 200, patient(request), `action="${request}/cancellation"`)
  await show('a request that was sent', 200, patient(`/booking/confirmation/${id}`), `href="${request}"`)
  await show('what waits for approval', 200, desk('/appointments?awaits=approval'), 'appointment pending')
  await show('declined without a reason', 422, desk(`/desk${request}/decline`, { reason: '' }), isProblem)
  const typeless = desk(`/desk${request}/visit-type`, { version: '1', visit_type_id: '' })
  await show('no new visit type chosen', 422, typeless, isProblem)
  await desk(`/desk${request}/decline`, { reason: 'Please bring a referral' })
  await show('a request that was declined', 200, patient(request), 'bring a referral')
  await show(
    'a request decided already',
    409,
    desk(`/desk${request}/confirmation`, { a: '' }),
    'id="refused"',
  )
}

async function asDoctor({ setting, show, arrive }: Visit): Promise<void> {
  const ask = arrive(setting.cookies.doctor)
  const day = await show('the day of a doctor', 200, ask('/desk/mine'), '/desk/appointments/')
  const [, own = ''] = /href="(\/desk\/appointments\/\d+)/.exec(day.html) ?? []
  await show('an appointment for its doctor', 200, ask(own), 'id="history-title"')
  await show('a day without appointments', 200, arrive(setting.cookies.idle)('/desk/mine'), '<h1')
  await show('a page doctors may not see', 403, ask('/dependants'), 'class="card message"')
}

async function asAdmin({ setting, show, arrive }: Visit): Promise<void> {
  const { clinic, busy, cookies } = setting
  const look = () => arrive(cookies.admin)('/admin/health')
  await show('the health of a clinic where nothing fails', 200, look(), 'create extension')
  const failure = { at: new Date(), door: 'web' } as const
  await countFailures(clinic.context({ actor: { kind: 'system' } }), [
    { ...failure, code: 'slot_taken', doctorId: busy },
    { ...failure, code: 'unavailable' },
  ])
  await clinic.sql.query('create extension pg_stat_statements')
  await look()
  await show('the health of a clinic with failures', 200, look(), 'class="statements"')
  await clinic.sql.query('drop extension pg_stat_statements; delete from appointment_failures')
}

async function asAccountHolder({ setting, show, arrive }: Visit): Promise<void> {
  const { sql } = setting.clinic
  const account = await openAccount(sql, { name: longName, email: `${visitors}-${longEmail}` })
  const ask = arrive(await openSession(sql, account))
  await sql.query(
    `update sessions set device = 'Firefox, Windows', place = 'Jakarta, ID' where account_id = $1`,
    [account],
  )
  await show('an account without passkeys', 200, ask('/account'), 'class="card session"')
  await show('a new passkey', 200, ask('/account/passkeys/new'), 'data-ceremony="create"')
  await show('a new passkey that failed', 422, ask('/account/passkeys', { credential: '' }), isSummary)
  await beginSession(sql, account)
  await sql.query(
    `update sessions set last_seen_at = now() - interval '9 days' where device is null and account_id = $1`,
    [account],
  )
  await givePasskey(sql, account)
  await givePasskey(sql, account, 'Kunci keamanan USB cadangan di laci meja kerja kantor lantai dua')
  await show('an account with passkeys', 200, ask('/account'), 'class="card passkey"')
  await show('a passkey asked for', 200, ask('/account/passkeys/new'), 'data-ceremony="get"')
  await show('a passkey asked for in vain', 422, ask('/sign-in/passkey', { credential: '' }), isSummary)
  const ended = arrive(await signCookie('__Host-session', 'of a session that has ended'))
  await show('a page after the session has ended', 200, ended('/appointments'), 'name="email"')
}

async function asPasskeyHolder({ setting, show, arrive }: Visit): Promise<void> {
  const { sql } = setting.clinic
  const account = await openAccount(sql, { name: 'Siti', role: 'admin' })
  const signInWith = async (method: string) => {
    const { token, sessionHash } = await beginSession(sql, account)
    await sql.query('update sessions set signed_in_with = $2 where token_hash = $1', [sessionHash, method])
    return arrive(await signCookie('__Host-session', token))
  }
  await sql.query('update clinic_settings set staff_need_passkeys = true')
  const withLink = await signInWith('link')
  await show('a passkey that must be set up', 200, withLink('/admin/health'), 'data-ceremony="create"')
  const passkey = `/account/passkeys/${await givePasskey(sql, account)}`
  const withCode = await signInWith('code')
  await show('a passkey that an admin must use', 200, withCode('/admin/health'), 'data-ceremony="get"')
  const ask = await signInWith('passkey')
  await show('a name for a passkey', 200, ask(passkey), 'name="name"')
  await show('no name for a passkey', 422, ask(passkey, { name: '' }), isProblem)
  await show('removing a passkey', 200, ask(`${passkey}/removal`), 'class="danger"')
  await show('removing the last passkey', 422, ask(`${passkey}/removal`, { a: '' }), isSummary)
  await sql.query('update clinic_settings set staff_need_passkeys = false')
}

/** With as much as a new account may have. */
async function asBusyNewcomer({ setting, show, arrive }: Visit): Promise<void> {
  const { visit, doctor, clinic } = setting
  const { sql } = clinic
  const account = await openAccount(sql, { name: 'Nina', patientIds: [await registerPatient(sql, 'Nina')] })
  const ask = arrive(await openSession(sql, account))
  const slots = `/booking?visit_type_id=${visit}&doctor_id=${doctor}`
  const book = ({ path }: Answer) => ask(path, { reason: '' })
  for (let n = 0; n < 2; n++) await book(await pressSlot(ask, slots))
  const held = await pressSlot(ask, slots)
  await sql.query('update accounts set created_at = now() where id = $1', [account])
  await show('a hold with too many appointments', 409, book(held), isSummary)
  await ask(`${held.path}/release`, { a: '' })
  await show('a time with too many appointments', 409, pressSlot(ask, slots), isSummary)
  for (let n = 0; n < 3; n++) await ask('/dependants', { name: `Child ${n}`, form_key: crypto.randomUUID() })
  await show('too many dependants', 409, ask('/dependants', { name: 'Another child' }), isSummary)
}

async function asSecurityOfficer({ setting, show, arrive }: Visit): Promise<void> {
  const { sql } = setting.clinic
  const admin = await openAccount(sql, { name: 'Admin', role: 'admin' })
  const ask = arrive(await openSession(sql, admin))
  const none = ask('/admin/security?from=2020-01-01&to=2020-01-01')
  await show('the security log without events', 200, none, '<p class="card">')
  await sql.query(
    `insert into security_events (at, kind, account_id, actor_kind, by_account_id, place, network_hash, details)
     select now() - n * interval '1 minute', 'role.changed', $1, 'admin', $1, 'Bandung, ID', 'n',
       '{"from": "patient", "to": "front_desk"}' from generate_series(1, 60) n`,
    [admin],
  )
  await show('the security log', 200, ask('/admin/security'), 'rel="next"')
  await sql.query(
    `insert into security_counts (kind, subject, since, times, alarm_request_id)
     select 'sign_in.refused', subject, date_bin('1 hour', now(), 'epoch'), 20, 'r'
     from unnest(array['network:n', 'everyone', 'mailbox:m']) subject
     on conflict (kind, subject, since) do update set alarm_request_id = 'r'`,
  )
  await show('the security log with alarms', 200, ask('/admin/security'), 'id="alarms-title"')
  const wrong = ask('/admin/security?account_id=x&from=x')
  await show('the security log with wrong filters', 200, wrong, isProblem)
  await sql.query(`update security_counts set alarm_request_id = null`)
}

async function asWriter({ setting, show, arrive }: Visit): Promise<void> {
  const { sql } = setting.clinic
  const admin = await openAccount(sql, { name: 'Writer', role: 'admin' })
  const ask = arrive(await openSession(sql, admin))
  const booked = '/admin/messages/booked'
  const body = '{when} {change_link}'
  const texts = { subject_en: 'Booked', body_en: body, subject_id: 'Terjadwal', body_id: body }
  await show('the texts of messages', 200, ask('/admin/messages'), 'class="kinds"')
  await show('the text of a message', 200, ask(booked), 'name="body_en"')
  await show(
    'the text of a reminder by SMS',
    200,
    ask('/admin/messages/reminder?channel=sms'),
    'name="body_en"',
  )
  await show('templates for WhatsApp', 200, ask('/admin/messages/reminder?channel=whatsapp'), '{{1}}')
  const wrong = ask(booked, { ...texts, body_id: '{nama_dokter} {when}' })
  await show('texts with faults', 422, wrong, isProblem)
  await ask(booked, texts)
  await show('texts that the clinic changed', 200, ask(`${booked}?saved=yes`), '<details')
  await show(
    'texts that someone else changed',
    412,
    ask(booked, { ...texts, body_en: `Hi ${body}` }),
    isSummary,
  )
  await show('a test of a message', 200, ask(`${booked}/test`, { test: '' }), 'id="test"')
  await sql.query('delete from message_texts')
  await seeMessages(setting, show, ask)
  await show('the email domain', 200, ask('/admin/email'), 'class="dns"')
}

/** What was sent, what was not, and what should have been. */
async function seeMessages(
  { clinic: { sql } }: Setting,
  show: Visit['show'],
  ask: ReturnType<Visit['arrive']>,
) {
  await show('no messages', 200, ask('/desk/messages?state=skipped&on=2000-01-01'), 'class="empty card')
  await sql.query(
    `insert into messages (
       kind, cause, recipient, patient_id, state, reason, due_at, try_at, created_at, sent_at, channel, address
     )
     select
       'booked', 'page:' || state, 'patient:' || id, id, state, reason, now() - interval '1 hour', now() + interval '1 hour',
       now(), case when state = 'sent' then now() end, 'email', $1
     from (select max(id) as id from patients) patient
     cross join (
       values ('due', null), ('sent', null), ('failed', 'The mailbox is full.'), ('skipped', 'no_address')
     ) one (state, reason)`,
    [longEmail],
  )
  for (const state of ['due', 'sent', 'failed', 'skipped'])
    await show(`messages: ${state}`, 200, ask(`/desk/messages?state=${state}`), 'class="one-message')
  const { rows } = await sql.query("select id from messages where cause = 'page:sent'")
  await show(
    'a message that cannot be stopped',
    409,
    ask(`/desk/messages/${rows[0].id}/stop`, { a: '' }),
    isSummary,
  )
  await show(
    'a search for messages',
    200,
    ask('/desk/messages/patient-search', { q: 'Wiryo' }),
    'class="more"',
  )
  await show('overdue messages', 200, ask('/admin/health'), 'id="overdue-title"')
  await sql.query("delete from messages where cause like 'page:%'")
}

/** Adds more doctors and patients than fit in one list. */
async function enlarge({ clinic, visit, doctor }: Setting): Promise<void> {
  await clinic.sql.query(`insert into patients (name) select 'Patient ' || n from generate_series(1, 30) n`)
  await clinic.sql.query(
    `with crowd as (
       insert into doctors (location_id, name, specialty, grid_minutes)
       select location_id, 'Dr. ' || n, 'Specialty ' || n % 7, 15
       from doctors, generate_series(1, 60) n where id = $1 returning id
     )
     insert into doctor_visit_types select id, $2 from crowd`,
    [doctor, visit],
  )
}

async function whenThereAreMany({ setting, show, arrive }: Visit): Promise<void> {
  const { visit, cookies } = setting
  const [ask, desk] = [arrive(), arrive(cookies.desk)]
  await show('booking with many doctors', 200, ask('/booking'), 'name="specialty"')
  const special = `/booking?visit_type_id=${visit}&specialty=Specialty+3`
  await show('booking with one specialty', 200, ask(special), 'name="specialty"')
  const search = (path: string, patient: string) => desk(`${path}/patient-search`, { patient })
  await show('a patient not found', 200, desk('/desk/book/patient-search', { q: 'Unknown' }), 'id="found"')
  const held = await show(
    'a hold with many patients',
    200,
    pressSlot(desk, `/booking?visit_type_id=${visit}`),
    'name="patient"',
  )
  await show('a hold with a found patient', 200, search(held.path, 'Patient One'), />[^<]*Patient One/)
  await desk(`${held.path}/release`, { a: '' })
}

/** An empty database, then none at all, then too many requests. */
async function whenItFails({ setting, show }: Visit, language: Language): Promise<void> {
  const bridge = await startBridge()
  const empty = new URL('/postgres', setting.clinic.databaseUrl).href
  const worker = openWorker({ DATABASE_URL: empty, NEON_BRIDGE_URL: bridge.url }, 'wrangler.toml')
  const { origin } = (await worker.listen()).url
  const ask = arrive(origin, language)
  try {
    await show('a failure of ours', 500, ask('/booking'), '<code>')
    await bridge.stop()
    await show('the database is down', 503, ask('/booking'), '<code>')
    let often = await ask('/sign-in', { email: 'me' })
    for (let n = 0; n < 40 && often.status !== 429; n++) often = await ask('/sign-in', { email: 'me' })
    await show('too often', 429, Promise.resolve(often), 'class="card message"')
  } finally {
    await worker.close()
  }
}
