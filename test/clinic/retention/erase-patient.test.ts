import { readFile } from 'node:fs/promises'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { type Actor, personOf } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { KeyReused } from '../../../src/clinic/idempotency.ts'
import { liftLegalHold, placeLegalHold } from '../../../src/clinic/patients/legal-hold.ts'
import { eraseOwnData, erasePatient } from '../../../src/clinic/retention/erase-patient.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  beginSession,
  defineVisitType,
  hireDoctor,
  openAccount,
  openPatient,
  registerPatient,
} from '../../support/people.ts'
import { fingerprint } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql, context } = clinic
const now = new Date('2026-11-23T01:00:00Z')
const as = (actor?: Actor, at = now) => context({ now: at, ...(actor && { actor }) })
const admin: Actor = { kind: 'admin', accountId: 998 }

let doctorId: number
let patientId: number
let minutes = 0
beforeAll(async () => {
  doctorId = await hireDoctor(sql)
})
beforeEach(async () => {
  patientId = await registerPatient(sql, 'Siti Rahayu')
})

const times = () => {
  minutes += 30
  const start = now.getTime() + minutes * 60_000
  return { startAt: new Date(start).toISOString(), endAt: new Date(start + 1_800_000).toISOString() }
}
const book = () => appointmentOf(bookAppointment(as(), { doctorId, patientId, ...times() }))
const erase = (wishes = {}, ctx = as()) => erasePatient(ctx, { patientId, ...wishes })
const one = async (query: string, values: unknown[] = [patientId]) => (await sql.query(query, values)).rows[0]
const record = () => one('select * from patients where id = $1')

describe('erasing a patient', () => {
  it('takes one trip, tells it once, and is safe to repeat', async () => {
    clinic.takeTrips()
    clinic.takeHappenings()
    const first = await erase()
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(first).toMatchObject({ ok: true, patientId, erasedAt: now })
    expect(clinic.takeHappenings()).toEqual([
      { kind: 'patient.erased', patientId, at: now, actorKind: 'front_desk' },
    ])
    const before = await record()
    expect(await erase({}, as(undefined, new Date(now.getTime() + 60_000)))).toEqual(first)
    expect(await record()).toEqual(before)
    expect(clinic.takeHappenings()).toEqual([])
    const { rows } = await sql.query('select kind from patient_events where patient_id = $1', [patientId])
    expect(rows).toEqual([{ kind: 'patient.erased' }])
    const event = await one(
      `select kind, details from security_events where details ->> 'patient_id' = $1::text`,
    )
    expect(event).toEqual({ kind: 'data.erased', details: { patient_id: patientId } })
  })

  it('makes one change when it is asked for eight times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => erase()))
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, patientId })
    expect(await record()).toMatchObject({ version: 2, name: 'Erased patient', is_active: false })
    const { rows } = await sql.query('select kind from patient_events where patient_id = $1', [patientId])
    expect(rows).toEqual([{ kind: 'patient.erased' }])
  })

  it('takes the records that were merged with it, by either number', async () => {
    const former = await registerPatient(sql, 'Siti R.')
    await sql.query('update patients set moved_to_id = $2 where id = $1', [former, patientId])
    expect(await erasePatient(as(), { patientId: former })).toMatchObject({ ok: true, patientId })
    const { rows } = await sql.query('select name, erased_at from patients where id = any ($1)', [
      [former, patientId],
    ])
    expect(rows).toEqual([
      { name: 'Erased patient', erased_at: now },
      { name: 'Erased patient', erased_at: now },
    ])
  })

  it('is for the front desk and admins, and patients may not', async () => {
    await expect(erase({}, as(await openPatient(sql, [patientId])))).rejects.toThrow(Forbidden)
    await expect(erase({}, as({ kind: 'doctor', accountId: 997, doctorId }))).rejects.toThrow(Forbidden)
    await expect(erasePatient(as(), { patientId: 999_999 })).rejects.toThrow(NotFound)
  })
})

