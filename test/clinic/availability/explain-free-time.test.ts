import { beforeAll, describe, expect, it } from 'vitest'
import { explainFreeTime } from '../../../src/clinic/availability/explain-free-time.ts'
import type { ExplainWish } from '../../../src/clinic/availability/explanation.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { desk } from '../../support/actors.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday; the doctor works on Tuesday. */
const now = new Date('2026-11-30T10:24+07:00')
const on = '2026-12-01'
const tuesday = (opensAt: string, closesAt: string) => ({ weekdays: [2], opensAt, closesAt })
const admin: Actor = { kind: 'admin', accountId: 1 }
let [doctorId, visitTypeId, locationId] = [0, 0, 0]
let appointmentId = 0

async function explain(wish: Partial<ExplainWish> = {}, actor: Actor = admin, at = now) {
  const ctx = clinic.context({ actor, now: at })
  const found = await explainFreeTime(ctx, { doctorId, visitTypeId, on, ...wish })
  if (!found.ok) throw new Error(JSON.stringify(found.faults))
  return found.explanation
}

const clock = ({ startLocal, endLocal }: { startLocal: string; endLocal: string }) =>
  `${startLocal.slice(11)}–${endLocal.slice(11)}`

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql, {
    name: 'With a room',
    bufferAfter: 10,
    notice: 1440,
    horizonDays: 60,
    dailyCap: 12,
  })
  const short = await defineVisitType(sql, { name: 'Follow-up', minutes: 15, mode: 'phone' })
  doctorId = await hireDoctor(sql, {
    hours: [tuesday('08:00', '12:00'), tuesday('16:00', '20:00')],
    visitTypes: [visitTypeId, short],
  })
  locationId = await locationOf(sql, doctorId)
  const room = await addResource(sql, locationId)
  await sql.query(
    `insert into visit_type_needs (visit_type_id, type, kinds) values ($1, 'room', '{consultation}')`,
    [visitTypeId],
  )
  await sql.query(
    `insert into time_off (doctor_id, kind, reason, starts_at, ends_at)
     values ($1, 'block', 'Seminar', '2026-12-01T10:00', '2026-12-01T12:00')`,
    [doctorId],
  )
  await sql.query(
    `insert into closures (location_id, reason, starts_at, ends_at)
     values ($1, 'Generator test', '2026-12-01T18:00', '2026-12-02T00:00')`,
    [locationId],
  )
  const patientId = await registerPatient(sql, 'Budi Santoso')
  for (const [from, to] of [
    ['08:00', '09:00'],
    ['16:00', '16:30'],
    ['16:40', '17:10'],
    ['17:20', '17:35'],
  ]) {
    const { rows } = await sql.query(
      `insert into appointments
         (doctor_id, location_id, patient_id, visit_type_id, start_at, end_at, buffer_after_minutes)
       values ($1, $2, $3, $4, $5, $6, 10) returning id`,
      [doctorId, locationId, patientId, visitTypeId, `${on}T${from}+07:00`, `${on}T${to}+07:00`],
    )
    appointmentId ||= Number(rows[0].id)
  }
  const colleague = await hireDoctor(sql)
  await sql.query(`update doctors set name = 'Dr. Vogel' where id = $1`, [colleague])
  const elsewhere = await insertAppointment(sql, { doctorId: colleague, startAt: `${on}T09:30+07:00` })
  await sql.query(
    `insert into claims (appointment_id, resource_id, part, during) values ($1, $2, 'room', tstzrange($3, $4))`,
    [elsewhere, room, `${on}T09:30+07:00`, `${on}T10:00+07:00`],
  )
})

