import { beforeAll, describe, expect, it } from 'vitest'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { exportPatient } from '../../src/clinic/patients/export.ts'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openDesk,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const ask = asking(origin, '')
let [desk, yoga, doctor] = ['', 0, 0]
let days = 0

beforeAll(async () => {
  yoga = await defineVisitType(sql, { name: 'Yoga', minutes: 60, capacity: 2 })
  doctor = await hireDoctor(sql, { visitTypes: [yoga, await defineVisitType(sql)] })
  desk = await openDesk(sql)
})

/** Ten o'clock on a day that no other test uses. */
const nextDay = (time = '10:00') => {
  const day = new Date(Date.UTC(2031, 0, 1 + days++)).toISOString().slice(0, 10)
  return `${day}T${time}:00+07:00`
}

interface Session {
  id: number
  start_at: string
  places_left: number
  participants: { id: number; patient_id: number; status: string; session_id: number; start_at: string }[]
}
interface Booked {
  id: number
  start_at: string
  status: string
  session_id: number
}

async function newSession(wish: Record<string, unknown> = {}): Promise<Session> {
  const session = { doctor_id: doctor, visit_type_id: yoga, start_at: nextDay(), ...wish }
  const { status, body } = await ask('POST', '/sessions', { session }, desk)
  expect({ status, body }).toMatchObject({ status: 201 })
  return body.session as Session
}

async function newPatient() {
  const id = await registerPatient(sql, `Patient ${Math.random()}`)
  return { id, key: await giveKey(sql, await openAccount(sql, { patientIds: [id] })) }
}

const join = (session: number, patient: number) =>
  ask('POST', '/appointments', { appointment: { session_id: session, patient_id: patient } }, desk)

async function participate(session: number, patient?: number): Promise<Booked> {
  const { status, body } = await join(session, patient ?? (await registerPatient(sql)))
  expect({ status, body }).toMatchObject({ status: 201 })
  return body.appointment as Booked
}

const look = async (session: number) =>
  (await ask('GET', `/sessions/${session}`, undefined, desk)).body.session as Session
const lookAt = async (appointment: number) =>
  (await ask('GET', `/appointments/${appointment}`, undefined, desk)).body.appointment as Booked
const patch = (id: number, appointment: object, key = desk) =>
  ask('PATCH', `/appointments/${id}`, { appointment }, key)
const cancel = (path: string, key = desk) =>
  ask('POST', `${path}/cancellation`, { cancellation: { reason: 'Snow' } }, key)

