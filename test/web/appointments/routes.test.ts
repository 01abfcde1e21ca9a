import { beforeAll, describe, expect, it } from 'vitest'
import { read } from '../../support/calendar-entries.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let [doctor, other, visitType, patient] = [0, 0, 0, 0]
let own: Record<string, string>
let desk: Record<string, string>

beforeAll(async () => {
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
  visitType = await defineVisitType(sql)
  doctor = await hireDoctor(sql, { hours })
  other = await hireDoctor(sql, { hours })
  patient = await registerPatient(sql, 'Patient Right')
  const signIn = async (account: number) => ({ Cookie: await openSession(sql, account), Origin: origin })
  own = await signIn(await openAccount(sql, { patientIds: [patient] }))
  desk = await signIn(await openAccount(sql, { role: 'front_desk' }))
})

let day = 6
/** Books ten o'clock on a working day that no other test uses, in January 2030. */
async function agree(status = 'booked'): Promise<number> {
  day = day % 7 === 4 ? day + 3 : day + 1
  const ids = { doctorId: doctor, patientId: patient, visitTypeId: visitType }
  return insertAppointment(sql, { ...ids, status, startAt: `${date()}T10:00+07:00` })
}
const date = () => new Date(Date.UTC(2030, 0, day)).toISOString().slice(0, 10)

const open = (path: string, headers = own) => fetch(`${origin}${path}`, { headers, redirect: 'manual' })
const post = (path: string, fields: Record<string, string>, headers = own) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })

async function readAppointment(id: number) {
  const { rows } = await sql.query(
    `select status, doctor_id::int as doctor, to_char(start_at at time zone 'Asia/Jakarta', 'HH24:MI') as time
     from appointments where id = $1`,
    [id],
  )
  return rows[0]
}

describe('the page of an appointment', () => {
  it('shows it in one trip with the deadline for changes', async () => {
    const id = await agree()
    await sql.query('update visit_types set cancellation_notice_minutes = 1440 where id = $1', [visitType])
    await open(`/appointments/${id}`)
    clinic.takeTrips()
    const html = await (await open(`/appointments/${id}`)).text()
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(html).toContain('You can reschedule or cancel up to 1 day before it starts.')
    expect(html).toContain('10:00–10:30')
    await sql.query('update visit_types set cancellation_notice_minutes = 0 where id = $1', [visitType])
    expect(await readAppointment(id)).toMatchObject({ status: 'booked' })
  })

  it('offers changes after the deadline only to the front desk', async () => {
    const id = await agree()
    await sql.query('update visit_types set cancellation_notice_minutes = 525600 where id = $1', [visitType])
    await sql.query(
      `update appointments set start_at = now() + interval '1 hour', end_at = now() + interval '90 minutes' where id = $1`,
      [id],
    )
    const html = await (await open(`/appointments/${id}`)).text()
    expect(html).toContain('It’s too late to reschedule or cancel online.')
    expect(html).not.toContain('<form method="post" action="/appointments')
    expect(await (await open(`/desk/appointments/${id}`, desk)).text()).toContain('Cancel appointment')
    const refused = await post(`/appointments/${id}/cancellation`, {})
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain(
      'It’s too late to change this appointment online. Please call the clinic.',
    )
    await sql.query('update visit_types set cancellation_notice_minutes = 0 where id = $1', [visitType])
  })

  it.each(['arrived', 'fulfilled', 'cancelled', 'noshow'])('offers no changes once %s', async (status) => {
    const html = await (await open(`/appointments/${await agree(status)}`)).text()
    expect(html).not.toMatch(/Yes, cancel it|Reschedule/)
  })
})

describe('the calendar file', () => {
  const calendarOf = (id: number, headers = own) => open(`/appointments/${id}/calendar.ics`, headers)

  it('exists for an appointment but not for a hold, which may run out', async () => {
    const [booked, held] = [await agree(), await agree('pending')]
    const file = await calendarOf(booked)
    expect([file.status, file.headers.get('Content-Disposition')]).toEqual([
      200,
      `attachment; filename="appointment-${booked}.ics"`,
    ])
    for (const headers of [own, desk]) {
      const none = await calendarOf(held, headers)
      expect([none.status, await none.text()]).toEqual([404, expect.stringContaining('Page not found')])
    }
    const [pageOfBooked, pageOfHeld] = await Promise.all(
      [booked, held].map(async (id) => (await open(`/appointments/${id}`)).text()),
    )
    expect(pageOfBooked).toContain(`/appointments/${booked}/calendar.ics`)
    expect(pageOfHeld).not.toContain('calendar.ics')
  })

  it('is the clinic’s, under an id that does not depend on the address of the page', async () => {
    const answer = await calendarOf(await agree())
    expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8; method=PUBLISH')
    expect(read(await answer.text())).toMatchObject({
      method: 'PUBLISH',
      organizer: 'appointments@example.com',
      uid: expect.stringMatching(/^appointment-\d+@example\.com$/),
    })
  })

  it('removes a cancelled appointment from a calendar, and the page offers that', async () => {
    const id = await agree()
    const { uid, organizer, sequence } = read(await (await calendarOf(id)).text())
    expect((await post(`/appointments/${id}/cancellation`, {})).status).toBe(303)
    expect(await (await open(`/appointments/${id}`)).text()).toMatch(
      new RegExp(`href="/appointments/${id}/calendar\\.ics">\\s*Remove from your calendar\\s*</a>`),
    )
    const answer = await calendarOf(id)
    expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8; method=CANCEL')
    const removed = { uid, organizer, sequence: sequence + 1, method: 'CANCEL', status: 'CANCELLED' }
    expect(read(await answer.text())).toMatchObject(removed)
  })

  it('is not offered for a released hold, which no calendar has', async () => {
    const released = await agree('pending')
    await sql.query(`update appointments set status = 'cancelled' where id = $1`, [released])
    expect(await (await open(`/appointments/${released}`)).text()).not.toContain('calendar.ics')
  })
})