describe('what each rule leaves of a day', () => {
  it('is counted rule by rule, with what it took', async () => {
    const { rules, free, stoppedBy } = await explain()
    expect(stoppedBy).toBeNull()
    expect(rules.map(({ rule, minutes, taken }) => [rule, minutes, taken.map(clock).join(' ')])).toEqual([
      ['hours', 480, ''],
      ['time_off', 360, '10:00–12:00'],
      ['closures', 240, '18:00–20:00'],
      ['appointments', 105, '08:00–09:00 16:00–16:30 16:40–17:10 17:20–17:35'],
      ['buffers', 65, '09:00–09:10 16:30–16:40 17:10–17:20 17:35–17:45'],
      ['travel', 65, ''],
      ['needs', 35, '09:30–10:00'],
      ['past', 35, ''],
      ['notice', 15, '09:10–09:30'],
      ['horizon', 15, ''],
      ['cap', 15, ''],
      ['grid', 0, '17:45–18:00'],
    ])
    expect(free).toEqual([])
  })

  it('says what would be free without one rule', async () => {
    const { rules } = await explain()
    expect(Object.fromEntries(rules.map(({ rule, without }) => [rule, without]))).toMatchObject({
      hours: null,
      time_off: { times: 5, firstLocal: `${on}T10:30` },
      closures: { times: 8, firstLocal: `${on}T17:45` },
      appointments: { times: 7, firstLocal: `${on}T16:00` },
      buffers: { times: 0, firstLocal: null },
      grid: null,
    })
  })

  it('names the causes, the next free time and what fits instead', async () => {
    const { rules, next, instead, terms } = await explain()
    const causes = rules.flatMap(({ causes }) => causes)
    expect(causes.map((one) => [one.rule, one.name, clock(one), one.doctor])).toEqual([
      ['hours', null, '08:00–12:00', null],
      ['hours', null, '16:00–20:00', null],
      ['time_off', 'Seminar', '10:00–12:00', null],
      ['closures', 'Generator test', '18:00–00:00', null],
      ['appointments', 'Budi Santoso', '08:00–09:00', null],
      ['appointments', 'Budi Santoso', '16:00–16:30', null],
      ['appointments', 'Budi Santoso', '16:40–17:10', null],
      ['appointments', 'Budi Santoso', '17:20–17:35', null],
      ['needs', 'Room 1', '09:30–10:00', 'Dr. Vogel'],
    ])
    expect(next?.startLocal).toBe('2026-12-08T08:00')
    expect(instead).toEqual([{ id: expect.any(Number), name: 'Follow-up', startLocal: `${on}T09:15` }])
    expect(terms).toMatchObject({
      minutes: 30,
      booked: 4,
      earliestLocal: `${on}T10:24`,
      lastDay: '2027-01-29',
    })
  })

  it('ends with the times that are free', async () => {
    const { rules, free } = await explain({ on: '2026-12-08' })
    expect(free.map(({ startLocal }) => startLocal.slice(11))).toHaveLength(30)
    expect(rules.at(-1)).toMatchObject({ rule: 'grid', minutes: 480 })
  })

  it.each([
    ['a day without hours', { on: '2026-12-02' }, 'hours'],
    ['a day beyond the horizon', { on: '2027-02-02' }, 'horizon'],
    ['a day that is over', { on: '2026-11-24' }, 'past'],
  ])('stops at the rule that takes the last minute: %s', async (_, wish, rule) => {
    const { rules } = await explain(wish)
    const at = rules.findIndex((one) => one.rule === rule)
    expect(rules[at]).toMatchObject({ minutes: 0 })
    expect(rules.slice(at + 1).every(({ minutes, without }) => minutes === null && without === null)).toBe(
      true,
    )
  })

  it('does not hold the notice against the front desk', async () => {
    const { rules } = await explain({ by: 'front_desk' })
    expect(rules.find(({ rule }) => rule === 'notice')).toMatchObject({ minutes: 35, taken: [] })
  })
})

describe('no rule is reached', () => {
  it.each([
    ['not_offered', 'delete from doctor_visit_types where doctor_id = $1 and visit_type_id = $2'],
    ['front_desk_only', 'update visit_types set bookable_online = false where id = $2 and $1::bigint > 0'],
    ['visit_type_withdrawn', 'update visit_types set is_active = false where id = $2 and $1::bigint > 0'],
    ['sessions_only', 'update visit_types set capacity = 4 where id = $2 and $1::bigint > 0'],
    ['doctor_retired', 'update doctors set is_active = false where id = $1 and $2::bigint > 0'],
  ])('%s', async (stop, change) => {
    const own = await defineVisitType(sql, { name: `Stopped: ${stop}` })
    const doctor = await hireDoctor(sql, { visitTypes: [own] })
    await sql.query(change, [doctor, own])
    const { stoppedBy, rules, free } = await explain({ doctorId: doctor, visitTypeId: own })
    expect(stoppedBy).toBe(stop)
    expect(rules.every(({ minutes }) => minutes === null)).toBe(true)
    expect(free).toEqual([])
  })
})

describe('an account that is bound to locations', () => {
  it('does not know the doctors of others', async () => {
    const bound: Actor = { kind: 'front_desk', accountId: 1, locationIds: [locationId + 1000] }
    await expect(explain({}, bound)).rejects.toThrow('doctor')
  })

  it('sees no names of appointments elsewhere', async () => {
    const own = await locationOf(sql, await hireDoctor(sql))
    await sql.query('insert into doctor_locations (doctor_id, location_id) values ($1, $2)', [doctorId, own])
    const { rules } = await explain({}, { kind: 'front_desk', accountId: 1, locationIds: [own] })
    const booked = rules.flatMap(({ causes }) => causes).filter(({ rule }) => rule === 'appointments')
    expect(booked.map(({ id, name }) => [id, name])).toEqual(Array(4).fill([null, null]))
    const all = await explain({}, desk)
    expect(
      all.rules.flatMap(({ causes }) => causes).find(({ rule }) => rule === 'appointments'),
    ).toMatchObject({
      id: appointmentId,
    })
  })
})
