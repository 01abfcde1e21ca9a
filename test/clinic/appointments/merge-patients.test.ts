import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { mergePatients } from '../../../src/clinic/appointments/merge-patients.ts'
import { reassignAppointment } from '../../../src/clinic/appointments/reassign.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import { unmergePatients } from '../../../src/clinic/appointments/unmerge-patients.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { findPatients } from '../../../src/clinic/patients/find.ts'
import { setPatientFlag } from '../../../src/clinic/patients/flags.ts'
import { findPatient } from '../../../src/clinic/patients/record.ts'
import { registerPatient as register } from '../../../src/clinic/patients/register.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { anonymous, desk, doctor, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, untilBlocked } from '../../support/concurrency.ts'
import { hireDoctor, openAccount, openPatient, registerPatient } from '../../support/people.ts'
import { morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const day = 24 * 60 * 60 * 1000
const as = (actor: Actor = desk, now = morning) => clinic.context({ now, actor })
let doctorId = 0
let hour = 0

beforeAll(async () => {
  doctorId = await hireDoctor(sql)
})

/** A time of half an hour that nobody else has. */
const nextTime = () => new Date(morning.getTime() + ++hour * 3_600_000).toISOString()
const lasting = (startAt: string) => ({
  startAt,
  endAt: new Date(Date.parse(startAt) + 1_800_000).toISOString(),
})

async function book(patientId: number, startAt = nextTime(), of = doctorId): Promise<number> {
  const wish = { doctorId: of, patientId, ...lasting(startAt) }
  return (await appointmentOf(bookAppointment(as(), wish))).id
}

async function openTwo() {
  const [from, into] = [await registerPatient(sql, 'Siti Rahayu'), await registerPatient(sql, 'Siti Rahayu')]
  return { from, into }
}

const merge = (id: number, intoId: number, confirmed?: boolean) =>
  mergePatients(as(), { id, intoId, reason: 'Registered twice', confirmed })
const unmerge = (id: number, now = morning) => unmergePatients(as(desk, now), { id })

async function ownerOf(appointmentId: number): Promise<number> {
  const { rows } = await sql.query('select patient_id::int from appointments where id = $1', [appointmentId])
  return rows[0].patient_id
}

async function recordOf(id: number) {
  const { rows } = await sql.query(
    'select *, moved_to_id::int, birth_date::text from patients where id = $1',
    [id],
  )
  return rows[0]
}

async function linksOf(patientId: number) {
  const { rows } = await sql.query(
    'select account_id::int as account, relation from account_patients where patient_id = $1 order by account_id',
    [patientId],
  )
  return rows
}

const eventsOf = async (patientId: number) =>
  (
    await sql.query(
      'select kind, before, after, reason from patient_events where patient_id = $1 order by id',
      [patientId],
    )
  ).rows
const set = (id: number, columns: string, ...values: unknown[]) =>
  sql.query(`update patients set ${columns} where id = $1`, [id, ...values])

describe('a merge', () => {
  it('moves every appointment, each with an event, and the old id names the other record', async () => {
    const { from, into } = await openTwo()
    const [booked, cancelled] = [await book(from), await book(from)]
    await cancelAppointment(as(), { id: cancelled, reason: 'Snow' })
    const own = await book(into)
    clinic.takeHappenings()
    const merged = await merge(from, into)
    expect(merged).toMatchObject({
      ok: true,
      merge: { fromId: from, intoId: into, appointmentIds: [booked, cancelled], undoneAt: null },
    })
    expect(await Promise.all([booked, cancelled, own].map(ownerOf))).toEqual([into, into, into])
    const history = await findEvents(as(), booked)
    expect(history.at(-1)).toMatchObject({
      number: 2,
      kind: 'appointment.reassigned',
      reason: 'Registered twice',
      before: { patient_id: from, status: 'booked' },
      after: { patient_id: into, status: 'booked' },
    })
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.reassigned', appointmentId: booked, patientId: into, formerPatientId: from },
      { kind: 'appointment.reassigned', appointmentId: cancelled, after: { occupies: false } },
      { kind: 'patient.merged', patientId: from, intoId: into },
    ])
    expect(await recordOf(from)).toMatchObject({ moved_to_id: into, version: 2 })
    expect(await eventsOf(from)).toEqual([
      {
        kind: 'patient.merged',
        before: { moved_to_id: null },
        after: { moved_to_id: into },
        reason: 'Registered twice',
      },
    ])
    expect(await eventsOf(into)).toMatchObject([{ kind: 'patient.merged', after: { from_id: from } }])
  })

  it('again is the same answer, and changes nothing', async () => {
    const { from, into } = await openTwo()
    const first = await merge(from, into)
    clinic.takeHappenings()
    expect(await merge(from, into)).toEqual(first)
    expect(clinic.takeHappenings()).toEqual([])
    expect(await eventsOf(into)).toHaveLength(1)
  })

  it('fills the fields that are empty, and keeps the others', async () => {
    const { from, into } = await openTwo()
    await set(
      from,
      `phone = '+6281111111111', address = 'Jl. Menteng 1', languages = '{id}', is_deceased = true`,
    )
    await set(into, `phone = '+6282222222222'`)
    expect(await merge(from, into)).toMatchObject({
      ok: true,
      merge: { filled: ['address', 'is_deceased', 'languages'] },
    })
    const filled = { phone: '+6282222222222', address: 'Jl. Menteng 1', languages: ['id'], is_deceased: true }
    expect(await recordOf(into)).toMatchObject({ ...filled, version: 2 })
    expect(await eventsOf(into)).toMatchObject([
      { before: { address: null, languages: [] }, after: { address: 'Jl. Menteng 1', languages: ['id'] } },
    ])
  })

  it('moves the links of accounts; who is the person themselves stays that', async () => {
    const { from, into } = await openTwo()
    const parent = await openAccount(sql, { patientIds: [await registerPatient(sql), into] })
    await sql.query(`insert into account_patients values ($1, $2, 'self')`, [parent, from])
    const own = await openAccount(sql, { patientIds: [from] })
    const other = await openAccount(sql, { patientIds: [into] })
    await merge(from, into)
    expect(await linksOf(from)).toEqual([])
    expect(await linksOf(into)).toEqual([
      { account: parent, relation: 'self' },
      { account: own, relation: 'self' },
      { account: other, relation: 'self' },
    ])
    await unmerge(from)
    expect(await linksOf(from)).toEqual([
      { account: parent, relation: 'self' },
      { account: own, relation: 'self' },
    ])
    expect(await linksOf(into)).toEqual([
      { account: parent, relation: 'dependant' },
      { account: other, relation: 'self' },
    ])
  })

  it('takes along what had been merged into the record that goes', async () => {
    const { from: a, into: b } = await openTwo()
    const c = await registerPatient(sql)
    const ofA = await book(a)
    await merge(a, b)
    await merge(b, c)
    expect(await recordOf(a)).toMatchObject({ moved_to_id: c })
    expect(await ownerOf(ofA)).toBe(c)
    expect(await unmerge(a)).toEqual({ ok: false, refusal: 'already_merged' })
    await unmerge(b)
    expect(await recordOf(a)).toMatchObject({ moved_to_id: b })
    expect(await ownerOf(ofA)).toBe(b)
    await unmerge(a)
    expect(await ownerOf(ofA)).toBe(a)
  })

  it('takes the open hold along, and lets an expired one go', async () => {
    const { from, into } = await openTwo()
    const [open, expired] = [nextTime(), nextTime()]
    const hold = async (startAt: string, now = morning) =>
      (await appointmentOf(holdSlot(as(desk, now), { doctorId, patientId: from, ...lasting(startAt) }))).id
    const gone = await hold(expired, new Date(morning.getTime() - 3_600_000))
    const held = await hold(open)
    expect(await merge(from, into)).toMatchObject({ ok: true, merge: { appointmentIds: [held] } })
    expect(await Promise.all([held, gone].map(ownerOf))).toEqual([into, from])
    expect(await bookHold(as(), { holdId: held })).toMatchObject({
      ok: true,
      appointment: { patient: { id: into } },
    })
  })
})

