import { beforeAll, describe, expect, it } from 'vitest'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openAdmin,
  registerPatient,
} from '../support/people.ts'
import { routesOfApp } from '../support/routes.ts'

// Every call of the API that changes something, and what is sent: first 1, and 2 when it shall be another request.

type Body = (n: number) => object | Promise<object>
interface Row {
  /** What the `:id` is of, in a state in which it can be done. */
  id?: () => Promise<number>
  body?: Body
}

const clinic = await openClinic()
const { sql } = clinic
let [admin, hour] = ['', 0]
beforeAll(async () => {
  admin = await openAdmin(sql)
})

const inAnHour = () => new Date(Date.parse('2031-01-01T00:00:00Z') + ++hour * 3_600_000).toISOString()

/** An appointment that began this day, whose doctor and patient have no other. */
async function agree(status: string): Promise<number> {
  const [doctor, patient, visitType] = [
    await hireDoctor(sql),
    await registerPatient(sql),
    await defineVisitType(sql),
  ]
  const { rows } = await sql.query(
    `insert into appointments (doctor_id, patient_id, visit_type_id, status, start_at, end_at, hold_expires_at)
     select
       $1, $2, $3, $4, midnight, midnight + interval '30 minutes',
       case when $4 = 'pending' then now() + interval '10 minutes' end
     from (select date_trunc('day', now(), 'Asia/Jakarta') as midnight) today
     returning id`,
    [doctor, patient, visitType, status],
  )
  return Number(rows[0].id)
}
const inStatus = (status: string): Row => ({ id: () => agree(status) })
/** As it is when that was noted just now. */
const after = (...verbs: ((ctx: ClinicContext, id: number) => Promise<unknown>)[]): Row => ({
  async id() {
    const id = await agree('booked')
    for (const note of verbs) await note(clinic.context(), id)
    return id
  },
})

/** Somebody and something new, so that nothing but the key stands in the way of doing it twice. */
const wish = async () => ({ doctor_id: await hireDoctor(sql), patient_id: await registerPatient(sql) })
const ofAType = async () => ({ ...(await wish()), visit_type_id: await defineVisitType(sql) })
const aDoctor = () => hireDoctor(sql)
const aVisitType = () => defineVisitType(sql, { name: `Visit of ${inAnHour()}` })
const absence = (n: number) => ({ start_local: `2031-12-0${n}T00:00`, end_local: '2031-12-09T00:00' })
const visitType = (n: number) => ({ visit_type: { name: `Visit of ${inAnHour()}`, minutes: 10 * n } })
const aKey = async () => {
  await giveKey(sql, await openAccount(sql))
  return (await sql.query('select max(id)::int as id from api_keys')).rows[0].id
}

// biome-ignore format: a table is read in columns
const table: Record<string, Row> = {
  'POST /api/v1/appointments': { body: async () => ({ appointment: { ...(await ofAType()), start_at: inAnHour() } }) },
  'PATCH /api/v1/appointments/:id':             { ...inStatus('booked'), body: () => ({ appointment: { start_at: inAnHour() } }) },
  'POST /api/v1/appointments/:id/cancellation': { ...inStatus('booked'), body: (n) => ({ cancellation: { reason: `Snow ${n}` } }) },
  'POST /api/v1/appointments/:id/arrival':      inStatus('booked'),
  'POST /api/v1/appointments/:id/completion':   inStatus('arrived'),
  'POST /api/v1/appointments/:id/no-show':      inStatus('booked'),
  'DELETE /api/v1/appointments/:id/arrival':    after(checkIn),
  'DELETE /api/v1/appointments/:id/completion': after(checkIn, completeAppointment),
  'DELETE /api/v1/appointments/:id/no-show':    after(markNoShow),
  'POST /api/v1/holds': { body: async () => ({ hold: { ...(await ofAType()), start_at: inAnHour() } }) },
  'DELETE /api/v1/holds/:id':         inStatus('pending'),
  'POST /api/v1/holds/:id/extension': inStatus('pending'),
  'POST /api/v1/walk-ins': { body: async () => ({ walk_in: await ofAType() }) },
  'POST /api/v1/patients': { body: (n) => ({ patient: { name: `Patient ${n}` } }) },
  'POST /api/v1/doctors':  { body: (n) => ({ doctor: { name: `Dr. ${n}`, location_id: 1 } }) },
  'PATCH /api/v1/doctors/:id':            { id: aDoctor, body: (n) => ({ doctor: { name: `Dr. ${n}` } }) },
  'PUT /api/v1/doctors/:id/weekly-hours': { id: aDoctor, body: (n) => ({ weekly_hours: [{ weekday: n, opens_at: '09:00', closes_at: '17:00' }] }) },
  'PUT /api/v1/doctors/:id/visit-types':  { id: aDoctor, body: async () => ({ visit_type_ids: [await aVisitType()] }) },
  'POST /api/v1/doctors/:id/time-off':    { id: aDoctor, body: (n) => ({ time_off: absence(n) }) },
  'DELETE /api/v1/doctors/:id/time-off/:absenceId': { id: aDoctor },
  'POST /api/v1/locations': { body: (n) => ({ location: { name: `Clinic ${n}`, time_zone: 'Asia/Jakarta' } }) },
  'POST /api/v1/locations/:id/closures':              { id: async () => 1, body: (n) => ({ closure: absence(n) }) },
  'DELETE /api/v1/locations/:id/closures/:absenceId': { id: async () => 1 },
  'POST /api/v1/visit-types':    { body: visitType },
  'PUT /api/v1/visit-types/:id': { id: aVisitType, body: visitType },
  'PATCH /api/v1/accounts/:id':  { id: () => openAccount(sql), body: (n) => ({ account: { role: ['admin', 'front_desk'][n - 1] } }) },
  'POST /api/v1/api-keys':       { body: async (n) => ({ api_key: { name: `Key ${n}`, owner_id: await openAccount(sql), role: 'patient', scopes: ['appointments:read'] } }) },
  'DELETE /api/v1/api-keys/:id': { id: aKey },
}

