import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
let dewi: string
let rina: string

beforeAll(async () => {
  dewi = await openSession(sql, await openAccount(sql, { name: 'Dewi', role: 'admin' }))
  rina = await openSession(sql, await openAccount(sql, { name: 'Rina', role: 'admin' }))
})

async function ask(path: string, fields?: Record<string, string>, cookie = dewi) {
  const response = await fetch(origin + path, {
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: origin },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  const text = (await response.text()).replaceAll(/\s+/g, ' ')
  return {
    status: response.status,
    text,
    to: response.headers.get('Location') ?? '',
    headers: response.headers,
  }
}

const whole = {
  name: 'AloClinic Kemang',
  address: 'Jl. Kemang Raya 1',
  phone: '+62 21 1',
  directions: '',
  email: '',
  wanted_messages: 'approvals',
}

async function open(fields: Record<string, string> = {}): Promise<string> {
  const { status, to } = await ask('/admin/locations/new', { ...whole, time_zone: 'Asia/Jakarta', ...fields })
  expect(status).toBe(303)
  return to.split('?')[0] ?? ''
}

const fieldIn = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const stored = async (path: string) =>
  (await sql.query('select * from locations where id = $1', [path.split('/').at(-1)])).rows[0]

describe('the list', () => {
  it('finds by name or address, says what is missing, and takes one trip', async () => {
    const path = await open({ name: 'Klinik Tebet', phone: '' })
    await ask('/admin/locations')
    clinic.takeTrips()
    const { status, text } = await ask('/admin/locations?q=tebet&show=to_fix')
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(status).toBe(200)
    expect(text).toContain(`href="${path}#phone"`)
    expect(text).not.toContain('AloClinic Kemang')
    expect((await ask('/admin/locations?q=nowhere%3C')).text).toContain('No location matches “nowhere&lt;”')
  })

  it('is a file as well, in which no name is computed', async () => {
    await open({ name: '=1+1', directions: 'Left,\nthen right' })
    const { headers, text } = await ask('/admin/locations.csv?q=%3D1')
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(text).toContain('id,name,address,phone,directions,time_zone')
    expect(text).toContain(
      `,'=1+1,Jl. Kemang Raya 1,'+62 21 1,"Left, then right",Asia/Jakarta,,approvals,true`,
    )
  })
})

describe('a new location', () => {
  it('is opened once, however often the form is sent', async () => {
    const form = { ...whole, name: 'Twice', time_zone: 'Asia/Jakarta', form_key: crypto.randomUUID() }
    const answers = [await ask('/admin/locations/new', form), await ask('/admin/locations/new', form)]
    expect(new Set(answers.map(({ to }) => to)).size).toBe(1)
    expect((await ask(answers[0]?.to ?? '')).text).toContain('Added.')
  })

  it('names every fault beside its field and above, and loses nothing typed', async () => {
    const { status, text } = await ask('/admin/locations/new', {
      ...whole,
      name: '',
      email: 'x',
      time_zone: '',
    })
    expect(status).toBe(422)
    expect(text).toContain('Fix 3 fields to save')
    for (const field of ['name', 'email', 'time_zone']) {
      expect(text).toContain(`href="#${field}"`)
      expect(text).toContain(`id="${field}-problem"`)
    }
    expect(text).toContain('value="Jl. Kemang Raya 1"')
  })
})

describe('a location that an admin changes', () => {
  it('gets its phone number corrected, in one trip', async () => {
    const path = await open()
    const { text } = await ask(path)
    clinic.takeTrips()
    const { to } = await ask(path, {
      ...whole,
      phone: '+62 21 2',
      address: '',
      version: fieldIn(text, 'version'),
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(to).toBe(`${path}?done=saved`)
    expect(await stored(path)).toMatchObject({ phone: '+62 21 2', address: null, name: whole.name })
  })

  it('is not overwritten by someone who has not seen the change', async () => {
    const path = await open()
    const version = fieldIn((await ask(path)).text, 'version')
    await ask(path, { ...whole, name: 'Kemang Selatan', phone: '+62 21 9', version }, rina)
    const typed = { ...whole, name: 'Kemang Utara', directions: 'Upstairs', version }
    const refused = await ask(path, typed)
    expect(refused.status).toBe(412)
    for (const said of [
      'Rina changed this',
      'Kemang Selatan',
      'Kemang Utara',
      'Changed meanwhile and kept: Phone.',
      'Only you changed How to find it',
    ])
      expect(refused.text).toContain(said)
    expect(refused.text).not.toMatch(/type="radio"[^>]*checked/)
    expect(fieldIn(refused.text, 'phone')).toBe('+62 21 9')

    const again = {
      ...typed,
      phone: '+62 21 9',
      version: fieldIn(refused.text, 'version'),
      seen: version,
      choose: 'name',
    }
    const unchosen = await ask(path, again)
    expect(unchosen.status).toBe(422)
    expect(unchosen.text).toContain('Choose one of the two')
    await ask(path, { ...again, choice_name: 'mine' })
    expect(await stored(path)).toMatchObject({
      name: 'Kemang Utara',
      phone: '+62 21 9',
      directions: 'Upstairs',
    })
  })

  it('keeps what others saved where they were chosen, and asks again after a third change', async () => {
    const path = await open()
    const version = fieldIn((await ask(path)).text, 'version')
    await ask(path, { ...whole, name: 'Second', version }, rina)
    const first = await ask(path, { ...whole, name: 'Mine', version })
    const second = fieldIn(first.text, 'version')
    await ask(path, { ...whole, name: 'Third', version: second }, rina)
    const choice = {
      ...whole,
      name: 'Mine',
      version: second,
      seen: version,
      choose: 'name',
      choice_name: 'theirs',
    }
    const third = await ask(path, choice)
    expect(third.status).toBe(412)
    expect(third.text).toContain('Third')
    const { status } = await ask(path, { ...choice, version: fieldIn(third.text, 'version') })
    expect(status).toBe(303)
    expect(await stored(path)).toMatchObject({ name: 'Third' })
  })
})

describe('closing a location for good', () => {
  it('lists who has to be called first, cancels nothing, and can be taken back', async () => {
    const doctor = await hireDoctor(sql)
    const patient = await registerPatient(sql, 'Siti Aminah')
    await insertAppointment(sql, { doctorId: doctor, patientId: patient, startAt: '2031-12-01T03:00:00Z' })
    const path = `/admin/locations/${await locationOf(sql, doctor)}`
    const asked = await ask(`${path}/retirement`)
    expect(asked.text).toContain('1 appointment ahead')
    expect(asked.text).toContain('Siti Aminah')
    const stale = await ask(`${path}/retirement`, { version: '99' })
    expect([303, 412]).toContain(stale.status)
    await ask(`${path}/retirement`, { version: fieldIn(asked.text, 'version') })
    expect(await stored(path)).toMatchObject({ is_active: false })
    expect((await ask(path)).text).toContain('Closed for good')
    const { rows } = await sql.query('select status from appointments where patient_id = $1', [patient])
    expect(rows).toEqual([{ status: 'booked' }])
    await ask(`${path}/reopening`, {})
    expect(await stored(path)).toMatchObject({ is_active: true })
  })
})

it('shows none of this to others', async () => {
  const desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  const path = await open()
  for (const page of [
    '/admin/locations',
    '/admin/locations.csv',
    '/admin/locations/new',
    path,
    `${path}/retirement`,
  ])
    expect((await ask(page, undefined, desk)).status).toBe(403)
  for (const page of ['/admin/locations/new', path, `${path}/retirement`, `${path}/reopening`])
    expect((await ask(page, { ...whole, version: '1' }, desk)).status).toBe(403)
})