describe('a merge is refused', () => {
  it('when both have an appointment at one time, and names the two', async () => {
    const { from, into } = await openTwo()
    const elsewhere = await hireDoctor(sql)
    const startAt = nextTime()
    const [one, other] = [await book(from, startAt), await book(into, startAt, elsewhere)]
    const answer = await merge(from, into, true)
    expect(answer).toMatchObject({
      ok: false,
      refusal: 'appointments_overlap',
      overlap: [
        { id: one, doctor: { id: doctorId } },
        { id: other, doctor: { id: elsewhere } },
      ],
    })
    expect(await ownerOf(one)).toBe(from)
    await cancelAppointment(as(), { id: other, reason: 'Booked twice' })
    expect(await merge(from, into)).toMatchObject({ ok: true })
  })

  it('until it is confirmed, when they differ in what one person has once', async () => {
    const { from, into } = await openTwo()
    const known = (id: number, issuer: string, value: string) =>
      sql.query('insert into patient_identifiers values ($1, $2, $3)', [id, issuer, value])
    await known(from, 'nik', '3171234567890001')
    await known(into, 'nik', '3171234567890002')
    await known(from, 'record', 'A1')
    await known(into, 'record', 'A2')
    await set(from, `birth_date = '1990-05-17'`)
    await set(into, `birth_date = '1990-05-18'`)
    const differing = ['birth_date', 'nik']
    expect(await merge(from, into)).toEqual({ ok: false, refusal: 'records_differ', differing })
    expect(await recordOf(from)).toMatchObject({ moved_to_id: null, version: 1 })
    expect(await merge(from, into, true)).toMatchObject({ ok: true })
  })

  it('into itself, into or of a merged record, and of an erased one', async () => {
    const { from, into } = await openTwo()
    const [third, erased] = [await registerPatient(sql), await registerPatient(sql)]
    await set(erased, 'erased_at = now()')
    await merge(from, into)
    const isMerged = { ok: false, refusal: 'already_merged', movedToId: into }
    expect(await merge(into, into)).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { intoId: 'same_record' },
    })
    expect(await merge(from, third)).toEqual(isMerged)
    expect(await merge(third, from)).toEqual(isMerged)
    expect(await merge(into, from)).toEqual(isMerged)
    expect(await merge(erased, third)).toEqual({ ok: false, refusal: 'patient_erased' })
    expect(await merge(third, erased)).toEqual({ ok: false, refusal: 'patient_erased' })
    await expect(merge(third, 999_999)).rejects.toThrow(NotFound)
    await expect(merge(999_999, third)).rejects.toThrow(NotFound)
  })

  it.each<[string, () => Actor, new () => Error]>([
    ['a stranger', () => anonymous, NotSignedIn],
    ['a patient', () => patient(1), Forbidden],
    ['a doctor', () => ({ ...doctor, doctorId }) as Actor, Forbidden],
  ])('to %s, as are its undoing and a change of patient', async (_, actor, error) => {
    const { from, into } = await openTwo()
    await expect(mergePatients(as(actor()), { id: from, intoId: into })).rejects.toThrow(error)
    await expect(unmergePatients(as(actor()), { id: from })).rejects.toThrow(error)
    const wish = { id: await book(from), patientId: into, reason: 'Wrong sister' }
    await expect(reassignAppointment(as(actor()), wish)).rejects.toThrow(error)
  })
})

