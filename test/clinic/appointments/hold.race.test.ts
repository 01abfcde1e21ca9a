import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { openClinic } from '../../support/clinic.ts'
import { findOverlaps } from '../../support/overlaps.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const morning = new Date('2026-11-23T01:00:00Z')
const rounds = 3
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

const desk: Actor = { kind: 'front_desk', accountId: 7 }
const patient = (id: number): Actor => ({ kind: 'patient', accountId: 3, patientIds: [id] })
/** Somebody, so many minutes after eight in Jakarta. */
const as = (actor: Actor = desk, minutes = 0, browserId?: string) => ({
  ...clinic.context({ actor, now: new Date(morning.getTime() + minutes * 60_000) }),
  ...(browserId && { browser: { id: browserId, addressHash: `network of ${browserId}` } }),
})
/** The n-th half hour from nine o'clock. */
const half = (n: number) => new Date(morning.getTime() + 3_600_000 + n * 1_800_000).toISOString()
const many = <T>(count: number, one: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => one(n)))
const team = (count: number) => many(count, () => hireDoctor(sql))
const crowd = (count: number) => many(count, () => registerPatient(sql))

type Answer = { ok: true; appointment: { id: number } } | { ok: false; refusal: string }

/** How many times each answer was given. */
function count(answers: Answer[]) {
  const tally: Record<string, number> = {}
  for (const answer of answers) {
    const said = answer.ok ? 'ok' : answer.refusal
    tally[said] = (tally[said] ?? 0) + 1
  }
  return tally
}

/** An answer, or that there is no such hold any more. */
const said = (answering: Promise<Answer>) =>
  answering
    .then((answer) => (answer.ok ? 'ok' : answer.refusal))
    .catch((error) => {
      if (error instanceof NotFound) return 'not there'
      throw error
    })

const open = `status = 'pending' and hold_expires_at > $2`
const openHolds = async (whose: 'patient_id' | 'stranger_id', id: unknown, minutes = 0) =>
  (
    await sql.query(`select count(*)::int from appointments where ${whose} = $1 and ${open}`, [
      id,
      new Date(morning.getTime() + minutes * 60_000),
    ])
  ).rows[0].count

describe('when many hold at once', () => {
  it('one patient, of 16 doctors, has two holds exactly', async () => {
    const doctors = await team(16)
    for (let round = 0; round < rounds; round++) {
      const patientId = await registerPatient(sql)
      const answers = await many(16, (n) =>
        holdSlot(as(patient(patientId)), {
          doctorId: doctors[n],
          visitTypeId,
          startAt: half(round * 16 + n),
        }),
      )
      expect(count(answers)).toEqual({ ok: 2, too_many_holds: 14 })
      expect(await openHolds('patient_id', patientId)).toBe(2)
    }
  })

  it('one patient, whose two holds have just expired, of 16 doctors, has two again', async () => {
    const doctors = await team(16)
    const patientId = await registerPatient(sql)
    const storm = (minutes: number) =>
      many(16, (n) =>
        holdSlot(as(patient(patientId), minutes), { doctorId: doctors[n], visitTypeId, startAt: half(n) }),
      )
    for (let minutes = 0; minutes <= 40; minutes += 10) {
      expect(count(await storm(minutes))).toEqual({ ok: 2, too_many_holds: 14 })
      expect(await openHolds('patient_id', patientId, minutes)).toBe(2)
    }
  })

  it('24 patients, one slot, it is held by one, and so again when that one has expired', async () => {
    const [doctorId, patients] = [await hireDoctor(sql), await crowd(24)]
    for (let round = 0; round < rounds; round++) {
      const answers = await Promise.all(
        patients.map((id) =>
          holdSlot(as(patient(id), round * 10), { doctorId, visitTypeId, startAt: half(4) }),
        ),
      )
      expect(count(answers)).toEqual({ ok: 1, slot_taken: 23 })
    }
  })

  it('one patient, one slot, they all answer with the same hold', async () => {
    const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
    const answers = await many(16, () =>
      holdSlot(as(patient(patientId)), { doctorId, visitTypeId, startAt: half(0) }),
    )
    const ids = answers.map((answer) => answer.ok && answer.appointment.id)
    expect(new Set(ids)).toEqual(new Set([expect.any(Number)]))
    expect(await findEvents(as(), Number(ids[0]))).toHaveLength(1)
  })

  it('one stranger, one slot, they all answer with the same hold', async () => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: half(0) }
    const answers = await many(16, () => holdSlot(as({ kind: 'anonymous' }, 0, 'one slot'), wish))
    expect(count(answers)).toEqual({ ok: 16 })
    expect(await openHolds('stranger_id', 'one slot')).toBe(1)
  })

  it('one stranger, 16 slots of 16 doctors, has one hold exactly', async () => {
    const doctors = await team(16)
    for (let round = 0; round < rounds; round++) {
      const holder = as({ kind: 'anonymous' }, 0, `many ${round}`)
      const answers = await many(16, (n) =>
        holdSlot(holder, { doctorId: doctors[n], visitTypeId, startAt: half(round * 16 + n) }),
      )
      expect(count(answers)).toEqual({ ok: 16 })
      expect(await openHolds('stranger_id', `many ${round}`)).toBe(1)
    }
  })

  it('one stranger, one time, any of 8 doctors, they all answer with the same hold', async () => {
    const own = await defineVisitType(sql, { name: 'Of eight doctors' })
    await many(8, () => hireDoctor(sql, { visitTypes: [own] }))
    const holder = as({ kind: 'anonymous' }, 0, 'any doctor')
    const answers = await many(16, () => holdSlot(holder, { visitTypeId: own, startAt: half(0) }))
    expect(count(answers)).toEqual({ ok: 16 })
    expect(await openHolds('stranger_id', 'any doctor')).toBe(1)
  })

  it('a daily cap of three, three hold and nobody else', async () => {
    const capped = await defineVisitType(sql, { name: 'Three a day', dailyCap: 3 })
    const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
    const patients = await crowd(16)
    const answers = await Promise.all(
      patients.map((id, n) =>
        (n % 2 ? holdSlot : bookAppointment)(as(patient(id)), {
          doctorId,
          visitTypeId: capped,
          startAt: half(n),
        }),
      ),
    )
    expect(count(answers)).toEqual({ ok: 3, day_full: 13 })
  })
})

