import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const { sql, origin } = await openClinic()
const cookies: Record<string, string> = {}
const known = { name: 'Putu Ayu', birth_date: '1990-05-17', phone: '+62 812-3456-7890', email: '' }
let self: number

beforeAll(async () => {
  self = await registerPatient(sql, 'Mother of Two')
  cookies.desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  cookies.mother = await openSession(sql, await openAccount(sql, { patientIds: [self] }))
})

async function send(who: string, path: string, form?: Record<string, string>) {
  const headers = { Cookie: cookies[who] ?? '', Origin: origin }
  const body = form && new URLSearchParams(form)
  const method = form ? 'POST' : 'GET'
  const response = await fetch(`${origin}${path}`, {
    method,
    headers,
    body: body ?? null,
    redirect: 'manual',
  })
  return { status: response.status, location: response.headers.get('Location'), page: await response.text() }
}

const idIn = (location: string | null) => Number(/patient_id=(\d+)/.exec(location ?? '')?.[1])

describe('the front desk', () => {
  let id: number

  it('has a form of its own', async () => {
    const { page } = await send('desk', '/patients/new?return_to=/booking')
    for (const name of ['name', 'birth_date', 'phone', 'email']) expect(page).toContain(`name="${name}"`)
    expect(await send('desk', '/dependants?return_to=%2Fbooking')).toMatchObject({
      status: 302,
      location: '/patients/new?return_to=%2Fbooking',
    })
  })

  it('registers someone, and goes back with the new patient chosen', async () => {
    const { status, location } = await send('desk', '/patients/new', { ...known, return_to: '/desk/book' })
    id = idIn(location)
    expect([status, location]).toEqual([303, `/desk/book?patient_id=${id}`])
    const { rows } = await sql.query('select phone, birth_date::text from patients where id = $1', [id])
    expect(rows).toEqual([{ phone: '+6281234567890', birth_date: '1990-05-17' }])
    await sql.query(`insert into patients (name) select 'Filler ' || n from generate_series(1, 30) n`)
    const { page } = await send('desk', location ?? '')
    expect(page).toContain(`<input type="radio" name="patient_id" value="${id}" checked`)
    expect(page).toMatch(/<bdi>Putu Ayu<\/bdi>.*born 17 May 1990 · phone ends in 7890/)
  })

  it('is asked first about someone who may exist, and can choose them or register someone else', async () => {
    const other = { ...known, name: 'Poetoe Ayu', phone: '', return_to: '/booking' }
    const { status, page } = await send('desk', '/patients/new', other)
    expect(status).toBe(409)
    expect(page).toContain('<bdi>Putu Ayu</bdi>')
    expect(page).toContain(`href="/booking?patient_id=${id}"`)
    expect(page).toContain('name="confirmed" value="yes"')
    const confirmed = await send('desk', '/patients/new', { ...other, confirmed: 'yes' })
    expect([confirmed.status, idIn(confirmed.location) > id]).toEqual([303, true])
  })

  it('sees which field to correct', async () => {
    const { status, page } = await send('desk', '/patients/new', { ...known, phone: '0812', email: 'x' })
    expect([status, page.match(/aria-invalid/g)]).toEqual([422, ['aria-invalid', 'aria-invalid']])
  })

  it('registers sex and numbers too, and sees beside the field which number is wrong, and who has it', async () => {
    const numbers = {
      nik: '3174017112850009',
      record: 'rm-900',
      bpjs: '0001234567899',
      passport: 'id: x7654321',
    }
    const other = { name: 'Wayan Adi', birth_date: '1985-12-31', sex: 'female', return_to: '/booking' }
    const wrong = await send('desk', '/patients/new', { ...other, nik: '1', passport: '?' })
    expect([wrong.status, wrong.page.match(/aria-invalid/g)?.length]).toEqual([422, 2])
    const disagrees = await send('desk', '/patients/new', { ...other, ...numbers, birth_date: '1985-12-30' })
    expect(disagrees.status).toBe(409)
    expect(disagrees.page).toMatch(/id="nik-problem">The NIK contains another date of birth/)
    const done = await send('desk', '/patients/new', { ...other, ...numbers })
    const holder = idIn(done.location)
    const { rows } = await sql.query(
      `select sex, array_agg(value order by issuer) as numbers from patients
       join patient_identifiers on patient_id = id where id = $1 group by sex`,
      [holder],
    )
    const stored = ['0001234567899', '3174017112850009', 'ID:X7654321', 'RM-900']
    expect(rows).toEqual([{ sex: 'female', numbers: stored }])
    const taken = await send('desk', '/patients/new', {
      name: 'Made',
      record: 'RM-900',
      bpjs: '0001234567000',
    })
    expect(taken.status).toBe(409)
    expect(taken.page).toContain('id="record-problem"')
    expect(taken.page.match(/aria-invalid/g)).toHaveLength(1)
    expect(taken.page).toContain(`href="/patients/${holder}"`)
    expect(taken.page).toContain('<bdi>Wayan Adi</bdi>')
    expect(taken.page).not.toContain('name="confirmed"')
  })

  it('tells people of one name apart where it chooses', async () => {
    const { page } = await send('desk', '/desk/book/patient-search', { q: 'putu 17.5.1990' })
    expect(page).toMatch(/<mark>Putu<\/mark> Ayu.*born 17 May 1990 · phone ends in 7890/)
  })
})

describe('a patient', () => {
  it('does not see the form of the front desk', async () => {
    expect((await send('mother', '/patients/new')).status).toBe(403)
    expect((await send('mother', '/patients/new', known)).status).toBe(403)
  })

  it('is asked before adding the same child again', async () => {
    const child = { name: 'Kadek One', birth_date: '', return_to: '/booking' }
    const added = await send('mother', '/dependants', child)
    const id = idIn(added.location)
    expect(added.status).toBe(303)
    const again = await send('mother', '/dependants', { ...child, name: 'KADEK ONE' })
    expect(again.status).toBe(409)
    expect(again.page).toContain(`href="/booking?patient_id=${id}"`)
    const confirmed = await send('mother', '/dependants', { ...child, confirmed: 'yes' })
    expect(confirmed.status).toBe(303)
    const { rows } = await sql.query("select count(*)::int from patients where name ilike 'kadek one'")
    expect(rows).toEqual([{ count: 2 }])
  })

  it('chooses between children of one name by what is known of them, or else by their numbers', async () => {
    const born = ['2015-03-02', null, null]
    const ids: number[] = []
    for (const date of born) {
      const id = await registerPatient(sql, 'Rizki Kecil')
      ids.push(id)
      await sql.query('update patients set birth_date = $1 where id = $2', [date, id])
    }
    const account = await openAccount(sql, { patientIds: ids })
    cookies.family = await openSession(sql, account)
    const startAt = '2033-02-07T10:00+07:00'
    const doctorId = await hireDoctor(sql)
    const wishes = { doctorId, patientId: ids[0] ?? 0, startAt, status: 'pending' }
    const { page } = await send('family', `/booking/holds/${await insertAppointment(sql, wishes)}`)
    const labels = [...page.matchAll(/<option value="\d+"[^>]*>([^<]*Rizki[^<]*)/g)].map(([, label]) => label)
    expect(labels.toSorted()).toEqual(
      [
        'Rizki Kecil · born 2 Mar 2015',
        `Rizki Kecil · patient number ${ids[1]}`,
        `Rizki Kecil · patient number ${ids[2]}`,
      ].toSorted(),
    )
  })
})