describe('undoing a merge', () => {
  it('gives back what moved and is still the person’s, and leaves what was booked since', async () => {
    const { from, into } = await openTwo()
    const other = await registerPatient(sql)
    const [kept, cancelled, moved, split] = [
      await book(from),
      await book(from),
      await book(from),
      await book(from),
    ]
    await merge(from, into)
    const since = await book(into)
    await cancelAppointment(as(), { id: cancelled, reason: 'Ill' })
    await rescheduleAppointment(as(), { id: moved, startAt: nextTime() })
    await reassignAppointment(as(), { id: split, patientId: other, reason: 'Her sister' })
    clinic.takeHappenings()
    expect(await unmerge(from)).toMatchObject({ ok: true, appointmentIds: [kept, cancelled, moved] })
    expect(await Promise.all([kept, cancelled, moved, since, split].map(ownerOf))).toEqual([
      from,
      from,
      from,
      into,
      other,
    ])
    expect(clinic.takeHappenings().map(({ kind }) => kind)).toEqual([
      ...Array(3).fill('appointment.reassigned'),
      'patient.unmerged',
    ])
    expect(await recordOf(from)).toMatchObject({ moved_to_id: null, version: 3 })
    expect((await eventsOf(into)).map(({ kind }) => kind)).toEqual(['patient.merged', 'patient.unmerged'])
    expect((await eventsOf(from)).map(({ kind }) => kind)).toEqual(['patient.merged', 'patient.unmerged'])
    expect(await unmerge(from)).toMatchObject({ ok: true, appointmentIds: [] })
  })

  it('empties the fields that it filled, unless they were corrected since', async () => {
    const { from, into } = await openTwo()
    await set(
      from,
      `phone = '+6281111111111', birth_date = '2015-05-17', is_deceased = true, languages = '{id}'`,
    )
    const parent = await openAccount(sql, { patientIds: [await registerPatient(sql), into] })
    await merge(from, into)
    const endsOn = async () =>
      (
        await sql.query(
          'select ends_on::text from account_patients where account_id = $1 and patient_id = $2',
          [parent, into],
        )
      ).rows[0].ends_on
    expect(await endsOn()).toBe('2033-05-17')
    await set(into, `phone = '+6283333333333'`)
    await unmerge(from)
    const empty = { birth_date: null, is_deceased: false, languages: [] }
    expect(await recordOf(into)).toMatchObject({ ...empty, phone: '+6283333333333' })
    expect(await recordOf(from)).toMatchObject({ phone: '+6281111111111', birth_date: '2015-05-17' })
    expect(await endsOn()).toBeNull()
  })

  it('gives back no link that was removed since, and keeps one that another merge brought too', async () => {
    const { from, into } = await openTwo()
    const third = await registerPatient(sql)
    const [removed, family] = [
      await openAccount(sql, { patientIds: [from] }),
      await openAccount(sql, { patientIds: [from, third] }),
    ]
    await merge(from, into)
    await merge(third, into)
    await sql.query('delete from account_patients where account_id = $1', [removed])
    await unmerge(from)
    expect(await linksOf(from)).toEqual([{ account: family, relation: 'self' }])
    expect(await linksOf(into)).toMatchObject([{ account: family }])
  })

  it('is possible for 30 days', async () => {
    const { from, into } = await openTwo()
    await merge(from, into)
    expect(await unmerge(from, new Date(morning.getTime() + 30 * day))).toEqual({
      ok: false,
      refusal: 'undo_expired',
    })
    expect(await unmerge(from, new Date(morning.getTime() + 30 * day - 1))).toMatchObject({ ok: true })
  })

  it('is refused when a record was erased, and when there was no merge', async () => {
    const { from, into } = await openTwo()
    await merge(from, into)
    await set(into, 'erased_at = now()')
    expect(await unmerge(from)).toEqual({ ok: false, refusal: 'patient_erased' })
    await expect(unmerge(into)).rejects.toThrow(NotFound)
  })
})