describe('by clocks that are a moment apart', () => {
  const [before, after] = [9 + 59.999 / 60, 10 + 0.001 / 60]

  it('a hold that expires just now is booked, or its place under the daily cap is somebody else’s', async () => {
    for (let round = 0; round < 6; round++) {
      const capped = await defineVisitType(sql, { name: `One a day ${round}`, dailyCap: 1 })
      const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
      const [patientId = 0, other = 0] = await crowd(2)
      const wish = { doctorId, visitTypeId: capped }
      const held = await holdSlot(as(patient(patientId)), { ...wish, startAt: half(0) })
      const holdId = held.ok ? held.appointment.id : 0
      const answers = await Promise.all([
        bookAppointment(as(patient(other), after), { ...wish, startAt: half(12) }),
        bookHold(as(patient(patientId), before), { holdId }),
      ])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    }
  })

  it('two holds that expire just now are not extended once the patient holds another', async () => {
    const doctors = await team(3)
    for (let round = 0; round < 2; round++) {
      const patientId = await registerPatient(sql)
      const wish = (n: number) => ({ doctorId: doctors[n], visitTypeId, startAt: half(round * 24 + n * 8) })
      const holds = await Promise.all([0, 1].map((n) => holdSlot(as(patient(patientId)), wish(n))))
      const ids = holds.map((held) => (held.ok ? held.appointment.id : 0))
      await holdSlot(as(patient(patientId), after), wish(2))
      const extended = ids.map((id) => said(extendHold(as(patient(patientId), before), id)))
      expect(await Promise.all(extended)).toEqual(['hold_expired', 'hold_expired'])
      expect(await openHolds('patient_id', patientId, 11)).toBe(1)
    }
  })
})