it('every route of the API that changes something has a row, and no row is of a route that is gone', () => {
  const routes = routesOfApp()
    .filter(({ method, path }) => path.startsWith('/api/') && !['ALL', 'GET', 'HEAD'].includes(method))
    .map(({ method, path }) => `${method} ${path}`)
  expect(new Set(routes)).toEqual(new Set(Object.keys(table)))
})

async function addressOf(path: string, id: number): Promise<string> {
  if (!path.includes(':absenceId')) return path.replace(':id', String(id))
  const into = path.includes('doctors') ? 'time_off (doctor_id' : 'closures (location_id'
  const { rows } = await sql.query(
    `insert into ${into}, starts_at, ends_at) values ($1, '2031-12-24', '2031-12-27') returning id`,
    [id],
  )
  return path.replace(':id', String(id)).replace(':absenceId', rows[0].id)
}

async function send(method: string, path: string, key: string, body: string | null) {
  const response = await fetch(clinic.origin + path, {
    method,
    headers: {
      Authorization: `Bearer ${admin}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
      ...(method === 'PATCH' && { 'If-Match': '*' }),
    },
    body,
  })
  const [type, etag, location] = ['Content-Type', 'ETag', 'Location'].map((name) =>
    response.headers.get(name),
  )
  return { status: response.status, type, etag, location, body: await response.text() }
}

/** All that the database knows but who sent what, and when a key was used. */
async function allThatIsKnown(): Promise<Record<string, string>> {
  const { rows } = await sql.query(`
    select tablename, query_to_xml(
      format($$select md5(string_agg(row, ' ' order by row)) from (select (to_jsonb(t) - 'last_used_at')::text as row from %I t) rows$$, tablename),
      true, true, ''
    )::text as content
    from pg_tables
    -- Refusals are counted after the answer, each time.
    where schemaname = 'public' and tablename not in ('idempotency_keys', 'appointment_failures')`)
  return Object.fromEntries(rows.map(({ tablename, content }) => [tablename, content]))
}

/** Whatever was done is done no more, or in the way. */
const changeEverything = () =>
  sql.query(`
    update appointments set hold_expires_at = null, status = case status when 'cancelled' then 'noshow' else 'cancelled' end;
    update doctors set specialty = 'Changed';
    update visit_types set minutes = 45;
    update accounts set name = 'Changed', role = 'patient' where role <> 'admin' or id not in (select owner_id from api_keys);
    update api_keys set revoked_at = null;
    delete from weekly_hours; delete from doctor_visit_types; delete from time_off; delete from closures`)

describe.each(Object.entries(table))('%s', (route, { id, body }) => {
  it('sent again is the first answer again, whatever has changed, and is not done again', async () => {
    const [method = '', path = ''] = route.split(' ')
    const key = `"${route}"`
    const address = await addressOf(path, (await id?.()) ?? 0)
    const [asked, other] = body
      ? [JSON.stringify(await body(1)), JSON.stringify(await body(2))]
      : [null, '{}']
    const first = await send(method, address, key, asked)
    expect(first).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300) })
    await changeEverything()
    const known = await allThatIsKnown()
    expect(await send(method, address, key, asked)).toEqual(first)
    expect(await send(method, address, key, other)).toMatchObject({
      status: 422,
      body: expect.stringContaining('"code":"key_reused"'),
    })
    expect(await allThatIsKnown()).toEqual(known)
  })
})
