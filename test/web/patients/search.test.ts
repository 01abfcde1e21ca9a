import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const { sql, origin } = await openClinic()
const cookies: Record<string, string> = {}
let id: number

beforeAll(async () => {
  id = await registerPatient(sql, 'Putu Ayu')
  await sql.query("update patients set birth_date = '1990-05-17', phone = '+6281234567890' where id = $1", [
    id,
  ])
  await sql.query("insert into patient_identifiers values ($1, 'record', 'RM-001234')", [id])
  await sql.query("insert into patients (name, is_deceased) values ('Putu Wayan', true)")
  await sql.query("insert into patients (name) select 'Crowd ' || n from generate_series(1, 30) n")
  cookies.desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  cookies.mother = await openSession(sql, await openAccount(sql, { patientIds: [id] }))
})

function send(path: string, form?: Record<string, string>, who = 'desk') {
  const headers = { Cookie: cookies[who] ?? '', Origin: origin }
  return fetch(`${origin}${path}`, {
    headers,
    method: form ? 'POST' : 'GET',
    body: form ? new URLSearchParams(form) : null,
    redirect: 'manual',
  })
}

it('staff find the page from every page, patients do not', async () => {
  expect(await (await send('/booking')).text()).toContain('<a href="/patients">Patients</a>')
  expect(await (await send('/booking', undefined, 'mother')).text()).not.toContain('href="/patients"')
  expect((await send('/patients', undefined, 'mother')).status).toBe(403)
  expect((await send('/patients', { q: 'putu' }, 'mother')).status).toBe(403)
})

it('a search tells people apart, and keeps what was typed out of addresses and caches', async () => {
  const response = await send('/patients', { q: 'putu' })
  const page = await response.text()
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'private, no-store'])
  expect(page).toMatch(
    new RegExp(
      `href="/patients/${id}".*<bdi>Putu Ayu</bdi>.*born 17 May 1990.*phone ends in 7890.*record RM-001234`,
    ),
  )
  expect(page).toMatch(/<bdi>Putu Wayan<\/bdi>.*Deceased/)
  expect(page).toContain('2 patients found')
  expect(page).not.toMatch(/(href|action)="[^"]*putu/i)
})

it.each([
  ['crowd', 'There may be more.', 20],
  ['pu', 'There may be more.', 2],
  ['nobody of that name', 'No one matches.', 0],
])('%s says what to do next: %s', async (q, hint, found) => {
  const page = await (await send('/patients', { q })).text()
  expect(page).toContain(hint)
  const [, main = ''] = page.split(/<\/?main\b/)
  expect(main.match(/<li>/g) ?? []).toHaveLength(found)
})

it('an empty search says what is missing', async () => {
  const response = await send('/patients', { q: ' ' })
  expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('aria-invalid')])
})

it('what was typed is carried over to the form for a new patient', async () => {
  const page = await (await send('/patients', { q: 'Made Nyoman 31.12.1988 0812 3456 7890' })).text()
  const hidden = page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  const draft = Object.fromEntries([...hidden].map(([, name, value]) => [name, value]))
  const form = await (await send('/patients/new', draft)).text()
  expect(form).toMatch(/name="name"[^>]*value="Made Nyoman"/)
  expect(form).toMatch(/name="birth_date"[^>]*value="1988-12-31"/)
  expect(form).toMatch(/name="phone"[^>]*value="081234567890"/)
  const { rows } = await sql.query("select from patients where name = 'Made Nyoman'")
  expect(rows).toEqual([])
})

it('staff see beside each appointment which of two patients of one name it is for; patients do not', async () => {
  const doctor = await hireDoctor(sql)
  const { rows } = await sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     values ($1, $2, '2033-01-07 02:00Z', '2033-01-07 02:30Z') returning id`,
    [doctor, id],
  )
  expect(await (await send('/appointments')).text()).toMatch(
    /Putu Ayu<.*born 17 May 1990 · phone ends in 7890 · record RM-001234/s,
  )
  expect(await (await send(`/desk/appointments/${rows[0].id}`)).text()).toMatch(
    /Putu Ayu<.*Born 17 May 1990.*RM-001234/s,
  )
  for (const path of ['/appointments', `/appointments/${rows[0].id}`])
    expect(await (await send(path, undefined, 'mother')).text()).not.toMatch(/17 May 1990|RM-001234/)
})