describe('when everything is done with one hold at once', () => {
  /** All at once; whoever comes first is another one in each round. */
  async function storm(minutes: number, round: number) {
    const [doctorId, [patientId = 0, other = 0, third = 0]] = [await hireDoctor(sql), await crowd(3)]
    const wish = { doctorId, visitTypeId, startAt: half(0) }
    const held = await holdSlot(as(patient(patientId)), wish)
    if (!held.ok) throw new Error(held.refusal)
    const { id } = held.appointment
    const own = () => as(patient(patientId), minutes)
    const verbs: [string, () => Promise<Answer>][] = [
      ['book hold', () => bookHold(own(), { holdId: id })],
      ['release', () => releaseHold(own(), id)],
      ['extend', () => extendHold(own(), id)],
      ['book', () => bookAppointment(as(patient(other), minutes), wish)],
      ['hold', () => holdSlot(as(patient(third), minutes), wish)],
      ['book hold again', () => bookHold(own(), { holdId: id })],
      ['extend again', () => extendHold(own(), id)],
      ['release again', () => releaseHold(own(), id)],
    ]
    const inTurn = [...verbs.slice(round % verbs.length), ...verbs.slice(0, round % verbs.length)]
    const answers: Record<string, string> = Object.fromEntries(
      await Promise.all(inTurn.map(async ([name, verb]) => [name, await said(verb())])),
    )
    const { rows } = await sql.query(
      `select id::int, status, patient_id::int as whose from appointments
       where doctor_id = $1 and status <> 'cancelled'`,
      [doctorId],
    )
    return { id, patientId, answers, left: rows, kinds: (await findEvents(as(), id)).map(({ kind }) => kind) }
  }

  it.each([
    ['open', 9],
    ['expired', 10],
  ])('%s: it is booked, or let go, and its time is somebody’s once at most', async (_, minutes) => {
    for (let round = 0; round < 8; round++) {
      const { id, patientId, answers, left, kinds } = await storm(minutes, round)
      const isBooked = left[0]?.id === id
      const end = isBooked ? 'appointment.booked' : 'appointment.released'
      const extensions = kinds.filter((kind) => kind === 'appointment.extended')
      expect(kinds).toEqual(['appointment.held', ...extensions, end])
      const extended = [answers.extend, answers['extend again']].filter((answer) => answer === 'ok')
      expect(extended).toHaveLength(extensions.length)
      expect(extensions.length).toBeLessThanOrEqual(minutes === 10 ? 0 : 1)
      if (isBooked) {
        expect(left).toEqual([{ id, status: 'booked', whose: patientId }])
        expect(answers).toMatchObject({ 'book hold': 'ok', 'book hold again': 'ok' })
        expect(answers).toMatchObject({ release: 'wrong_status', 'release again': 'wrong_status' })
        expect(answers).toMatchObject({ book: 'slot_taken', hold: 'slot_taken' })
      } else {
        expect(answers).toMatchObject({ 'book hold': 'hold_expired', 'book hold again': 'hold_expired' })
        expect(answers).toMatchObject({ release: 'ok', 'release again': 'ok' })
        const others = [answers.book, answers.hold].filter((answer) => answer === 'ok')
        expect(others.length).toBeLessThanOrEqual(1)
        expect(left).toHaveLength(others.length)
      }
    }
  })

  it('and many sign in to book what a stranger held, it is booked for one of them', async () => {
    for (let round = 0; round < rounds; round++) {
      const [doctorId, patients] = [await hireDoctor(sql), await crowd(8)]
      const wish = { doctorId, visitTypeId, startAt: half(0) }
      const held = await holdSlot(as({ kind: 'anonymous' }, 0, `round ${round}`), wish)
      const holdId = held.ok ? held.appointment.id : 0
      const answers = await Promise.all(
        patients.map((id) => said(bookHold(as(patient(id), 1, `round ${round}`), { holdId }))),
      )
      expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1)
      expect(await findEvents(as(), holdId)).toHaveLength(2)
    }
  })

  it('and a patient books two holds that overlap, one of which was made before signing in, one is booked', async () => {
    for (let round = 0; round < rounds; round++) {
      const [patientId, doctors] = [await registerPatient(sql), await team(24)]
      const strangers = doctors.map((_, n) => `${round} ${n}`)
      const holds = await Promise.all(
        doctors.map((doctorId, n) =>
          holdSlot(as({ kind: 'anonymous' }, 0, strangers[n]), { doctorId, visitTypeId, startAt: half(0) }),
        ),
      )
      const answers = await Promise.all(
        holds.map((held, n) =>
          said(
            bookHold(as(patient(patientId), 1, strangers[n]), { holdId: held.ok ? held.appointment.id : 0 }),
          ),
        ),
      )
      expect(answers.toSorted()).toEqual(['ok', ...Array(23).fill('patient_busy')])
    }
  })
})

it('after all of this no two overlap, every event stands, and nobody waited for another in a ring', async () => {
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
  expect(await findOverlaps(sql, 'patient')).toEqual([])
  expect((await verifyEvents(as().db)).broken).toEqual([])
  const { rows } = await sql.query(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  expect(rows).toEqual([{ deadlocks: '0' }])
})