describe('A session', () => {
  it('takes the doctor once, and tells everyone how many places are left, but not who has them', async () => {
    const { id, start_at } = await newSession({ capacity: 8 })
    await participate(id)
    const { body } = await ask('GET', `/sessions?doctor_id=${doctor}&visit_type_id=${yoga}&from=${start_at}`)
    const shown = (body.sessions as Session[])[0]
    expect(shown).toMatchObject({ id, capacity: 8, places_left: 7 })
    expect(shown).not.toHaveProperty('participants')
    const single = { doctor_id: doctor, patient_id: await registerPatient(sql), start_at, end_at: null }
    const wish = { ...single, end_at: new Date(Date.parse(start_at) + 30 * 60_000).toISOString() }
    const taken = await ask('POST', '/appointments', { appointment: wish }, desk)
    expect(taken.body.code).toBe('slot_taken')
  })

  it('is only set up for a group, and a group is only booked in a session', async () => {
    const single = await defineVisitType(sql)
    const wish = { doctor_id: doctor, visit_type_id: single, start_at: nextDay() }
    expect((await ask('POST', '/sessions', { session: wish }, desk)).body.code).toBe('not_a_group')
    const patient = await newPatient()
    const asked = { appointment: { doctor_id: doctor, visit_type_id: yoga, start_at: nextDay() } }
    expect((await ask('POST', '/appointments', asked, patient.key)).body.code).toBe('session_needed')
    const slots = await ask('GET', `/slots?visit_type_id=${yoga}`)
    expect(slots.body.code).toBe('not_offered')
  })

  it('is full for the third of two, who gets the next session with a place', async () => {
    const [first, second] = [await newSession(), await newSession()]
    await participate(first.id)
    await participate(first.id)
    const { status, body } = await join(first.id, await registerPatient(sql))
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'session_full' })
    expect((body.next_sessions as Session[]).map(({ id }) => id)).toContain(second.id)
  })

  it('has one place for a patient', async () => {
    const [{ id }, patient] = [await newSession(), await newPatient()]
    await participate(id, patient.id)
    expect((await join(id, patient.id)).body.code).toBe('patient_busy')
    expect((await look(id)).places_left).toBe(1)
  })

  it('gives a place back when someone cancels or does not come', async () => {
    const { id } = await newSession()
    const [one, other] = [await participate(id), await participate(id)]
    await cancel(`/appointments/${one.id}`)
    expect((await look(id)).places_left).toBe(1)
    await sql.query(`update appointments set status = 'noshow' where id = $1`, [other.id])
    await participate(id)
    await participate(id)
    expect((await join(id, await registerPatient(sql))).body.code).toBe('session_full')
  })

  it('needs a place again for someone who did come after all', async () => {
    const start = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 60_000).toISOString()
    const other = await hireDoctor(sql, { visitTypes: [yoga] })
    const { id } = await newSession({ start_at: start, doctor_id: other })
    const [one, two] = [await participate(id), await participate(id)]
    const ctx = clinic.context({ now: new Date(Date.parse(start) + 120_000) })
    await markNoShow(ctx, one.id)
    await markNoShow(ctx, two.id)
    await sql.query(
      `insert into appointments (doctor_id, patient_id, visit_type_id, start_at, end_at, session_id, place)
       select doctor_id, $2, visit_type_id, start_at, end_at, id, 1 from appointments where id = $1`,
      [id, await registerPatient(sql)],
    )
    expect(await undo(ctx, two.id, 'undo no-show')).toMatchObject({ ok: true })
    expect(await undo(ctx, one.id, 'undo no-show')).toMatchObject({ ok: false, refusal: 'session_full' })
  })

  it('leaves nothing to come to once it is cancelled', async () => {
    const start = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 120_000).toISOString()
    const other = await hireDoctor(sql, { visitTypes: [yoga] })
    const { id } = await newSession({ start_at: start, doctor_id: other })
    const [one, absent] = [await participate(id), await participate(id)]
    const ctx = clinic.context({ now: new Date() })
    const later = clinic.context({ now: new Date(Date.parse(start) + 120_000) })
    expect(await markNoShow(later, absent.id)).toMatchObject({ ok: true })
    expect(await checkIn(ctx, one.id)).toMatchObject({ ok: true })
    expect(await completeAppointment(ctx, one.id)).toMatchObject({ ok: true })
    expect(await cancel(`/sessions/${id}`)).toMatchObject({ status: 200 })
    expect(await undo(ctx, one.id, 'undo completion')).toMatchObject({ ok: true })
    expect(await undo(ctx, one.id, 'undo check-in')).toMatchObject({ ok: false, refusal: 'wrong_status' })
    expect(await undo(later, absent.id, 'undo no-show')).toMatchObject({ ok: false, refusal: 'session_full' })
  })

  it('gets another capacity, but none below the places that are taken', async () => {
    const { id } = await newSession()
    await participate(id)
    await participate(id)
    const resize = (capacity: number) => ask('PATCH', `/sessions/${id}`, { session: { capacity } }, desk)
    expect((await resize(1)).body.code).toBe('too_few_places')
    expect((await resize(3)).body.session).toMatchObject({ capacity: 3, places_left: 1 })
    await participate(id)
    const { rows } = await sql.query('select kind from events where appointment_id = $1 order by number', [
      id,
    ])
    expect(rows.map(({ kind }) => kind)).toEqual(['appointment.booked', 'appointment.resized'])
  })
})

