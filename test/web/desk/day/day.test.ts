import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../../support/clinic.ts'
import {
  addResource,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic

/** A Monday in Jakarta. */
const on = '2030-01-07'
let doctor: number
let location: number
let appointment: number
let cookies: Record<'desk' | 'other' | 'doctor' | 'patient', string>

beforeAll(async () => {
  const hours = [{ weekdays: [1, 2], opensAt: '08:00', closesAt: '12:00' }]
  doctor = await hireDoctor(sql, { hours })
  location = await locationOf(sql, doctor)
  const patient = await registerPatient(sql, 'Putri Maharani')
  appointment = await insertAppointment(sql, {
    doctorId: doctor,
    patientId: patient,
    startAt: `${on}T09:00+07:00`,
  })
  await addResource(sql, location, { name: 'Room 7' })
  const colleague = await hireDoctor(sql, { hours })
  await sql.query("update doctors set name = 'Dr. Who', specialty = 'Cardiology' where id = $1", [colleague])
  await sql.query('insert into doctor_locations (doctor_id, location_id) values ($1, $2)', [
    colleague,
    location,
  ])
  await sql.query('update weekly_hours set location_id = $1 where doctor_id = $2', [location, colleague])
  const open = async (wishes: Parameters<typeof openAccount>[1]) =>
    openSession(sql, await openAccount(sql, wishes))
  cookies = {
    desk: await open({ role: 'front_desk' }),
    other: await open({ role: 'front_desk' }),
    doctor: await open({ role: 'doctor', doctorId: doctor }),
    patient: await open({ patientIds: [patient] }),
  }
})

interface Asked {
  cookie?: string
  form?: object | null
  'User-Agent'?: string
  'Sec-CH-UA-Mobile'?: string
}

async function ask(path: string, { cookie = cookies.desk, form = null, ...headers }: Asked = {}) {
  const body = form && new URLSearchParams(form as Record<string, string>)
  const answer = await fetch(`${origin}${path}`, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    body,
    headers: { Cookie: cookie, 'Accept-Language': 'en', ...(form && { Origin: origin }), ...headers },
  })
  const kept = answer.headers.getSetCookie().find((line) => line.startsWith('__Host-desk'))
  return { status: answer.status, answer, html: await answer.text(), kept: kept?.split(';')[0] ?? '' }
}

const dayAt = (more = '') => `/desk?view=grid&on=${on}&location=${location}${more}`

describe('the grid', () => {
  it('has a column for each doctor, with free links at each step of their grid', async () => {
    const { html } = await ask(dayAt())
    expect(html.match(/<section class="col"/g)).toHaveLength(2)
    expect(html).toContain(`doctor_id=${doctor}&amp;start_at=2030-01-07T08%3A15`)
    expect(html).not.toContain(`doctor_id=${doctor}&amp;start_at=2030-01-07T09%3A00`)
  })

  it('gives each appointment what the script needs', async () => {
    const { html } = await ask(dayAt())
    const [block = ''] = new RegExp(`<li class="appt[^>]* data-id="${appointment}"[^>]*>`).exec(html) ?? []
    for (const said of [
      'data-version="0"',
      'data-start="2030-01-07T09:00"',
      'data-end="2030-01-07T09:30"',
      `data-doctor="${doctor}"`,
      'is-booked',
      ' r13 n6',
    ])
      expect(block).toContain(said)
  })

  it('has a column for each room, and one for what takes place in none', async () => {
    const { html } = await ask(dayAt('&by=rooms'))
    expect(html).toContain('Room 7')
    expect(html).toContain('No room')
  })

  it('shows three days, or one doctor’s week from Monday', async () => {
    const three = await ask(dayAt('&days=3'))
    expect(three.html).toMatch(/<title>.*7 Jan.* – .*9 Jan/)
    const week = await ask(dayAt(`&days=7&doctor=${doctor}`).replace(on, '2030-01-10'))
    expect(week.html.match(/<section class="col"/g)).toHaveLength(7)
    expect(week.html).toMatch(/<title>.*7 Jan.* – .*13 Jan/)
  })

  it('says when it was loaded, and of nothing that there is none', async () => {
    const { html } = await ask(dayAt())
    expect(html).toMatch(/Loaded (\w+ \d+ \w+ )?\d\d:\d\d/)
    for (const said of ['No one is waiting.', 'No one waits without an appointment.', 'No notes.'])
      expect(html).toContain(said)
  })

  it('takes one trip', async () => {
    await ask(dayAt())
    clinic.takeTrips()
    await ask(dayAt())
    expect(clinic.takeTrips().map((queries) => queries.length)).toEqual([1])
  })
})