describe('after a merge', () => {
  it('whoever names the old record books for the other, and finds it', async () => {
    const { from, into } = await openTwo()
    const self = await openPatient(sql, [from])
    const before = await book(from)
    await merge(from, into)
    // The Worker may remember for a minute whom an account acts for.
    const booked = bookAppointment(as(self), { doctorId, ...lasting(nextTime()) })
    expect(await booked).toMatchObject({ ok: true, appointment: { patient: { id: into } } })
    const held = await appointmentOf(holdSlot(as(self), { doctorId, ...lasting(nextTime()) }))
    expect(held.patient?.id).toBe(into)
    expect(await bookHold(as(self), { holdId: held.id })).toMatchObject({ ok: true })
    expect(await cancelAppointment(as(self), { id: before })).toMatchObject({ ok: true })
  })

  it('the old id answers with the other record, in lists too', async () => {
    const { from, into } = await openTwo()
    const [self, id] = [await openPatient(sql, [from]), await book(from)]
    await merge(from, into)
    const own = { ...self, patientIds: [into] } as Actor
    expect(await findPatient(as(), from)).toMatchObject({ id: into, movedToId: null })
    expect(await findPatient(as(own), from)).toMatchObject({ id: into })
    expect(await findPatient(as({ ...doctor, doctorId } as Actor), from)).toMatchObject({ id: into })
    await expect(findPatient(as(patient(await registerPatient(sql))), from)).rejects.toThrow(NotFound)
    const { appointments } = await searchAppointments(as(), { patientId: from, limit: 10 })
    expect(appointments.map((one) => one.id)).toEqual([id])
    const { patients } = await findPatients(as(), { limit: 100, after: from - 1 })
    expect(patients.map((one) => one.id)).toContain(into)
    expect(patients.map((one) => one.id)).not.toContain(from)
  })

  it('who is about to be registered again is warned of the record that stays', async () => {
    const { from, into } = await openTwo()
    await set(from, `phone = '+6285555555555'`)
    await set(into, `phone = '+6286666666666'`)
    await merge(from, into)
    expect(await register(as(), { name: 'Siti', phone: '+6285555555555' })).toMatchObject({
      refusal: 'may_exist',
      candidates: [{ id: into }],
    })
  })

  it('nobody can be booked twice through the old id', async () => {
    const { from, into } = await openTwo()
    const startAt = nextTime()
    await book(into, startAt)
    await merge(from, into)
    const wish = { doctorId: await hireDoctor(sql), patientId: from, ...lasting(startAt) }
    expect(await bookAppointment(as(), wish)).toMatchObject({ ok: false, refusal: 'patient_busy' })
  })
})

it('a booking for a record that is being merged waits, and follows it', async () => {
  const { from, into } = await openTwo()
  const client = await sql.connect()
  await client.query('begin')
  await client.query(`select pg_advisory_xact_lock(hashtext('merges'))`)
  const booking = book(from)
  await untilBlocked(sql, 1)
  await client.query('update patients set moved_to_id = $2 where id = $1', [from, into])
  await client.query('commit')
  client.release()
  expect(await ownerOf(await booking)).toBe(into)
})

