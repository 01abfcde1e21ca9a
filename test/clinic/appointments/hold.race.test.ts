import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { anonymous, patient } from '../../support/actors.ts'
import { type Answer, appointmentOf, tally } from '../../support/answers.ts'
import { atOnce, countDeadlocks } from '../../support/concurrency.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { findOverlaps } from '../../support/overlaps.ts'
import { defineVisitType, hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const { sql, visitTypeId, minutesLater, as } = await openMondayClinic()
const rounds = 3

/** The n-th half hour from nine o'clock. */
const half = (n: number) => minutesLater(60 + n * 30).toISOString()
const team = (count: number) => atOnce(count, () => hireDoctor(sql))
const crowd = (count: number) => atOnce(count, () => registerPatient(sql))

const count = (answers: Answer[]) => tally(answers, (answer) => (answer.ok ? 'ok' : answer.refusal))

/** The answer, or `not there` when the hold is not found. */
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
      minutesLater(minutes),
    ])
  ).rows[0].count

describe('when many hold at once', () => {
  it('one patient and 16 doctors: exactly two holds', async () => {
    const doctors = await team(16)
    for (let round = 0; round < rounds; round++) {
      const patientId = await registerPatient(sql)
      const actor = await openPatient(sql, [patientId])
      const answers = await atOnce(16, (n) =>
        holdSlot(as(actor), {
          doctorId: doctors[n],
          visitTypeId,
          startAt: half(round * 16 + n),
        }),
      )
      expect(count(answers)).toEqual({ ok: 2, too_many_holds: 14 })
      expect(await openHolds('patient_id', patientId)).toBe(2)
    }
  })

  it('one patient whose two holds just expired and 16 doctors: two again', async () => {
    const doctors = await team(16)
    const patientId = await registerPatient(sql)
    const actor = await openPatient(sql, [patientId])
    const storm = (minutes: number) =>
      atOnce(16, (n) => holdSlot(as(actor, minutes), { doctorId: doctors[n], visitTypeId, startAt: half(n) }))
    for (let minutes = 0; minutes <= 40; minutes += 10) {
      expect(count(await storm(minutes))).toEqual({ ok: 2, too_many_holds: 14 })
      expect(await openHolds('patient_id', patientId, minutes)).toBe(2)
    }
  })

  it('24 patients and one slot: one hold, and one again once it has expired', async () => {
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

  it('one patient and one slot: every answer is the same hold', async () => {
    const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
    const answers = await atOnce(16, () =>
      holdSlot(as(patient(patientId)), { doctorId, visitTypeId, startAt: half(0) }),
    )
    const ids = answers.map((answer) => answer.ok && answer.appointment.id)
    expect(new Set(ids)).toEqual(new Set([expect.any(Number)]))
    expect(await findEvents(as(), Number(ids[0]))).toHaveLength(1)
  })

  it('one visitor and one slot: every answer is the same hold', async () => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: half(0) }
    const answers = await atOnce(16, () => holdSlot(as(anonymous, 0, 'one slot'), wish))
    expect(count(answers)).toEqual({ ok: 16 })
    expect(await openHolds('stranger_id', 'one slot')).toBe(1)
  })

  it('one visitor, 16 slots and 16 doctors: exactly one hold', async () => {
    const doctors = await team(16)
    for (let round = 0; round < rounds; round++) {
      const holder = as(anonymous, 0, `many ${round}`)
      const answers = await atOnce(16, (n) =>
        holdSlot(holder, { doctorId: doctors[n], visitTypeId, startAt: half(round * 16 + n) }),
      )
      expect(count(answers)).toEqual({ ok: 16 })
      expect(await openHolds('stranger_id', `many ${round}`)).toBe(1)
    }
  })

  it('one visitor, one time and any of 8 doctors: every answer is the same hold', async () => {
    const own = await defineVisitType(sql, { name: 'Of eight doctors' })
    await atOnce(8, () => hireDoctor(sql, { visitTypes: [own] }))
    const holder = as(anonymous, 0, 'any doctor')
    const answers = await atOnce(16, () => holdSlot(holder, { visitTypeId: own, startAt: half(0) }))
    expect(count(answers)).toEqual({ ok: 16 })
    expect(await openHolds('stranger_id', 'any doctor')).toBe(1)
  })

  it('a daily cap of three: exactly three succeed', async () => {
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

describe('when clocks differ by a moment', () => {
  const [before, after] = [9 + 59.999 / 60, 10 + 0.001 / 60]

  it('either an expiring hold is booked or another patient gets its place under the daily cap', async () => {
    for (let round = 0; round < 6; round++) {
      const capped = await defineVisitType(sql, { name: `One a day ${round}`, dailyCap: 1 })
      const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
      const [patientId = 0, other = 0] = await crowd(2)
      const wish = { doctorId, visitTypeId: capped }
      const ctx = as(patient(patientId))
      const { id: holdId } = await appointmentOf(holdSlot(ctx, { ...wish, startAt: half(0) }))
      const answers = await Promise.all([
        bookAppointment(as(patient(other), after), { ...wish, startAt: half(12) }),
        bookHold(as(patient(patientId), before), { holdId }),
      ])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    }
  })

  it('two expiring holds cannot be extended once the patient holds a third slot', async () => {
    const doctors = await team(3)
    for (let round = 0; round < 2; round++) {
      const patientId = await registerPatient(sql)
      const actor = await openPatient(sql, [patientId])
      const wish = (n: number) => ({ doctorId: doctors[n], visitTypeId, startAt: half(round * 24 + n * 8) })
      const holds = await Promise.all([0, 1].map((n) => holdSlot(as(actor), wish(n))))
      const ids = holds.map((held) => (held.ok ? held.appointment.id : 0))
      await holdSlot(as(actor, after), wish(2))
      const extended = ids.map((id) => said(extendHold(as(actor, before), id)))
      expect(await Promise.all(extended)).toEqual(['hold_expired', 'hold_expired'])
      expect(await openHolds('patient_id', patientId, 11)).toBe(1)
    }
  })
})

describe('when everything happens to one hold at once', () => {
  /** Runs every verb at once, starting with a different one each round. */
  async function storm(minutes: number, round: number) {
    const [doctorId, [patientId = 0, other = 0, third = 0]] = [await hireDoctor(sql), await crowd(3)]
    const wish = { doctorId, visitTypeId, startAt: half(0) }
    const { id } = await appointmentOf(holdSlot(as(patient(patientId)), wish))
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
  ])(
    'an %s hold is either booked or released, and its time goes to at most one patient',
    async (_, minutes) => {
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
    },
  )

  it('a hold made before signing in is booked for one of many who sign in', async () => {
    for (let round = 0; round < rounds; round++) {
      const [doctorId, patients] = [await hireDoctor(sql), await crowd(8)]
      const wish = { doctorId, visitTypeId, startAt: half(0) }
      const ctx = as(anonymous, 0, `round ${round}`)
      const { id: holdId } = await appointmentOf(holdSlot(ctx, wish))
      const answers = await Promise.all(
        patients.map((id) => said(bookHold(as(patient(id), 1, `round ${round}`), { holdId }))),
      )
      expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1)
      expect(await findEvents(as(), holdId)).toHaveLength(2)
    }
  })

  it('a patient who books 24 overlapping holds made before signing in gets one', async () => {
    for (let round = 0; round < rounds; round++) {
      const [patientId, doctors] = [await registerPatient(sql), await team(24)]
      const strangers = doctors.map((_, n) => `${round} ${n}`)
      const holds = await Promise.all(
        doctors.map((doctorId, n) =>
          holdSlot(as(anonymous, 0, strangers[n]), { doctorId, visitTypeId, startAt: half(0) }),
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

it('there were no overlaps, no broken events and no deadlocks', async () => {
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
  expect(await findOverlaps(sql, 'patient')).toEqual([])
  expect((await verifyEvents(as().db)).broken).toEqual([])
  expect(await countDeadlocks(sql)).toBe(0)
})