describe('Cancelling a session', () => {
  it('cancels every place in it, each with its event and the reason, and nobody joins it any more', async () => {
    const { id } = await newSession()
    const [one, other] = [await participate(id), await participate(id)]
    await cancel(`/appointments/${other.id}`)
    expect((await cancel(`/sessions/${id}`)).body.session).toMatchObject({ status: 'cancelled' })
    const { rows } = await sql.query(
      'select appointment_id, kind, reason from events where appointment_id = any ($1) and number = 2 order by 1',
      [[id, one.id, other.id]],
    )
    const cancelled = { kind: 'appointment.cancelled', reason: 'Snow' }
    expect(rows).toMatchObject([cancelled, cancelled, cancelled])
    expect((await join(id, await registerPatient(sql))).body.code).toBe('wrong_status')
    const listed = await ask('GET', `/sessions?doctor_id=${doctor}&limit=100`)
    expect((listed.body.sessions as Session[]).map((session) => session.id)).not.toContain(id)
  })

  it('cancels them when it is cancelled as an appointment, too', async () => {
    const { id } = await newSession()
    const one = await participate(id)
    expect((await cancel(`/appointments/${id}`)).status).toBe(200)
    expect((await lookAt(one.id)).status).toBe('cancelled')
  })

  it('is not for appointments, and not for patients', async () => {
    const [{ id }, patient] = [await newSession(), await newPatient()]
    const one = await participate(id, patient.id)
    expect((await cancel(`/sessions/${one.id}`)).status).toBe(404)
    expect((await cancel(`/sessions/${id}`, patient.key)).status).toBe(403)
    expect((await cancel(`/appointments/${id}`, patient.key)).status).toBe(404)
  })
})

describe('Moving a session', () => {
  const move = (id: number, start_at: string) =>
    ask('POST', `/sessions/${id}/rescheduling`, { rescheduling: { start_at } }, desk)

  it('moves everyone who takes part', async () => {
    const { id } = await newSession()
    const one = await participate(id)
    const moved = await move(id, nextDay())
    const { start_at } = moved.body.session as Session
    expect(await lookAt(one.id)).toMatchObject({ start_at, status: 'booked' })
    const { rows } = await sql.query(
      `select kind, (after ->> 'start_at')::timestamptz as start_at from events
       where appointment_id = any ($1) and number = 2`,
      [[id, one.id]],
    )
    const event = { kind: 'appointment.rescheduled', start_at: new Date(start_at) }
    expect(rows).toEqual([event, event])
  })

  it('moves nobody when one of them is busy then, and says who', async () => {
    const [{ id, start_at }, patient] = [await newSession(), await newPatient()]
    const one = await participate(id, patient.id)
    const two = await participate(id)
    const later = nextDay()
    const appointment = {
      doctor_id: await hireDoctor(sql),
      patient_id: patient.id,
      start_at: later,
      visit_type_id: await defineVisitType(sql),
    }
    await ask('POST', '/appointments', { appointment }, desk)
    const { body } = await move(id, later)
    expect(body).toMatchObject({
      code: 'patient_busy',
      detail: expect.stringContaining('Some participants'),
      appointment_ids: [one.id],
    })
    for (const place of [one, two]) expect(await lookAt(place.id)).toMatchObject({ start_at })
    expect(await look(id)).toMatchObject({ start_at })
  })
})

