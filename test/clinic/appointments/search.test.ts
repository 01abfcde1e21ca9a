import { beforeAll, describe, expect, it } from 'vitest'
import { type SearchAppointments, searchAppointments } from '../../../src/clinic/appointments/search.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, insertAppointment, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2026-11-22T12:00:00Z')
const desk: Actor = { kind: 'front_desk', accountId: 1 }

function search(asked: Partial<SearchAppointments> = {}, actor = desk) {
  return searchAppointments(clinic.context({ now, actor }), { limit: 100, ...asked })
}

const startsIn = async (...asked: Parameters<typeof search>) =>
  (await search(...asked)).appointments.map(({ startAt }) => startAt.toISOString().slice(5, 16))

const insert = (doctorId: number, patientId: number, startAt: string, status = 'booked') =>
  insertAppointment(sql, { doctorId, patientId, startAt, status })

describe('a list of appointments', () => {
  let [strange, who, zero, one] = [0, 0, 0, 0]

  beforeAll(async () => {
    ;[strange, who] = [await hireDoctor(sql), await hireDoctor(sql)]
    ;[zero, one] = [await registerPatient(sql), await registerPatient(sql)]
    await insert(strange, zero, '2026-12-01T09:00Z')
    await insert(who, one, '2026-11-30T09:00Z')
    await insert(strange, one, '2026-11-30T10:00Z', 'cancelled')
    await insert(strange, zero, '2026-10-24T09:00Z', 'fulfilled')
    await insert(strange, zero, '2026-10-23T09:00Z', 'fulfilled')
  })

  it('is in order of start, beginning thirty days ago', async () => {
    expect(await startsIn()).toEqual(['10-24T09:00', '11-30T09:00', '11-30T10:00', '12-01T09:00'])
  })

  it('covers exactly the range asked for', async () => {
    const [from, to] = [new Date('2026-01-01'), new Date('2026-11-30T10:00Z')]
    expect(await startsIn({ from, to })).toEqual(['10-23T09:00', '10-24T09:00', '11-30T09:00'])
    expect(await startsIn({ from: to, to })).toEqual([])
  })

  it('can be filtered by doctor, patient, location and status together', async () => {
    const { rows } = await sql.query('select location_id from doctors where id = $1', [who])
    expect(await startsIn({ doctorId: who })).toEqual(['11-30T09:00'])
    expect(await startsIn({ locationId: Number(rows[0].location_id) })).toEqual(['11-30T09:00'])
    expect(await startsIn({ patientId: one })).toEqual(['11-30T09:00', '11-30T10:00'])
    expect(await startsIn({ patientId: one, status: 'cancelled' })).toEqual(['11-30T10:00'])
    expect(await startsIn({ patientId: one, doctorId: strange, status: 'booked' })).toEqual([])
    expect(await startsIn({ doctorId: 999_999 })).toEqual([])
  })

  it('shows patients and doctors only their own, whatever they ask for', async () => {
    const patient: Actor = { kind: 'patient', accountId: 1, patientIds: [one] }
    const doctor: Actor = { kind: 'doctor', accountId: 1, doctorId: who }
    expect(await startsIn({}, patient)).toEqual(['11-30T09:00', '11-30T10:00'])
    expect(await startsIn({ patientId: zero }, patient)).toEqual([])
    expect(await startsIn({}, doctor)).toEqual(['11-30T09:00'])
    expect(await startsIn({ doctorId: strange }, doctor)).toEqual([])
    expect(await startsIn({}, { ...patient, patientIds: [] })).toEqual([])
  })

  it('takes one trip', async () => {
    clinic.takeTrips()
    await search({ patientId: one, limit: 1 })
    expect(clinic.takeTrips()).toHaveLength(1)
  })
})

it('paging 6,000 appointments amid bookings and cancellations repeats and misses none', async () => {
  const [doctor, patient] = [await hireDoctor(sql), await registerPatient(sql)]
  // Every start occurs three times, so that pages end between equals.
  await sql.query(`alter table claims drop constraint claims_never_twice;
    create index claims_never_twice on claims using gist (resource_id, during) where during is not null`)
  await sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     select $1, $2, start_at, start_at + interval '10 minutes'
     from generate_series(0, 5999) n,
     lateral (select timestamptz '2027-01-01 00:00Z' + (n / 3) * interval '10 minutes' as start_at) at`,
    [doctor, patient],
  )
  const { rows } = await sql.query('select id::int from appointments where doctor_id = $1', [doctor])
  const seen = new Map<number, number>()
  let after: SearchAppointments['after']
  for (let page = 0; page === 0 || after; page++) {
    const found = await search({ doctorId: doctor, limit: 300, after })
    for (const { id } of found.appointments) seen.set(id, (seen.get(id) ?? 0) + 1)
    after = found.next ?? undefined
    const at = new Date(Date.parse('2027-01-01T00:03:00Z') + page * 16 * 3_600_000).toISOString()
    await insert(doctor, patient, at)
    await insert(doctor, patient, new Date(Date.parse(at) + 300 * 86_400_000).toISOString())
    await sql.query(`update appointments set status = 'cancelled' where id = $1`, [rows[page * 7].id])
  }
  expect([...seen.values()].filter((times) => times !== 1)).toEqual([])
  expect(rows.filter(({ id }) => !seen.has(id))).toEqual([])
})