describe('the list', () => {
  it('has the same, with the beginning of free time and chips', async () => {
    const { html } = await ask(dayAt().replace('view=grid', 'view=list'))
    expect(html).toContain('Book 08:00 with Dr. Strange')
    expect(html).toContain('Book 09:30 with Dr. Strange')
    expect(html).not.toContain('Book 08:15 with Dr. Strange')
    expect(html).toContain(`id="a${appointment}"`)
    expect(html).toMatch(/To come <span class="num">1/)
  })

  it('shows only those of one status', async () => {
    const { html } = await ask(`${dayAt().replace('grid', 'list')}&status=noshow`)
    expect(html).toContain('No appointments like that.')
  })

  it('is what phones get, until somebody chooses', async () => {
    const isList = (html: string) => html.includes('class="chips"')
    const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1'
    expect(isList((await ask('/desk')).html)).toBe(false)
    expect(isList((await ask('/desk', { 'User-Agent': iphone })).html)).toBe(true)
    expect(isList((await ask('/desk', { 'Sec-CH-UA-Mobile': '?1' })).html)).toBe(true)
    const { kept } = await ask('/desk?view=grid', { 'Sec-CH-UA-Mobile': '?1' })
    const cookie = `${cookies.desk}; ${kept}`
    expect(isList((await ask('/desk', { cookie, 'Sec-CH-UA-Mobile': '?1' })).html)).toBe(false)
  })
})

describe('what a person likes to see', () => {
  const save = (form: object, cookie = cookies.desk) =>
    ask('/desk/view', { cookie, form: { return_to: dayAt(), ...form } })

  it('hides names with one press, and no title says one', async () => {
    const { kept, answer } = await ask('/desk/names', { form: { hides: '1', return_to: dayAt() } })
    expect(answer.headers.get('Location')).toBe(dayAt())
    const { html } = await ask(dayAt(), { cookie: `${cookies.desk}; ${kept}` })
    expect(html).toContain('<body class="hides-names"')
    expect(html).toContain('data-i="P. M."')
    expect(html).toMatch(/aria-pressed="true"/)
    expect(/<title>(.*)<\/title>/.exec(html)?.[1]).not.toContain('Putri')
  })

  it('leaves out doctors, specialities and those without free time', async () => {
    const columns = async (form: object) => {
      const { kept } = await save(form)
      const { html } = await ask(dayAt(), { cookie: `${cookies.desk}; ${kept}` })
      return [...html.matchAll(/<h2 id="c-[^"]*">(?:<a[^>]*>)?([^<]*)/g)].map(([, name]) => name)
    }
    const both = { listed: `${doctor}`, [`doctor_${doctor}`]: '1' }
    expect(await columns(both)).toEqual(['Dr. Strange', 'Dr. Who'])
    expect(await columns({ listed: `${doctor}` })).toEqual(['Dr. Who'])
    expect(await columns({ ...both, specialty: 'Cardiology' })).toEqual(['Dr. Who'])
    expect(await columns({ ...both, only: 'waiting' })).toEqual([])
    expect(await columns({ ...both, only: 'free' })).toHaveLength(2)
  })

  it('has the rows as high as they like', async () => {
    const { kept } = await save({ zoom: 'l' })
    expect((await ask(dayAt(), { cookie: `${cookies.desk}; ${kept}` })).html).toContain('zoom-l')
  })

  it('is kept for each person by themselves', async () => {
    const { kept } = await save({ zoom: 's' })
    expect((await ask(dayAt(), { cookie: `${cookies.other}; ${kept}` })).html).toContain('zoom-m')
  })

  it.each(['nonsense', '{"hidden":[-1,"x"],"zoom":7}', '[]', 'null'])(
    'survives the cookie %s',
    async (said) => {
      const { kept } = await save({ zoom: 's' })
      const cookie = `${cookies.desk}; ${kept.split('=')[0]}=${encodeURIComponent(said)}`
      expect((await ask(dayAt(), { cookie })).status).toBe(200)
    },
  )
})

describe('who sees it', () => {
  it('patients find nothing', async () => {
    expect((await ask(dayAt(), { cookie: cookies.patient })).status).toBe(404)
  })

  it('doctors see themselves alone, and nothing to book', async () => {
    const { html } = await ask(dayAt(), { cookie: cookies.doctor })
    expect(html).toContain('Putri Maharani')
    expect(html).not.toContain('Dr. Who')
    expect(html).not.toContain('Book appointment')
  })

  it('an unknown location is not found, and one that was remembered is forgotten', async () => {
    expect((await ask('/desk?location=999999')).status).toBe(404)
    const { kept } = await ask(dayAt())
    const name = kept.split('=')[0]
    const cookie = `${cookies.desk}; ${name}=${encodeURIComponent('{"location":999999}')}`
    expect((await ask('/desk', { cookie })).status).toBe(200)
  })

  it('the front page leads staff to the day', async () => {
    expect((await ask('/')).answer.headers.get('Location')).toMatch(/^\/desk/)
    expect((await ask('/', { cookie: cookies.patient })).answer.headers.get('Location')).toBe('/booking')
  })
})