describe('Someone who takes part', () => {
  it('moves only to another session of the same visit type, and keeps the place when it is full', async () => {
    const [from, to, pilates] = [
      await newSession(),
      await newSession(),
      await defineVisitType(sql, { name: 'Pilates', capacity: 2 }),
    ]
    const teacher = await hireDoctor(sql, { visitTypes: [pilates] })
    const foreign = await newSession({ doctor_id: teacher, visit_type_id: pilates })
    const one = await participate(from.id)
    expect((await patch(one.id, { start_at: nextDay() })).body.code).toBe('session_needed')
    expect((await patch(one.id, { session_id: foreign.id })).body.code).toBe('not_offered')
    const [last] = [await participate(to.id), await participate(to.id)]
    expect((await patch(one.id, { session_id: to.id })).body.code).toBe('session_full')
    expect(await look(from.id)).toMatchObject({ places_left: 1, participants: [{ id: one.id }] })
    await cancel(`/appointments/${last?.id}`)
    const moved = await patch(one.id, { session_id: to.id })
    expect(moved.body.appointment).toMatchObject({ id: one.id, session_id: to.id, start_at: to.start_at })
    expect((await look(from.id)).places_left).toBe(2)
  })

  it('gets a place that someone only held, even with an expired hold of their own at that time', async () => {
    const [from, to] = [await newSession(), await newSession({ capacity: 1 })]
    const [one, other] = [await newPatient(), await newPatient()]
    const place = await participate(from.id, one.id)
    const beside = { doctor_id: await hireDoctor(sql), visit_type_id: await defineVisitType(sql) }
    const holds = [
      await ask('POST', '/holds', { hold: { session_id: to.id } }, other.key),
      await ask('POST', '/holds', { hold: { ...beside, start_at: to.start_at } }, one.key),
    ]
    await sql.query(
      `update appointments set hold_expires_at = now() - interval '1 second' where id = any ($1)`,
      [holds.map(({ body }) => body.hold.id)],
    )
    const moved = await patch(place.id, { session_id: to.id })
    expect(moved.body.appointment).toMatchObject({ session_id: to.id, start_at: to.start_at })
  })

  it('sees themselves and nobody else', async () => {
    const [{ id }, one, other] = [await newSession(), await newPatient(), await newPatient()]
    const mine = await participate(id, one.id)
    const theirs = await participate(id, other.id)
    const list = await ask('GET', '/appointments', undefined, one.key)
    expect((list.body.appointments as Booked[]).map((appointment) => appointment.id)).toEqual([mine.id])
    for (const path of [`/appointments/${theirs.id}`, `/appointments/${id}`])
      expect((await ask('GET', path, undefined, one.key)).status).toBe(404)
    expect((await ask('GET', `/sessions/${id}`, undefined, one.key)).status).toBe(403)
    const none = await ask('GET', `/appointments?session_id=${id}&patient_id=${other.id}`, undefined, one.key)
    expect(none.body.appointments).toEqual([])
  })

  it('does not learn from their own data how many others there are', async () => {
    const [{ id }, patient] = [await newSession(), await newPatient()]
    await participate(id)
    const mine = await participate(id, patient.id)
    const { document } = await exportPatient(clinic.context(), patient.id)
    const [kept] = JSON.parse(document).appointments
    expect(kept).toMatchObject({ id: mine.id, events: [{ changes: { session_id: id } }] })
    expect(JSON.stringify(kept)).not.toMatch(/"(place|capacity|places_\w+)"/)
  })

  it('is not listed for the clinic beside the session, unless someone asks for them', async () => {
    const { id, start_at } = await newSession()
    const one = await participate(id)
    const to = new Date(Date.parse(start_at) + 1).toISOString()
    const list = async (query: string) =>
      (await ask('GET', `/appointments?${query}`, undefined, desk)).body.appointments as Booked[]
    expect(await list(`doctor_id=${doctor}&from=${start_at}&to=${to}`)).toMatchObject([
      { id, capacity: 2, places_taken: 1 },
    ])
    expect(await list(`session_id=${id}`)).toMatchObject([{ id: one.id }])
  })
})

describe('Holding a place', () => {
  const hold = (session: number, key: string) => ask('POST', '/holds', { hold: { session_id: session } }, key)

  it('keeps it until it is booked', async () => {
    const [{ id }, patient] = [await newSession({ capacity: 1 }), await newPatient()]
    const held = (await hold(id, patient.key)).body.hold as Booked
    expect((await join(id, await registerPatient(sql))).body.code).toBe('session_full')
    expect((await hold(id, patient.key)).body.hold).toMatchObject({ id: held.id })
    const booked = await ask('POST', '/appointments', { appointment: { hold_id: held.id } }, patient.key)
    expect(booked.body.appointment).toMatchObject({ id: held.id, status: 'booked', session_id: id })
  })

  it('ends when it has expired and someone else wants it', async () => {
    const [{ id }, patient] = [await newSession({ capacity: 1 }), await newPatient()]
    const held = (await hold(id, patient.key)).body.hold as Booked
    await sql.query(`update appointments set hold_expires_at = now() - interval '1 second' where id = $1`, [
      held.id,
    ])
    expect((await look(id)).places_left).toBe(1)
    await participate(id)
    const late = await ask('POST', '/appointments', { appointment: { hold_id: held.id } }, patient.key)
    expect(late.body.code).toBe('hold_expired')
  })

  it('ends with the session', async () => {
    const [{ id }, patient] = [await newSession(), await newPatient()]
    const held = (await hold(id, patient.key)).body.hold as Booked
    await cancel(`/sessions/${id}`)
    const late = await ask('POST', '/appointments', { appointment: { hold_id: held.id } }, patient.key)
    expect(late.body.code).toBe('hold_expired')
  })
})