describe('appointments', () => {
  it('that are still to come stand in the way, unless they are to be cancelled', async () => {
    const { id } = await book()
    const held = await appointmentOf(holdSlot(as(), { doctorId, patientId, ...times() }))
    const refused = await erase()
    expect(refused).toMatchObject({ ok: false, refusal: 'has_future_appointments', appointments: [{ id }] })
    expect(await record()).toMatchObject({ name: 'Siti Rahayu', erased_at: null })
    clinic.takeHappenings()
    const erased = await erase({ cancelAppointments: true })
    expect(erased).toMatchObject({ ok: true, cancelledAppointmentIds: [id] })
    expect(clinic.takeHappenings()).toMatchObject([
      {
        kind: 'appointment.cancelled',
        appointmentId: id,
        before: { occupies: true },
        after: { occupies: false },
      },
      { kind: 'appointment.released', appointmentId: held.id },
      { kind: 'patient.erased', patientId },
    ])
    const { rows } = await sql.query(
      'select appointment_id::int, kind from events where appointment_id = any ($1) order by id',
      [[id, held.id]],
    )
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual([
      'appointment.booked',
      'appointment.cancelled',
      'appointment.held',
      'appointment.released',
    ])
    expect((await verifyEvents(context().db)).broken).toEqual([])
  })

  it('of someone who is here now stand in the way, and nothing is cancelled', async () => {
    const soon = await book()
    const today = await book()
    await checkIn(as(undefined, today.startAt), today.id)
    const refused = await erase({ cancelAppointments: true })
    expect(refused).toMatchObject({ ok: false, appointments: [{ id: today.id }] })
    expect(await one('select status from appointments where id = $1', [soon.id])).toEqual({
      status: 'booked',
    })
  })

  it('that a patient may no longer cancel online stand in the way, and the others stay too', async () => {
    const visitTypeId = await defineVisitType(sql, { name: 'With notice' })
    await sql.query('update visit_types set cancellation_notice_minutes = 60 where id = $1', [visitTypeId])
    await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, visitTypeId])
    const first = await book()
    const { startAt } = times()
    const late = await appointmentOf(bookAppointment(as(), { doctorId, patientId, visitTypeId, startAt }))
    const person = await openPatient(sql, [patientId])
    const at = new Date(Date.parse(startAt) - 50 * 60_000)
    const refused = await eraseOwnData(as(person, at), { patientId, cancelAppointments: true })
    expect(refused).toMatchObject({ refusal: 'has_future_appointments', appointments: [{ id: late.id }] })
    expect(await one('select status from appointments where id = $1', [first.id])).toEqual({
      status: 'booked',
    })
    expect(await erase({ cancelAppointments: true }, as(undefined, at))).toMatchObject({ ok: true })
  })

  it('that are past keep their times and status', async () => {
    const { id, startAt } = await book()
    await checkIn(as(undefined, startAt), id)
    await completeAppointment(as(undefined, startAt), id)
    const figures =
      'select status, start_at, doctor_id, visit_type_id, patient_id from appointments where id = $1'
    const before = await one(figures, [id])
    await erase({}, as(undefined, new Date(startAt.getTime() + 3_600_000)))
    expect(await one(figures, [id])).toEqual(before)
  })
})

it('nothing is booked or held for an erased patient, even at the same moment', async () => {
  const wish = () => ({ doctorId, patientId, ...times() })
  const racing = [...Array(6).keys()].map(() => bookAppointment(as(), wish()))
  const [erased, ...booked] = await Promise.allSettled([erase({ cancelAppointments: true }), ...racing])
  expect(erased).toMatchObject({ status: 'fulfilled', value: { ok: true } })
  for (const one of booked) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(NotFound)
  const { rows } = await sql.query(
    `select id from appointments where patient_id = $1 and status in ('booked', 'pending')`,
    [patientId],
  )
  expect(rows).toEqual([])
  await expect(bookAppointment(as(), wish())).rejects.toThrow(NotFound)
  await expect(holdSlot(as(), wish())).rejects.toThrow(NotFound)
  const { patientId: _, ...anyone } = wish()
  const browser = { id: 'a browser', addressHash: 'a network' }
  const source = { networkHash: 'a network', widerHash: null, place: null, device: null }
  const hold = await appointmentOf(holdSlot(context({ now, browser, source }), anyone))
  await expect(bookHold(as(), { holdId: hold.id, patientId })).rejects.toThrow(NotFound)
})

