import { beforeAll, expect, it } from 'vitest'
import { samplePath } from '../../src/api/description/sample.ts'
import { languages } from '../../src/i18n/languages.ts'
import { openClinic } from '../support/clinic.ts'
import {
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../support/people.ts'
import { allRoutes } from '../support/routes.ts'
import { openSampleClinic } from '../support/sample-clinic.ts'

// A name from right to left reorders the words, numbers and brackets beside it unless it is isolated from them.

const clinic = await openClinic()
const { sql, origin } = clinic
const name = 'שרה (3)'
const cookies: Record<string, string> = {}
let patient: number
let twin: number
let doctor: number
let hold: number
let pages: string[]

beforeAll(async () => {
  patient = await registerPatient(sql, name)
  twin = await registerPatient(sql, name)
  doctor = await hireDoctor(sql)
  await sql.query('update doctors set name = $1 where id = $2', [name, doctor])
  await sql.query("update patients set birth_date = '1990-05-17' where id = any ($1)", [[patient, twin]])
  await insertAppointment(sql, { doctorId: doctor, patientId: patient, startAt: '2033-01-07T10:00+07:00' })
  const wishes = {
    doctorId: doctor,
    patientId: patient,
    startAt: '2033-01-08T10:00+07:00',
    status: 'pending',
  }
  hold = await insertAppointment(sql, wishes)
  const called = { role: 'front_desk' as const, name }
  cookies.desk = await openSession(sql, await openAccount(sql, called))
  cookies.patient = await openSession(sql, await openAccount(sql, { name, patientIds: [patient, twin] }))
  cookies.doctor = await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId: doctor, name }))
  // A record that was merged into the patient's, and a correction that the desk is asked for.
  await sql.query(`insert into patients (name, moved_to_id) values ($1, $2)`, [name, patient])
  await ask('patient', `/account/details/${patient}`, {
    name: `${name} Cohen`,
    version: await versionOf(patient),
  })
  const sample = openSampleClinic(clinic, { doctor, patient })
  const routes = allRoutes().filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/'))
  pages = [
    `/patients/${patient}/merge?with=${twin}`,
    '/desk?on=2033-01-07&view=grid',
    '/desk?on=2033-01-07&view=list',
    `/desk/book?doctor_id=${doctor}&patient_id=${patient}&start_at=2033-01-07T10:00`,
  ]
  for (const { path } of routes)
    pages.push(await samplePath(path.replace('/assets/:file', '/booking'), sample))
})

const versionOf = async (id: number) =>
  String((await sql.query('select version from patients where id = $1', [id])).rows[0].version)

function ask(who: string, path: string, form?: Record<string, string>) {
  const headers = { Cookie: cookies[who] ?? '', Origin: origin }
  const body = form ? new URLSearchParams(form) : null
  return fetch(origin + path, { headers, body, method: form ? 'POST' : 'GET', redirect: 'manual' })
}

/** Whether it was seen, and the text around it where it was not isolated. */
function look(page: string): { isSeen: boolean; bare: string[] } {
  const bare = page
    // The browser isolates what a field holds, and shows a title on its own.
    .replace(/ value="[^"]*"/g, '')
    .replace(/<(bdi|title|textarea)\b[^>]*>.*?<\/\1>/gs, '')
    .replace(/\u2068[^\u2069]*\u2069/g, '')
    .split('\n')
    .flatMap((line) => line.match(/.{0,60}שרה.{0,60}/g) ?? [])
  return { isSeen: page.includes(name), bare }
}

it.each(['desk', 'patient', 'doctor'])('a name is isolated on every page of the %s', async (who) => {
  const found: Record<string, string[]> = {}
  let seen = 0
  for (const path of pages) {
    const response = await ask(who, path)
    expect([path, response.status < 500]).toEqual([path, true])
    if (!response.headers.get('Content-Type')?.startsWith('text/html')) continue
    const { isSeen, bare } = look(await response.text())
    if (isSeen) seen += 1
    if (bare.length > 0) found[path] = bare
  }
  expect(found).toEqual({})
  expect(seen).toBeGreaterThan(who === 'doctor' ? 5 : 10)
})

it.each([
  ['the search', '/patients', { q: name }],
  ['the search of the desk’s booking', '/desk/book/patient-search', { q: name }],
  ['the search of another record', '/patients/:id/merge-search', { q: name }],
  ['the search of a held time', '/booking/holds/:hold/patient-search', { patient: name }],
  ['the question about someone who may exist', '/patients/new', { name, birth_date: '1990-05-17' }],
])('a name is isolated in %s', async (_, path, form) => {
  const written = path.replace(':id', String(patient)).replace(':hold', String(hold))
  const { isSeen, bare } = look(await (await ask('desk', written, form)).text())
  expect({ isSeen, bare }).toEqual({ isSeen: true, bare: [] })
})

it.each(Object.values(languages))('a name is isolated in each mail and calendar file, $name', (copy) => {
  const { endsMail, endedMail } = copy.links
  const mails = [endsMail(name, '1 May'), endedMail(name, '1 May')].flatMap(({ subject, text }) => [
    subject,
    text,
  ])
  const summaries = [null, 'Consultation'].flatMap((visitType) => [
    copy.calendar.summary(visitType, name, null),
    copy.calendar.summary(visitType, name, name),
  ])
  for (const text of [...mails, ...summaries]) {
    expect(text).toContain(name)
    expect(text.replaceAll(`\u2068${name}\u2069`, '')).not.toContain(name)
  }
})

it('a name from left to right needs no marks', () => {
  expect(languages.en.links.endedMail('Siti Rahayu', '').subject).toBe(
    'You can no longer book for Siti Rahayu',
  )
})
