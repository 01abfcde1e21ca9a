import { beforeAll, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const ask = asking(origin, '')
let [desk, visitType] = ['', 0]

beforeAll(async () => {
  visitType = await defineVisitType(sql, { minutes: 5 })
  desk = await openDesk(sql)
})

const come = async (particulars: object = {}) => ({
  doctor_id: await hireDoctor(sql),
  patient_id: await registerPatient(sql),
  visit_type_id: visitType,
  ...particulars,
})

it('a walk-in is booked and checked in from the current minute', async () => {
  const walkIn = await come()
  const minuteOf = (time: number) => Math.floor(time / 60_000) * 60_000
  const before = minuteOf(Date.now())
  const { status, headers, body } = await ask('POST', '/walk-ins', { walk_in: walkIn }, desk)
  expect(status).toBe(201)
  expect(body.appointment).toEqual({
    ...walkIn,
    id: expect.any(Number),
    status: 'arrived',
    start_at: expect.stringMatching(/:00\.000Z$/),
    end_at: expect.any(String),
    start_local: expect.any(String),
    end_local: expect.any(String),
    location_id: expect.any(Number),
    time_zone: 'Asia/Jakarta',
    awaits_approval_until: null,
    patient_response: null,
    decline_reason: null,
    reason_for_visit: null,
    resources: [],
    session_id: null,
    series_id: null,
    participants: expect.any(Array),
    arrived_at: expect.any(String),
    arrived_local: expect.any(String),
    started_at: null,
    started_local: null,
    note: null,
    override_reason: null,
  })
  const startAt = Date.parse(body.appointment.start_at)
  expect([startAt >= before, startAt <= Date.now()]).toEqual([true, true])
  const path = `/appointments/${body.appointment.id}`
  expect(headers.get('Location')).toBe(`/api/v1${path}`)
  expect(headers.get('ETag')).toBe('"1"')
  expect(await ask('GET', path, undefined, desk)).toMatchObject({
    status: 200,
    body: { appointment: body.appointment },
  })
  expect(body.visit_type_chosen).toMatchObject({ because: 'named' })
  expect(await ask('POST', `${path}/completion`, undefined, desk)).toMatchObject({
    status: 200,
    body: { appointment: { status: 'fulfilled' } },
  })
})

it.each([
  ['in_the_past', '2020-01-07T10:00:00+07:00'],
  ['not_today', '2035-01-07T10:00:00+07:00'],
])('a walk-in %s is answered 422', async (code, startAt) => {
  const refused = await ask('POST', '/walk-ins', { walk_in: await come({ start_at: startAt }) }, desk)
  expect(refused).toMatchObject({ status: 422, body: { code } })
})

it('a walk-in to a busy doctor is answered 409', async () => {
  const { doctor_id } = await come()
  await ask('POST', '/walk-ins', { walk_in: await come({ doctor_id }) }, desk)
  const refused = await ask('POST', '/walk-ins', { walk_in: await come({ doctor_id }) }, desk)
  expect(refused).toMatchObject({ status: 409, body: { code: 'slot_taken' } })
})

it('a walk-in outside the doctor’s hours is answered 422', async () => {
  const doctor_id = await hireDoctor(sql, { hours: [] })
  const refused = await ask('POST', '/walk-ins', { walk_in: await come({ doctor_id }) }, desk)
  expect(refused).toMatchObject({ status: 422, body: { code: 'outside_hours', next_free_start_at: null } })
})

it.each([
  ['no object', undefined, ['/walk_in']],
  ['nothing', {}, ['/walk_in/patient_id', '/walk_in/visit_type_id']],
  [
    'no doctor and a reason',
    { patient_id: 1, visit_type_id: 1, override_reason: 'Pain' },
    ['/walk_in/doctor_id'],
  ],
  [
    'words instead of ids',
    { doctor_id: 'x', patient_id: 'y' },
    ['/walk_in/doctor_id', '/walk_in/patient_id'],
  ],
  ['a hold', { patient_id: 1, visit_type_id: 1, hold_id: 1 }, ['/walk_in/hold_id']],
  ['a start without offset', { start_at: '2030-01-07T10:00' }, ['/walk_in/start_at']],
])('a walk-in with %s is answered 422, naming what is wrong', async (_, walkIn, pointers) => {
  const { status, body } = await ask('POST', '/walk-ins', { walk_in: walkIn }, desk)
  expect([status, body.code]).toEqual([422, 'invalid'])
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers)
})

it('a walk-in of centuries is refused before anything looks through them', async () => {
  const walkIn = await come({ end_at: '2999-12-30T23:00:00Z' })
  await sql.query(
    `with others as (
       insert into locations (name, time_zone)
       select 'Elsewhere', 'Asia/Jakarta' from generate_series(1, 50) returning id
     ),
     pairs as (insert into doctor_locations select $1, id from others returning doctor_id, location_id)
     insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at)
     select doctor_id, location_id, weekday, '08:00', '17:00' from pairs, generate_series(1, 7) weekday`,
    [walkIn.doctor_id],
  )
  const { status, body } = await ask('POST', '/walk-ins', { walk_in: walkIn }, desk)
  expect([status, body.errors]).toEqual([
    422,
    [{ pointer: '/walk_in/end_at', detail: 'must be at most 8 hours after start_at' }],
  ])
})