describe('a legal hold', () => {
  it('stops the erasure until an admin lifts it, and is in the history with its reason', async () => {
    await expect(placeLegalHold(as(), { patientId, reason: 'A court asked' })).rejects.toThrow(Forbidden)
    await placeLegalHold(as(admin), { patientId, reason: 'A court asked' })
    await placeLegalHold(as(admin), { patientId, reason: 'A court asked again' })
    expect(await erase({ cancelAppointments: true })).toEqual({ ok: false, refusal: 'on_legal_hold' })
    const { rows } = await sql.query(
      'select kind, before, after, reason from patient_events where patient_id = $1',
      [patientId],
    )
    expect(rows).toEqual([
      {
        kind: 'patient.corrected',
        before: { is_on_legal_hold: false },
        after: { is_on_legal_hold: true },
        reason: 'A court asked',
      },
    ])
    await liftLegalHold(as(admin), patientId)
    expect(await erase()).toMatchObject({ ok: true })
    await expect(placeLegalHold(as(admin), { patientId, reason: 'Too late' })).rejects.toThrow(NotFound)
  })

  it('of a record that was merged stops it too', async () => {
    const former = await registerPatient(sql)
    await sql.query('update patients set moved_to_id = $2, is_on_legal_hold = true where id = $1', [
      former,
      patientId,
    ])
    expect(await erase()).toEqual({ ok: false, refusal: 'on_legal_hold' })
  })
})

describe('the account', () => {
  it('of the person is closed, and the sessions end', async () => {
    const person = await openPatient(sql, [patientId])
    const accountId = personOf(person)?.accountId
    const { sessionHash } = await beginSession(sql, Number(accountId))
    const erased = await erase()
    expect(erased).toMatchObject({ ok: true, closedAccountIds: [accountId], endedSessions: [sessionHash] })
    const account = await one('select email, name, closed_at from accounts where id = $1', [accountId])
    expect(account).toMatchObject({ name: '', closed_at: now })
    expect(account.email).toMatch(/^closed-/)
  })

  it('that also acts for a child stays, without the person', async () => {
    const child = await registerPatient(sql, 'Dewi Kecil')
    const accountId = await openAccount(sql, { patientIds: [patientId, child], name: 'Siti Rahayu' })
    expect(await erase()).toMatchObject({ ok: true, closedAccountIds: [] })
    const { rows } = await sql.query('select patient_id::int from account_patients where account_id = $1', [
      accountId,
    ])
    expect(rows).toEqual([{ patient_id: child }])
    expect(await one('select name, closed_at from accounts where id = $1', [accountId])).toEqual({
      name: 'Siti Rahayu',
      closed_at: null,
    })
  })

  it('of someone who acts for the person only loses the link', async () => {
    const [parent] = [await registerPatient(sql)]
    const accountId = await openAccount(sql, { patientIds: [parent, patientId] })
    expect(await erase()).toMatchObject({ ok: true, closedAccountIds: [] })
    const { rows } = await sql.query('select patient_id::int from account_patients where account_id = $1', [
      accountId,
    ])
    expect(rows).toEqual([{ patient_id: parent }])
  })
})

describe('a person', () => {
  it('erases themself after a fresh sign-in', async () => {
    const person = await openPatient(sql, [patientId])
    const { sessionHash } = await beginSession(sql, Number(personOf(person)?.accountId))
    const at = (created: string) =>
      sql.query('update sessions set created_at = $2::timestamptz where token_hash = $1', [
        sessionHash,
        created,
      ])
    await sql.query(`update sessions set expires_at = 'infinity', last_seen_at = $2 where token_hash = $1`, [
      sessionHash,
      now,
    ])
    await at('2026-11-23T00:49:00Z')
    const ctx = context({ now, actor: person, sessionHash })
    expect(await eraseOwnData(ctx, { patientId })).toEqual({ ok: false, refusal: 'not_confirmed' })
    await at('2026-11-23T00:51:00Z')
    expect(await eraseOwnData(ctx, { patientId })).toMatchObject({ ok: true, patientId })
  })

  it('cannot erase a dependant, or anyone else', async () => {
    const person = await openPatient(sql, [await registerPatient(sql), patientId])
    await expect(eraseOwnData(as(person), { patientId })).rejects.toThrow(NotFound)
    const stranger = await openPatient(sql, [await registerPatient(sql)])
    await expect(eraseOwnData(as(stranger), { patientId })).rejects.toThrow(NotFound)
    expect(await record()).toMatchObject({ erased_at: null })
  })
})

