import { beforeAll, describe, expect, it } from 'vitest'
import { beginSession } from '../src/clinic/appointments/begin-session.ts'
import { joinSession } from '../src/clinic/appointments/join-session.ts'
import { appointmentOf } from './support/answers.ts'
import { openClinic } from './support/clinic.ts'
import {
  addResource,
  defineVisitType,
  giveKey,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openDesk,
  openSession,
  registerPatient,
} from './support/people.ts'

// Patients are told the room, and never a device.

const clinic = await openClinic()
const { sql, origin } = clinic
const [room, device] = ['Melati', 'Sonograph']
const ids: Record<string, number> = {}
let own: Record<string, string>
let desk: Record<string, string>
let ownKey: Record<string, string>
let deskKey: Record<string, string>

beforeAll(async () => {
  const [plain, yoga] = [
    await defineVisitType(sql),
    await defineVisitType(sql, { name: 'Yoga', minutes: 60, capacity: 4 }),
  ]
  const doctorId = await hireDoctor(sql, { visitTypes: [plain, yoga] })
  const patientId = await registerPatient(sql)
  const locationId = await locationOf(sql, doctorId)
  const things = [
    await addResource(sql, locationId, { name: room }),
    await addResource(sql, locationId, { type: 'device', kind: 'ultrasound', name: device }),
  ]
  const equip = (id: number) =>
    sql.query(
      `insert into claims (appointment_id, resource_id, part, during)
       select one.id, thing.id, thing.type, tstzrange(one.start_at, one.end_at)
       from appointments one, resources thing
       where one.id = $1 and thing.id = any ($2)`,
      [id, things],
    )
  const book = async (startAt: string, status = 'booked') => {
    const wish = { doctorId, patientId, visitTypeId: plain, startAt, status }
    const id = await insertAppointment(sql, wish)
    await equip(id)
    return id
  }
  const session = await appointmentOf(
    beginSession(clinic.context(), { doctorId, visitTypeId: yoga, startAt: '2031-01-06T09:00' }),
  )
  await equip(session.id)
  const place = await appointmentOf(joinSession(clinic.context(), { sessionId: session.id, patientId }))
  const dated = await book('2031-01-07T09:00+07:00')
  const { rows } = await sql.query(
    `with made as (
       insert into series (patient_id, doctor_id, visit_type_id, rule, created_at)
       values ($1, $2, $3, '{"every": 1, "unit": "week", "count": 1}', now()) returning id
     )
     update appointments set series_id = made.id from made where appointments.id = $4 returning series_id`,
    [patientId, doctorId, plain, dated],
  )
  Object.assign(ids, {
    patient: patientId,
    session: session.id,
    place: place.id,
    dated,
    series: Number(rows[0].series_id),
    booked: await book('2031-01-08T09:00+07:00'),
    held: await book('2031-01-09T09:00+07:00', 'pending'),
  })
  const account = await openAccount(sql, { patientIds: [patientId] })
  const desks = await openAccount(sql, { role: 'front_desk' })
  own = { Cookie: await openSession(sql, account) }
  desk = { Cookie: await openSession(sql, desks) }
  ownKey = { Authorization: `Bearer ${await giveKey(sql, account)}` }
  deskKey = { Authorization: `Bearer ${await openDesk(sql)}` }
})

const read = async (path: string, headers: Record<string, string>, init: RequestInit = {}) => {
  const address = path.replace(/:(\w+)/g, (_, name) => String(ids[name]))
  const answer = await fetch(`${origin}${address}`, { ...init, headers: { ...headers, ...init.headers } })
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}

describe.each([
  '/appointments/:booked',
  '/appointments/:place',
  '/booking/confirmation/:booked',
  '/booking/holds/:held',
  '/api/v1/appointments/:booked',
  '/api/v1/appointments/:place',
  '/api/v1/appointments',
  '/api/v1/series/:series',
])('%s', (path) => {
  const [asPatient, asDesk] = path.startsWith('/api')
    ? [() => ownKey, () => deskKey]
    : [() => own, () => desk]

  it('tells the patient the room, and no device', async () => {
    const answer = await read(path, asPatient())
    expect(answer).toContain(room)
    expect(answer).not.toContain(device)
  })

  it('tells the front desk both', async () => {
    const answer = await read(path, asDesk())
    expect(answer).toContain(room)
    expect(answer).toContain(device)
  })
})

it.each([
  '/appointments',
  '/series/:series',
  '/account/data/:patient/export?format=json',
  '/account/data/:patient/export?format=html',
  '/appointments/:booked/calendar.ics',
  '/api/v1/holds/:held',
  '/api/v1/sessions',
])('%s tells the patient no device', async (path) => {
  const headers = path.startsWith('/api') ? ownKey : own
  expect(await read(path, headers)).not.toContain(device)
})

it('the answer to a change tells the patient the room, and no device', async () => {
  const changed = await read('/api/v1/appointments/:booked', ownKey, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', 'If-Match': '*' },
    body: JSON.stringify({ appointment: { start_at: '2031-01-08T11:00:00+07:00' } }),
  })
  expect(changed).toContain(room)
  expect(changed).not.toContain(device)
})