it('of many merges of one record at once, into many, one succeeds', async () => {
  const from = await registerPatient(sql)
  const others = await Promise.all(Array.from({ length: 8 }, () => registerPatient(sql)))
  const answers = await atOnce(8, (n) => merge(from, others[n] as number))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
})

describe('giving an appointment to another patient', () => {
  const give = (id: number, patientId: number, version?: number, now = morning) =>
    reassignAppointment(as(desk, now), { id, patientId, reason: 'Wrong sister', version })

  it('changes its patient in place, with an event', async () => {
    const { from, into } = await openTwo()
    const id = await book(from)
    clinic.takeHappenings()
    expect(await give(id, into, 1)).toMatchObject({
      ok: true,
      appointment: { id, version: 2, status: 'booked', patient: { id: into } },
    })
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.reassigned', version: 2, patientId: into, formerPatientId: from },
    ])
    expect((await findEvents(as(), id)).at(-1)).toMatchObject({ reason: 'Wrong sister' })
    expect(await give(id, into, 1)).toMatchObject({ ok: true, appointment: { version: 2 } })
    expect(clinic.takeHappenings()).toEqual([])
  })

  it('is refused where the other patient is busy, and names what they have', async () => {
    const { from, into } = await openTwo()
    const startAt = nextTime()
    const id = await book(from, startAt)
    const conflict = await book(into, startAt, await hireDoctor(sql))
    expect(await give(id, into)).toMatchObject({
      ok: false,
      refusal: 'patient_busy',
      conflict: { id: conflict },
    })
    expect(await ownerOf(id)).toBe(from)
  })

  it('follows a merge of the patient that it names', async () => {
    const { from, into } = await openTwo()
    await merge(from, into)
    const id = await book(await registerPatient(sql))
    expect(await give(id, from)).toMatchObject({ ok: true, appointment: { patient: { id: into } } })
  })

  it('is refused for whoever is no longer a patient, unless it is over; and always for the erased', async () => {
    const { from, into } = await openTwo()
    const startAt = nextTime()
    const id = await book(from, startAt)
    await set(into, 'is_active = false')
    expect(await give(id, into)).toEqual({ ok: false, refusal: 'patient_inactive' })
    await set(into, 'is_active = true, is_deceased = true')
    expect(await give(id, into)).toEqual({ ok: false, refusal: 'patient_inactive' })
    expect(await give(id, into, undefined, new Date(Date.parse(startAt) + day))).toMatchObject({ ok: true })
    await set(from, 'erased_at = now()')
    expect(await give(id, from)).toEqual({ ok: false, refusal: 'patient_erased' })
  })

  it('is refused for a hold, for another version and for nobody', async () => {
    const { from, into } = await openTwo()
    const hold = await appointmentOf(holdSlot(as(), { doctorId, patientId: from, ...lasting(nextTime()) }))
    expect(await give(hold.id, into)).toEqual({ ok: false, refusal: 'wrong_status' })
    const id = await book(from)
    expect(await give(id, into, 7)).toEqual({ ok: false, refusal: 'stale' })
    await expect(give(id, 999_999)).rejects.toThrow(NotFound)
    await expect(give(999_999, into)).rejects.toThrow(NotFound)
  })
})

it('leaves every chain of events sound', async () => {
  const { checked, broken } = await verifyEvents(as().db)
  expect(broken).toEqual([])
  expect(checked).toBeGreaterThan(50)
})

it('flags go along with a merge, and back: those that were copied do not stay', async () => {
  const { from, into } = await openTwo()
  const flag = (patientId: number, name: 'balance' | 'form_missing' | 'interpreter') =>
    setPatientFlag(as(), { patientId, flag: name, isSet: true })
  const flagsOf = async (id: number) => {
    const { rows } = await sql.query('select flag from patient_flags where patient_id = $1 order by flag', [
      id,
    ])
    return rows.map((row) => row.flag)
  }
  await flag(from, 'interpreter')
  await flag(from, 'balance')
  await setPatientFlag(as(desk, new Date(morning.getTime() + 1)), {
    patientId: into,
    flag: 'balance',
    isSet: true,
  })
  await merge(from, into)
  await setPatientFlag(as(), { patientId: from, flag: 'form_missing', isSet: true })
  expect(await flagsOf(into)).toEqual(['balance', 'form_missing', 'interpreter'])
  await unmerge(from)
  expect(await flagsOf(from)).toEqual(['balance', 'interpreter'])
  expect(await flagsOf(into)).toEqual(['balance', 'form_missing'])
})
