import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let desk: Record<string, string>
let doctor: number
let other: number
let location: number
let consultation: number
let santi: number
let room: number

beforeAll(async () => {
  const account = await openAccount(sql, { role: 'front_desk' })
  desk = { Cookie: await openSession(sql, account), Origin: clinic.origin }
  consultation = await defineVisitType(sql)
  const call = await defineVisitType(sql, { name: 'Follow-up by phone', mode: 'phone', minutes: 15 })
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
  doctor = await hireDoctor(sql, { hours, visitTypes: [consultation, call] })
  location = await locationOf(sql, doctor)
  other = await hireDoctor(sql, { hours, visitTypes: [consultation] })
  await sql.query(`update doctors set name = 'Dr. Sari' where id = $1`, [doctor])
  await sql.query('insert into doctor_locations (doctor_id, location_id) values ($1, $2)', [other, location])
  await sql.query('update weekly_hours set location_id = $2 where doctor_id = $1', [other, location])
  room = await addResource(sql, location, { name: 'Room 7' })
  santi = await registerPatient(sql, 'Santi Wulandari')
  // Looks up the session.
  await open('/desk/book')
  await sql.query(`update patients set birth_date = '1991-02-03', phone = '+6281200001188' where id = $1`, [
    santi,
  ])
})

const open = (path: string) => fetch(`${clinic.origin}${path}`, { headers: desk, redirect: 'manual' })
const send = (path: string, fields: Record<string, string>) =>
  fetch(`${clinic.origin}${path}`, {
    method: 'POST',
    headers: desk,
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })

const minute = (at: string) => ({ doctor_id: String(doctor), start_at: at, location_id: String(location) })
const choice = (at: string, others: Record<string, string> = {}) => ({
  ...minute(at),
  patient_id: String(santi),
  visit_type_id: String(consultation),
  ...others,
})
const book = (fields: Record<string, string>) => send('/desk/book', fields)
const textOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

async function appointmentOf(response: Response) {
  const [, id] = /#a(\d+)$/.exec(response.headers.get('Location') ?? '') ?? []
  const { rows } = await sql.query(
    `select
       patient_id::int, visit_type_id::int, override_reason, reason_for_visit,
       to_char(start_at at time zone 'Asia/Jakarta', 'HH24:MI') || '–' || to_char(end_at at time zone 'Asia/Jakarta', 'HH24:MI') as time
     from appointments where id = $1`,
    [id],
  )
  return rows[0]
}

