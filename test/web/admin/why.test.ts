import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openLocation,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
/** A Monday, and the day after. */
const [on, dayAfter] = ['2030-01-07', '2030-01-08']
let [doctorId, visitTypeId] = [0, 0]
let admin: string

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql, { name: 'Long talk', minutes: 60 })
  const hours = [{ weekdays: [1, 2], opensAt: '09:00', closesAt: '11:00' }]
  doctorId = await hireDoctor(sql, { hours, visitTypes: [visitTypeId] })
  const patientId = await registerPatient(sql, 'Budi Santoso')
  await insertAppointment(sql, { doctorId, patientId, startAt: `${on}T09:30+07:00` })
  await sql.query(
    `insert into time_off (doctor_id, kind, reason, starts_at, ends_at) values ($1, 'block', 'Seminar', $2, $3)`,
    [doctorId, `${on}T10:00`, `${on}T11:00`],
  )
  admin = await openSession(sql, await openAccount(sql, { role: 'admin' }))
})

async function ask(query: Record<string, string> = {}, cookie = admin, page = 'why') {
  const path = `${origin}/admin/${page}?${new URLSearchParams(query)}`
  const answer = await fetch(path, {
    headers: { Cookie: cookie, 'Accept-Language': 'en' },
    redirect: 'manual',
  })
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, ' ') }
}

const day = (asked: Record<string, string> = {}) => ({
  doctor_id: String(doctorId),
  visit_type_id: String(visitTypeId),
  on,
  ...asked,
})

const rowsOf = (text: string) =>
  [...text.matchAll(/<li class="(rule[^"]*)">.*?<h3>([^<]+)<\/h3>(.*?)<\/li>/g)].map(
    ([, look = '', name = '', rest = '']) => ({ look, name, rest }),
  )

describe('the page that explains free times', () => {
  it('asks for a doctor, a visit type and a day first, in one trip', async () => {
    await ask()
    clinic.takeTrips()
    const { status, text } = await ask()
    expect(status).toBe(200)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(text).toContain('Long talk, 60 min')
    expect(rowsOf(text)).toEqual([])
  })

  it('goes through the rules of an empty day, in one trip', async () => {
    clinic.takeTrips()
    const { text } = await ask(day())
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(text).toContain('Nothing is free on Mon 7 Jan')
    expect(text).toContain('30 minutes are left, from 09:00.')
    expect(text).toContain('<b>Tue 8 Jan, 09:00')
    const rows = rowsOf(text)
    expect(rows.map(({ name }) => name)).toHaveLength(12)
    const [hours, off, closure, booked] = rows
    expect(hours?.rest).toContain('<b>120</b>')
    expect(off?.rest).toContain('Seminar, 10:00–11:00')
    expect(off?.rest).toContain('Without it: 1 time free')
    expect(off?.rest).toContain('aria-label="Free after this: 09:00 to 10:00. Taken: 10:00 to 11:00."')
    expect(closure?.look).toBe('rule quiet')
    expect(booked?.rest).toContain('1 booked: 09:30')
    expect(rows.at(-1)?.look).toBe('rule last')
  })

  it('says what would help most', async () => {
    const { text } = await ask(day())
    const helps = text.slice(text.indexOf('What would help most'))
    expect(helps).toMatch(/Change the time off<\/a> <span class="soft">1 time, from 10:00/)
    expect(helps).toMatch(/Move the appointments<\/a> <span class="soft">1 time, from 09:00/)
  })

  it('lists the times that are free', async () => {
    const { text } = await ask(day({ on: dayAfter }))
    expect(text).toContain('5 times are free on Tue 8 Jan')
    expect(text).toContain('09:00, 09:15, 09:30, 09:45, 10:00')
  })

  it('stops on a day without hours, and greys the rest', async () => {
    const rows = rowsOf((await ask(day({ on: '2030-01-09' }))).text)
    expect(rows[0]?.rest).toContain('No hours on this day')
    expect(
      rows.slice(1).every(({ look, rest }) => look === 'rule quiet' && rest.includes('Not reached')),
    ).toBe(true)
  })

  it('says which part of the question is wrong', async () => {
    expect((await ask(day({ on: '2060-01-01' }))).text).toContain('Enter a day within ten years.')
    expect((await ask(day({ visit_type_id: '999999' }))).text).toContain('Choose a visit type.')
    expect((await ask(day({ doctor_id: '999999' }))).status).toBe(404)
  })

  it('comes as a file', async () => {
    const { text } = await ask(day(), admin, 'why.csv')
    expect(text).toContain('rule,name,minutes_left,taken,times_without_it,what')
    expect(text).toContain('time_off,Time off,60,2030-01-07T10:00/2030-01-07T11:00,1,')
  })
})

describe('who may see it', () => {
  const signIn = async (wishes: object) => openSession(sql, await openAccount(sql, wishes))

  it('the front desk, without the pages that are for admins', async () => {
    const { status, text } = await ask(day(), await signIn({ role: 'front_desk' }))
    expect(status).toBe(200)
    expect(text).not.toContain('href="/admin/locations')
  })

  it('a bound front desk only for doctors at its locations', async () => {
    const boundTo = async (locationId: number) => {
      const account = await openAccount(sql, { role: 'front_desk' })
      await sql.query('insert into account_locations values ($1, $2)', [account, locationId])
      return openSession(sql, account)
    }
    expect((await ask(day(), await boundTo(await openLocation(sql)))).status).toBe(404)
    expect((await ask(day(), await boundTo(await locationOf(sql, doctorId)))).status).toBe(200)
  })

  it('doctors only for themselves', async () => {
    expect((await ask(day(), await signIn({ role: 'doctor', doctorId }))).status).toBe(200)
    const other = { role: 'doctor', doctorId: await hireDoctor(sql) }
    expect((await ask(day(), await signIn(other))).status).toBe(403)
  })

  it('no patient, not even a file about nobody', async () => {
    const patient = await signIn({ patientIds: [await registerPatient(sql)] })
    expect((await ask(day(), patient)).status).toBe(403)
    expect((await ask({}, patient, 'why.csv')).status).toBe(403)
  })
})
