import pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { asApp } from '../../scripts/migrate.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import { appointmentOf } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, registerPatient } from '../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql, context } = clinic
const now = new Date('2026-11-23T01:00:00Z')
const broken = async () => (await verifyEvents(context().db)).broken

let doctorId: number
let patientId: number
let minutes = 0
beforeAll(async () => {
  doctorId = await hireDoctor(sql)
  patientId = await registerPatient(sql)
})

/** Booked, then cancelled for this reason. */
async function cancelFor(reason: string): Promise<number> {
  minutes += 30
  const start = now.getTime() + minutes * 60_000
  const times = { startAt: new Date(start).toISOString(), endAt: new Date(start + 1_800_000).toISOString() }
  const wish = { doctorId, patientId, ...times, reasonForVisit: 'A cough' }
  const { id } = await appointmentOf(bookAppointment(context({ now }), wish))
  await cancelAppointment(context({ now }), { id, reason })
  return id
}

/** Turns the events into those of the releases before commitments, whose hashes cover the reason itself. */
const makeOld = (id: number) =>
  sql.query(`
    do $$
    declare
      event events;
      previous bytea;
    begin
      for event in select * from events where appointment_id = ${id} order by number loop
        event.reason := coalesce(event.reason, 'The mother asked');
        event.reason_salt := null;
        event.reason_hash := null;
        event.previous_hash := previous;
        previous := event_hash(event);
        update events
        set reason = event.reason, reason_salt = null, reason_hash = null, previous_hash = event.previous_hash, hash = previous
        where id = event.id;
      end loop;
      update appointments set last_event_hash = previous where id = ${id};
      update event_heads set last_event_hash = previous where appointment_id = ${id};
    end $$`)

const empty = (id: number) => sql.query('select empty_reasons(array[$1::bigint])', [id])
const eventsOf = async (id: number) =>
  (
    await sql.query(
      'select number, reason, reason_salt, reason_hash, hash from events where appointment_id = $1 order by number',
      [id],
    )
  ).rows
const headOf = async (id: number) =>
  (await sql.query('select last_event_hash from event_heads where appointment_id = $1', [id])).rows[0]
    .last_event_hash

it('a reason and its salt are emptied without touching the chain', async () => {
  const id = await cancelFor('She has the flu')
  const before = await eventsOf(id)
  expect(before[1]).toMatchObject({ reason: 'She has the flu' })
  expect(before[1].reason_salt).toHaveLength(16)
  await empty(id)
  const after = await eventsOf(id)
  expect(after).toEqual(before.map((event) => ({ ...event, reason: null, reason_salt: null })))
  expect(await broken()).toEqual([])
  const { rows } = await sql.query('select reason_for_visit from appointments where id = $1', [id])
  expect(rows).toEqual([{ reason_for_visit: null }])
})

it('the same reason has another commitment each time', async () => {
  const [one, two] = [await cancelFor('Snow'), await cancelFor('Snow')]
  const hashes = [(await eventsOf(one))[1].reason_hash, (await eventsOf(two))[1].reason_hash]
  expect(hashes[0]).not.toEqual(hashes[1])
})

it('a changed reason is found', async () => {
  const id = await cancelFor('Snow')
  await sql.query(`update events set reason = 'Rain' where appointment_id = $1 and number = 2`, [id])
  expect(await broken()).toEqual([{ appointmentId: id, number: 2, what: 'changed' }])
  await sql.query(`update events set reason = 'Snow' where appointment_id = $1 and number = 2`, [id])
})

it('a changed commitment is found', async () => {
  const id = await cancelFor('Snow')
  await sql.query(
    `update events set reason = 'Rain', reason_hash = commitment('Rain', reason_salt)
     where appointment_id = $1 and number = 2`,
    [id],
  )
  expect(await broken()).toEqual([{ appointmentId: id, number: 2, what: 'changed' }])
  await sql.query(
    `update events set reason = 'Snow', reason_hash = commitment('Snow', reason_salt)
     where appointment_id = $1 and number = 2`,
    [id],
  )
})

it('an old chain is hashed anew, once, and its former anchor is kept', async () => {
  const id = await cancelFor('She has the flu')
  await makeOld(id)
  expect(await broken()).toEqual([])
  const former = await headOf(id)
  await empty(id)
  await empty(id)
  expect(await broken()).toEqual([])
  for (const event of await eventsOf(id)) expect(event).toMatchObject({ reason: null, reason_salt: null })
  const { rows } = await sql.query(
    'select event_count, last_event_hash, replaced_by from replaced_heads where appointment_id = $1',
    [id],
  )
  expect(rows).toEqual([{ event_count: 2, last_event_hash: former, replaced_by: await headOf(id) }])
})

it('an old chain that was forged loses its reasons, and is still found', async () => {
  const id = await cancelFor('She has the flu')
  await makeOld(id)
  await sql.query(`update events set actor_kind = 'doctor' where appointment_id = $1 and number = 1`, [id])
  await empty(id)
  expect((await eventsOf(id)).map(({ reason }) => reason)).toEqual([null, null])
  expect(await broken()).toContainEqual({ appointmentId: id, number: 1, what: 'changed' })
  expect((await sql.query('select from replaced_heads where appointment_id = $1', [id])).rowCount).toBe(0)
  await sql.query(`delete from events where appointment_id = $1`, [id])
  await sql.query(`delete from event_heads where appointment_id = $1`, [id])
  await sql.query(`delete from appointments where id = $1`, [id])
})

it('the Worker’s database role can neither empty reasons nor hash a chain anew', async () => {
  const id = await cancelFor('Snow')
  await makeOld(id)
  const app = new pg.Pool({ connectionString: asApp(clinic.databaseUrl), max: 1 })
  for (const statement of ['select empty_reasons(array[$1::bigint])', 'select commit_old_reasons($1)'])
    await expect(app.query(statement, [id])).rejects.toMatchObject({ code: '42501' })
  await app.end()
  expect(await broken()).toEqual([])
})