describe('cancelling on the page', () => {
  it('frees the time and leads back to the appointment, even twice', async () => {
    const id = await agree()
    for (let pressed = 0; pressed < 2; pressed++) {
      const response = await post(`/appointments/${id}/cancellation`, { reason: '' })
      expect([response.status, response.headers.get('Location')]).toEqual([303, `/appointments/${id}`])
    }
    expect(await readAppointment(id)).toMatchObject({ status: 'cancelled' })
    expect(await (await open(`/appointments/${id}`)).text()).toContain('Appointment cancelled')
  })

  it('needs a reason from the front desk and stores it', async () => {
    const id = await agree()
    const missing = await post(`/desk/appointments/${id}/cancellation`, { reason: ' ' }, desk)
    expect(missing.status).toBe(422)
    expect(await missing.text()).toContain('aria-describedby="reason-problem"')
    expect(await readAppointment(id)).toMatchObject({ status: 'booked' })
    await post(`/desk/appointments/${id}/cancellation`, { reason: 'Snow' }, desk)
    const { rows } = await sql.query('select reason from events where appointment_id = $1', [id])
    expect(rows).toEqual([{ reason: 'Snow' }])
  })
})

describe('moving on the page', () => {
  const times = (id: number, doctorId: number | '' = doctor) =>
    `/appointments/${id}/times?visit_type_id=${visitType}&doctor_id=${doctorId}&from=${date()}`

  it('shows free times in one trip, and one click moves it', async () => {
    const id = await agree()
    clinic.takeTrips()
    const html = await (await open(times(id))).text()
    expect(clinic.takeTrips()).toHaveLength(1)
    const slot = `${doctor}/${date()}T14:00+07:00`
    expect(html).toContain(`value="${slot}"`)
    expect(html).not.toContain(`value="${doctor}/${date()}T10:00+07:00"`)
    const moved = await post(times(id), { slot, version: '0' })
    expect([moved.status, moved.headers.get('Location')]).toEqual([303, `/appointments/${id}`])
    expect(await readAppointment(id)).toEqual({ status: 'booked', doctor, time: '14:00' })
  })

  it('can move it to another doctor', async () => {
    const id = await agree()
    const slot = `${other}/${date()}T10:00+07:00`
    expect(await (await open(times(id, ''))).text()).toContain(`value="${slot}"`)
    await post(times(id, ''), { slot, version: '0' })
    expect(await readAppointment(id)).toEqual({ status: 'booked', doctor: other, time: '10:00' })
  })

  it('to a time just taken is refused, with the free times', async () => {
    const id = await agree()
    await insertAppointment(sql, { doctorId: doctor, startAt: `${date()}T11:00+07:00` })
    const refused = await post(times(id), { slot: `${doctor}/${date()}T11:00+07:00`, version: '0' })
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(html).toContain('The doctor already has an appointment at that time.')
    expect(html).toContain(`value="${doctor}/${date()}T11:30+07:00"`)
    expect(await readAppointment(id)).toEqual({ status: 'booked', doctor, time: '10:00' })
  })

  it('starts with the same doctor, and names a wrong date or visit type', async () => {
    const id = await agree()
    const bare = await open(`/appointments/${id}/times`)
    const own = `/appointments/${id}/times?visit_type_id=${visitType}&doctor_id=${doctor}`
    expect([bare.status, bare.headers.get('Location')]).toEqual([302, own])
    const never = await (await open(`${own}&from=never`)).text()
    expect(never).toContain('Enter a date like 2026-11-23')
    expect(never).not.toMatch(/Nothing free|No doctor here offers/)
    const unknown = await (await open(`/appointments/${id}/times?visit_type_id=999999`)).text()
    expect(unknown).toContain('No doctor here offers this visit type.')
  })

  it('is refused from an older version or without a slot', async () => {
    const id = await agree()
    const slot = `${doctor}/${date()}T12:00+07:00`
    expect(await (await post(times(id), { slot, version: '7' })).text()).toContain(
      'This appointment has changed since you opened this page.',
    )
    expect((await post(times(id), { slot: 'x', version: '0' })).status).toBe(409)
    expect(await readAppointment(id)).toMatchObject({ time: '10:00' })
  })
})