it('an answer that was kept for a retry is emptied, and those about others stay', async () => {
  const desk = { kind: 'front_desk', accountId: await openAccount(sql, { role: 'front_desk' }) } as const
  const other = await registerPatient(sql, 'Budi Santoso')
  const keyed = (key: string) =>
    context({ now, actor: desk, idempotency: { key, fingerprint: fingerprint() } })
  const [ofPerson, ofOther] = [keyed('of the person'), keyed('of another')]
  const wish = { doctorId, patientId, ...times() }
  const others = { doctorId, patientId: other, ...times() }
  await bookAppointment(ofPerson, wish)
  const kept = await bookAppointment(ofOther, others)
  await erase({ cancelAppointments: true })
  expect(await bookAppointment(ofOther, others)).toEqual(kept)
  await expect(bookAppointment(ofPerson, wish)).rejects.toThrow(KeyReused)
})

it('many erasures within an hour raise an alarm', async () => {
  clinic.takeHappenings()
  const at = new Date('2035-01-01T00:30:00Z')
  for (let n = 0; n < 20; n++)
    await erasePatient(context({ now: at, requestId: `erasure ${n}` }), {
      patientId: await registerPatient(sql),
    })
  expect(clinic.takeHappenings().filter(({ kind }) => kind === 'alarm.raised')).toMatchObject([
    { kind: 'alarm.raised', what: 'data.erased', times: 20 },
  ])
})

it('the statement in docs/operations.md erases again after a restore', async () => {
  const held = await registerPatient(sql)
  await sql.query('update patients set is_on_legal_hold = true where id = $1', [held])
  await book()
  const text = await readFile('docs/operations.md', 'utf8')
  const [statement = ''] = /select id, erased ->> [^`]*/.exec(text) ?? []
  const { rows } = await sql.query(statement.replace('{17,23}', `{${patientId},${held}}`))
  expect(rows).toEqual([{ id: String(held), refusal: 'on_legal_hold' }])
  expect(await record()).toMatchObject({ name: 'Erased patient' })
})

it('the Worker’s database role erases only through the function, which leaves its events', async () => {
  const { db } = context()
  for (const statement of [
    `select empty_records(array[${patientId}::bigint], jsonb_populate_record(null::acting, '{}'))`,
    'update patient_events set before = null',
    'delete from patient_invitations',
  ])
    await expect(db.execute(statement)).rejects.toMatchObject({ cause: { code: '42501' } })
  expect(await record()).toMatchObject({ name: 'Siti Rahayu' })
})

it('removes the day notes that name them, by name, nickname or number, and no others', async () => {
  const locationId = Number(
    (await one('select location_id from doctors where id = $1', [doctorId])).location_id,
  )
  const write = (text: string) =>
    sql.query(
      `insert into day_notes (location_id, text, written_at, expires_at)
       values ($1, $2, $3::timestamptz, $3::timestamptz + interval '1 day')`,
      [locationId, text, now],
    )
  await sql.query(`update patients set called_name = 'Sítí', phone = '+6281211112222' where id = $1`, [
    patientId,
  ])
  for (const text of [
    'SITI RAHAYU comes through the side door',
    'Siti needs a chair',
    'Call +6281211112222 first',
    'The lift is out of order',
  ])
    await write(text)
  expect(await erase()).toMatchObject({ ok: true })
  const { rows } = await sql.query('select text from day_notes')
  expect(rows).toEqual([{ text: 'The lift is out of order' }])
})