describe('the booking page', () => {
  it('opens at a free minute in one trip, with the doctor’s usual visit type and its end', async () => {
    clinic.takeTrips()
    const page = await (await open(`/desk/book?${new URLSearchParams(minute('2030-01-07T11:15'))}`)).text()
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(page).toContain('<h1>Book 11:15 with Dr. Sari</h1>')
    expect(page).toMatch(new RegExp(`name="visit_type_id" value="${consultation}" checked`))
    expect(textOf(page)).toContain('30 min · ends 11:45')
    expect(textOf(page)).toContain('15 min · ends 11:30')
    expect(page).toContain('>11:15–11:45</p>')
    expect(page).toMatch(/<input[^>]* id="q"[^>]*autofocus/)
  })

  it.each([
    ['three letters of the name', 'wul'],
    ['the phone number', '0812 0000 1188'],
    ['the birth date', '3/2/91'],
  ])('finds the patient by %s in one trip, and puts nothing into an address', async (_, q) => {
    clinic.takeTrips()
    const response = await send('/desk/book/patient-search', { ...minute('2030-01-07T11:15'), q })
    expect(clinic.takeTrips()).toHaveLength(1)
    const page = await response.text()
    expect(page).toMatch(new RegExp(`<input type="radio" name="patient_id" value="${santi}" checked`))
    expect(textOf(page)).toContain('phone ends in 1188')
    expect(page.match(/href="[^"]*"/g)?.join(' ')).not.toContain(q)
  })

  it('finds the patient by the record number', async () => {
    await sql.query(
      `insert into patient_identifiers (patient_id, issuer, value) values ($1, 'record', 'AM-18830')`,
      [santi],
    )
    await sql.query('select index_patient($1)', [santi]).catch(() => {})
    const page = await (await send('/desk/book/patient-search', { q: 'AM-18830' })).text()
    expect(page).toContain('AM-18830</span>')
  })

  it('keeps all that was entered while it searches', async () => {
    const fields = choice('2030-01-07T11:15', { q: 'nobody at all', reason: 'A cough', minutes: '45' })
    const page = await (await send('/desk/book/patient-search', fields)).text()
    expect(page).toContain('value="A cough"')
    expect(page).toContain('<option value="45" selected')
    expect(textOf(page)).toContain('No one found')
  })

  it('shows what a search marks, and says how many were found', async () => {
    const page = await (await send('/desk/book/patient-search', { q: 'san' })).text()
    expect(page).toContain('<mark>San</mark>ti Wulandari')
    expect(textOf(page)).toContain('1 found.')
  })

  it('says outside the hours that a reason is needed', async () => {
    const page = await (await open(`/desk/book?${new URLSearchParams(minute('2030-01-07T18:00'))}`)).text()
    expect(textOf(page)).toContain('doesn’t see patients then')
    expect(page).toMatch(/<details class="drop" open[^>]*><summary[^>]*>Override a rule/)
  })

  it('names the emergency reserve', async () => {
    await sql.query(
      `insert into time_off (doctor_id, starts_at, ends_at, kind, reason)
       values ($1, '2030-01-11T14:30', '2030-01-11T15:00', 'reserve', 'Emergency reserve')`,
      [doctor],
    )
    const page = await (await open(`/desk/book?${new URLSearchParams(minute('2030-01-11T14:30'))}`)).text()
    expect(textOf(page)).toContain('Emergency reserve until 15:00: the front desk may use it.')
  })

  it('is not there for patients', async () => {
    const account = await openAccount(sql, { patientIds: [santi] })
    const headers = { Cookie: await openSession(sql, account) }
    expect((await fetch(`${clinic.origin}/desk/book`, { headers })).status).toBe(404)
  })
})

describe('a valid form', () => {
  it('books until the end of the visit type in one trip, and leads back to that day', async () => {
    clinic.takeTrips()
    const response = await book(choice('2030-01-07T11:15', { reason: 'A cough' }))
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toMatch(
      new RegExp(`^/desk\\?on=2030-01-07&location=${location}#a\\d+$`),
    )
    expect(await appointmentOf(response)).toMatchObject({
      time: '11:15–11:45',
      visit_type_id: consultation,
      reason_for_visit: 'A cough',
    })
  })

  it('leads back to where the desk came from, and nowhere else', async () => {
    const back = await book(choice('2030-01-07T09:00', { return_to: '/desk?on=2030-01-07&view=list' }))
    expect(back.headers.get('Location')).toMatch(/^\/desk\?on=2030-01-07&view=list#a\d+$/)
    const away = await book(choice('2030-01-07T09:30', { return_to: 'https://elsewhere.example/desk' }))
    expect(away.headers.get('Location')).toMatch(/^\/desk\?on=2030-01-07/)
  })

  it('books another length, a room and an override with a reason', async () => {
    const fields = { minutes: '45', resource_id: String(room), override_reason: 'Urgent' }
    const response = await book(choice('2030-01-07T18:00', fields))
    expect(await appointmentOf(response)).toMatchObject({
      time: '18:00–18:45',
      visit_type_id: null,
      override_reason: 'Urgent',
    })
    const { rows } = await sql.query('select 1 from claims where resource_id = $1', [room])
    expect(rows).toHaveLength(1)
  })

  it('sent twice books once', async () => {
    const fields = choice('2030-01-08T09:00', { form_key: crypto.randomUUID() })
    const [one, two] = await Promise.all([book(fields), book(fields)])
    expect(one.headers.get('Location')).toBe(two.headers.get('Location'))
  })
})

describe('registering in the same form', () => {
  const newcomer = { patient_id: '', name: 'Budi Baru', birth_date: '1990-01-02', phone: '0812 5555 0001' }

  it('registers and books in one press; a form sent twice does both once', async () => {
    const fields = choice('2030-01-08T10:00', { ...newcomer, register: 'yes', form_key: crypto.randomUUID() })
    const [one, two] = [await book(fields), await book(fields)]
    expect(one.status).toBe(303)
    expect(two.headers.get('Location')).toBe(one.headers.get('Location'))
    const { patient_id } = await appointmentOf(one)
    const { rows } = await sql.query(`select id::int, phone from patients where name = 'Budi Baru'`)
    expect(rows).toEqual([{ id: patient_id, phone: '+6281255550001' }])
  })

  it('asks about someone who may be registered already, and then takes either', async () => {
    const alike = { patient_id: '', name: 'Santi Wulandary', birth_date: '1991-02-03', phone: '' }
    const asked = await book(choice('2030-01-08T11:00', { ...alike, register: 'yes' }))
    expect(asked.status).toBe(409)
    const page = await asked.text()
    expect(textOf(page)).toContain('This may be a patient you already have')
    expect(page).toContain(`name="use_patient" value="${santi}"`)
    expect(page).toContain('value="Santi Wulandary"')
    const used = await book(choice('2030-01-08T11:00', { ...alike, use_patient: String(santi) }))
    expect(await appointmentOf(used)).toMatchObject({ patient_id: santi })
    const another = await book(choice('2030-01-08T11:30', { ...alike, register: 'confirmed' }))
    expect(another.status).toBe(303)
    expect((await appointmentOf(another)).patient_id).not.toBe(santi)
  })

  it('marks what is wrong, and keeps the rest', async () => {
    const response = await book(
      choice('2030-01-08T12:00', { patient_id: '', name: 'Ani Salah', phone: '12', register: 'yes' }),
    )
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain('id="phone-problem"')
    expect(page).toContain('value="Ani Salah"')
  })

  it('keeps the newcomer when the time is refused', async () => {
    await book(choice('2030-01-08T13:00'))
    const fields = {
      patient_id: '',
      name: 'Citra Cepat',
      birth_date: '1985-05-05',
      phone: '',
      register: 'yes',
    }
    const response = await book(choice('2030-01-08T13:00', fields))
    expect(response.status).toBe(409)
    const { rows } = await sql.query(`select id::int from patients where name = 'Citra Cepat'`)
    expect(await response.text()).toMatch(new RegExp(`name="patient_id" value="${rows[0].id}" checked`))
  })
})

describe('a refusal', () => {
  let page: string
  let status: number

  beforeAll(async () => {
    await book(choice('2030-01-09T11:00'))
    const fields = choice('2030-01-09T11:15', {
      patient_id: String(await registerPatient(sql, 'Joko Susanto')),
      reason: 'A rash',
    })
    clinic.takeTrips()
    const response = await book(fields)
    expect(clinic.takeTrips()).toHaveLength(2)
    status = response.status
    page = await response.text()
  })

  it('says until when the time is taken, and by what, and takes the focus', () => {
    expect(status).toBe(409)
    expect(page).toMatch(/<section class="say bad" id="refused" role="alert" tabindex="-1" autofocus/)
    expect(textOf(page)).toContain('Dr. Sari is taken until 11:30')
    expect(textOf(page)).toContain('Santi Wulandari (Consultation) has 11:00–11:30.')
  })

  it('offers the three nearest free times, and another doctor at that time', () => {
    const offers = [...page.matchAll(/name="instead" value="(\d+)\/([^"]+)"/g)].map(([, who, at]) => [
      who,
      at,
    ])
    const own = String(doctor)
    expect(offers).toEqual([
      [own, '2030-01-09T11:30+07:00'],
      [own, '2030-01-09T11:45+07:00'],
      [own, '2030-01-09T10:30+07:00'],
      [String(other), '2030-01-09T11:15+07:00'],
    ])
  })

  it('keeps what was entered, and books the time that is chosen instead', async () => {
    expect(page).toContain('value="A rash"')
    const fields = choice('2030-01-09T11:15', {
      instead: `${doctor}/2030-01-09T11:30+07:00`,
      reason: 'A rash',
    })
    expect(await appointmentOf(await book(fields))).toMatchObject({
      time: '11:30–12:00',
      reason_for_visit: 'A rash',
    })
  })

  it('shows on a page that is opened too late that the time is taken', async () => {
    const page = await (await open(`/desk/book?${new URLSearchParams(minute('2030-01-09T11:00'))}`)).text()
    expect(textOf(page)).toContain('is taken until 12:00')
    expect(page).toContain('name="instead"')
  })

  it('names what the patient has at that time', async () => {
    await book(choice('2030-01-10T11:00'))
    const response = await book(choice('2030-01-10T11:15', { doctor_id: String(other) }))
    expect(textOf(await response.text())).toContain('has another appointment until 11:30')
  })

  it.each([
    ['a patient', { patient_id: '' }, 'Choose a patient, or register a new one.'],
    ['a time', { start_at: '' }, 'Choose a doctor and a time.'],
    ['a visit type or a length', { visit_type_id: 'none' }, 'Choose a visit type, or a length.'],
  ])('asks for %s', async (_, fields, words) => {
    const response = await book(choice('2030-01-10T14:00', fields))
    expect(response.status).toBe(422)
    expect(textOf(await response.text())).toContain(words)
  })

  it('speaks to staff, and opens the reason where one is needed', async () => {
    const response = await book(choice('2030-01-10T20:00'))
    expect(response.status).toBe(422)
    expect(textOf(await response.text())).toContain('To book it anyway, give a reason below.')
  })
})

describe('the next free time', () => {
  const next = async (fields: Record<string, string>) => {
    clinic.takeTrips()
    const response = await open(`/desk/book/next-free?${new URLSearchParams(fields)}`)
    expect(clinic.takeTrips().length).toBeLessThanOrEqual(1)
    return response.headers.get('Location')
  }

  it('is the first of the location’s doctors who offer the visit type', async () => {
    const at = {
      location: String(location),
      visit_type_id: String(consultation),
      after: '2030-01-12T00:00:00Z',
    }
    expect(await next(at)).toContain(`doctor_id=${doctor}&start_at=2030-01-14T09%3A00`)
    await book(choice('2030-01-14T09:00'))
    expect(await next(at)).toContain(`doctor_id=${other}&start_at=2030-01-14T09%3A00`)
    expect(await next({ ...at, doctor_id: String(doctor) })).toContain('start_at=2030-01-14T09%3A30')
  })

  it('is found after the one that was looked at', async () => {
    const at = { location: String(location), after: '2030-01-14T09:00+07:00', doctor_id: String(other) }
    expect(await next(at)).toContain('start_at=2030-01-14T09%3A15')
  })
})
