import { beforeAll, describe, expect, it } from 'vitest'
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
/** Ten o'clock of a working day of its own, in January 2030; answers the id. */
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

async function whatIsKept(id: number) {
  const { rows } = await sql.query(
    `select status, doctor_id::int as doctor, to_char(start_at at time zone 'Asia/Jakarta', 'HH24:MI') as time
     from appointments where id = $1`,
    [id],
  )
  return rows[0]
}

describe('the page of an appointment', () => {
  it('shows it in one trip, changes nothing, and says until when it may be changed', async () => {
    const id = await agree()
    await sql.query('update visit_types set cancellation_notice_minutes = 1440 where id = $1', [visitType])
    await open(`/appointments/${id}`)
    clinic.takeTrips()
    const html = await (await open(`/appointments/${id}`)).text()
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(html).toContain('You can move or cancel it until 1 day before it begins.')
    expect(html).toContain('10:00–10:30')
    await sql.query('update visit_types set cancellation_notice_minutes = 0 where id = $1', [visitType])
    expect(await whatIsKept(id)).toMatchObject({ status: 'booked' })
  })

  it('offers nothing to a patient when it is too late, and all to the front desk', async () => {
    const id = await agree()
    await sql.query('update visit_types set cancellation_notice_minutes = 525600 where id = $1', [visitType])
    await sql.query(
      `update appointments set start_at = now() + interval '1 hour', end_at = now() + interval '90 minutes' where id = $1`,
      [id],
    )
    const html = await (await open(`/appointments/${id}`)).text()
    expect(html).toContain('It is too late to move or cancel it here.')
    expect(html).not.toContain('<form method="post" action="/appointments')
    expect(await (await open(`/appointments/${id}`, desk)).text()).toContain('Cancel this appointment')
    const refused = await post(`/appointments/${id}/cancellation`, {})
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('It is too late for that. Please call the clinic.')
    await sql.query('update visit_types set cancellation_notice_minutes = 0 where id = $1', [visitType])
  })

  it.each(['arrived', 'fulfilled', 'cancelled', 'noshow'])(
    'offers no change to one that is %s',
    async (status) => {
      const html = await (await open(`/appointments/${await agree(status)}`)).text()
      expect(html).not.toMatch(/Cancel this appointment|Move it to another time/)
    },
  )
})

describe('cancelling on the page', () => {
  it('frees the time and leads back to the appointment; pressed twice, it is the same', async () => {
    const id = await agree()
    for (let pressed = 0; pressed < 2; pressed++) {
      const response = await post(`/appointments/${id}/cancellation`, { reason: '' })
      expect([response.status, response.headers.get('Location')]).toEqual([303, `/appointments/${id}`])
    }
    expect(await whatIsKept(id)).toMatchObject({ status: 'cancelled' })
    expect(await (await open(`/appointments/${id}`)).text()).toContain('This appointment was cancelled')
  })

  it('needs a reason from the front desk, which is kept', async () => {
    const id = await agree()
    const missing = await post(`/appointments/${id}/cancellation`, { reason: ' ' }, desk)
    expect(missing.status).toBe(422)
    expect(await missing.text()).toContain('aria-describedby="reason-problem"')
    expect(await whatIsKept(id)).toMatchObject({ status: 'booked' })
    await post(`/appointments/${id}/cancellation`, { reason: 'Snow' }, desk)
    const { rows } = await sql.query('select reason from events where appointment_id = $1', [id])
    expect(rows).toEqual([{ reason: 'Snow' }])
  })
})

describe('moving on the page', () => {
  const times = (id: number, doctorId: number | '' = doctor) =>
    `/appointments/${id}/times?visit_type_id=${visitType}&doctor_id=${doctorId}&from=${date()}`

  it('shows the free times in one trip, and one press moves it', async () => {
    const id = await agree()
    clinic.takeTrips()
    const html = await (await open(times(id))).text()
    expect(clinic.takeTrips()).toHaveLength(1)
    const slot = `${doctor}/${date()}T14:00+07:00`
    expect(html).toContain(`value="${slot}"`)
    expect(html).not.toContain(`value="${doctor}/${date()}T10:00+07:00"`)
    const moved = await post(times(id), { slot, version: '0' })
    expect([moved.status, moved.headers.get('Location')]).toEqual([303, `/appointments/${id}`])
    expect(await whatIsKept(id)).toEqual({ status: 'booked', doctor, time: '14:00' })
  })

  it('with any doctor moves it to another', async () => {
    const id = await agree()
    const slot = `${other}/${date()}T10:00+07:00`
    expect(await (await open(times(id, ''))).text()).toContain(`value="${slot}"`)
    await post(times(id, ''), { slot, version: '0' })
    expect(await whatIsKept(id)).toEqual({ status: 'booked', doctor: other, time: '10:00' })
  })

  it('to a time that somebody has taken meanwhile is refused, with the times that are still free', async () => {
    const id = await agree()
    await insertAppointment(sql, { doctorId: doctor, startAt: `${date()}T11:00+07:00` })
    const refused = await post(times(id), { slot: `${doctor}/${date()}T11:00+07:00`, version: '0' })
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(html).toContain('The doctor has another appointment at that time.')
    expect(html).toContain(`value="${doctor}/${date()}T11:30+07:00"`)
    expect(await whatIsKept(id)).toEqual({ status: 'booked', doctor, time: '10:00' })
  })

  it('leads to the times of its own doctor, and says what is wrong with a date or a visit', async () => {
    const id = await agree()
    const bare = await open(`/appointments/${id}/times`)
    const own = `/appointments/${id}/times?visit_type_id=${visitType}&doctor_id=${doctor}`
    expect([bare.status, bare.headers.get('Location')]).toEqual([302, own])
    const never = await (await open(`${own}&from=never`)).text()
    expect(never).toContain('Write a date, such as 2026-11-23.')
    expect(never).not.toMatch(/Nothing is free|Nobody offers/)
    const unknown = await (await open(`/appointments/${id}/times?visit_type_id=999999`)).text()
    expect(unknown).toContain('Nobody offers that here.')
  })

  it('of what somebody else has changed meanwhile, or of nothing, is refused', async () => {
    const id = await agree()
    const slot = `${doctor}/${date()}T12:00+07:00`
    expect(await (await post(times(id), { slot, version: '7' })).text()).toContain('Somebody changed it')
    expect((await post(times(id), { slot: 'x', version: '0' })).status).toBe(409)
    expect(await whatIsKept(id)).toMatchObject({ time: '10:00' })
  })
})
