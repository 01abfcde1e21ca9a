import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { type HoldSlot, holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import type { Actor, ClinicContext } from '../../../src/clinic/context.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta; all below is on this day. */
const morning = new Date('2026-11-23T01:00:00Z')
const at = (time: string) => `2026-11-23T${time}`
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

const nobody: Actor = { kind: 'anonymous' }
const desk: Actor = { kind: 'front_desk', accountId: 7 }
const patient = (...patientIds: number[]): Actor => ({ kind: 'patient', accountId: 3, patientIds })

/** Whoever acts in a browser, so many minutes after eight. */
const inBrowser = (id: string, network = `of ${id}`, actor: Actor = nobody, minutes = 0): ClinicContext =>
  clinic.context({
    actor,
    now: new Date(morning.getTime() + minutes * 60_000),
    browser: { id, addressHash: network },
  })

async function hold(ctx: ClinicContext, wish: Partial<HoldSlot> & { startAt: string }) {
  const held = await holdSlot(ctx, { visitTypeId, ...wish })
  if (!held.ok) throw new Error(held.refusal)
  return held.appointment
}

const statusOf = async (id: number) =>
  (await sql.query('select status from appointments where id = $1', [id])).rows[0].status

describe('in a browser', () => {
  it('a patient who is busy then, and the front desk, hold for no patient yet', async () => {
    const patientId = await registerPatient(sql)
    const busy = { doctorId: await hireDoctor(sql), patientId, visitTypeId, startAt: at('10:00') }
    expect(await bookAppointment(clinic.context({ now: morning }), busy)).toMatchObject({ ok: true })
    for (const [name, actor] of Object.entries({ 'a patient': patient(patientId), 'a desk': desk })) {
      const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
      const held = await hold(inBrowser(name, 'one', actor), wish)
      expect(held).toMatchObject({ status: 'pending', patient: null, holdExpiresLocal: at('08:10') })
      expect(await hold(inBrowser(name, 'one', actor), wish)).toEqual(held)
      expect(await bookHold(inBrowser(name, 'one', patient(patientId)), { holdId: held.id })).toMatchObject({
        refusal: 'patient_busy',
      })
    }
  })

  it('a slot for a named patient is held for them, and counted with theirs', async () => {
    const patientId = await registerPatient(sql)
    const doctorId = await hireDoctor(sql)
    const wish = (hour: number) => ({ doctorId, patientId, visitTypeId, startAt: at(`${hour}:00`) })
    const answers = []
    for (const hour of [10, 11, 12])
      answers.push(await holdSlot(inBrowser('named', 'two', patient(patientId)), wish(hour)))
    expect(answers).toMatchObject([
      { appointment: { patient: { id: patientId } } },
      { appointment: { patient: { id: patientId } } },
      { refusal: 'too_many_holds' },
    ])
  })

  it('the front desk holds the same slot for longer, and lets the shorter hold go', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
    const short = await hold(inBrowser('longer', 'three', desk), wish)
    const long = await hold(inBrowser('longer', 'three', desk), { ...wish, endAt: at('11:00') })
    expect(long.endLocal).toBe(at('11:00'))
    expect(await statusOf(short.id)).toBe('cancelled')
  })

  it('what is booked is of no browser and no network any more', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
    const { id: holdId } = await hold(inBrowser('booking', 'four'), wish)
    const actor = patient(await registerPatient(sql))
    const booked = await bookHold(inBrowser('booking', 'four', actor), {
      holdId,
      reasonForVisit: 'A cough',
    })
    expect(booked).toMatchObject({
      ok: true,
      appointment: { reasonForVisit: 'A cough', holdExpiresLocal: null },
    })
    const { rows } = await sql.query(
      'select stranger_id, stranger_address_hash, reason_for_visit from appointments where id = $1',
      [holdId],
    )
    expect(rows).toEqual([{ stranger_id: null, stranger_address_hash: null, reason_for_visit: 'A cough' }])
  })
})

describe('of one network', () => {
  const doctors: number[] = []
  beforeAll(async () => {
    for (let n = 0; n < 12; n++) doctors.push(await hireDoctor(sql))
  })
  const ask = (n: number, network: string, minutes = 0, startAt = at('10:00')) =>
    holdSlot(inBrowser(`${network} ${n}`, network, nobody, minutes), {
      doctorId: doctors[n],
      visitTypeId,
      startAt,
    })
  const askAll = (many: number, network: string, minutes = 0, startAt = at('10:00')) =>
    Promise.all(Array.from({ length: many }, (_, n) => ask(n, network, minutes, startAt)))
  const refusals = (answers: Awaited<ReturnType<typeof ask>>[]) =>
    answers.flatMap((answer) => (answer.ok ? [] : answer.refusal))

  it('eleven browsers that hold at once have ten holds, in one trip each', async () => {
    clinic.takeTrips()
    expect(refusals(await askAll(11, 'crowd'))).toEqual(['too_many_holds'])
    expect(clinic.takeTrips()).toHaveLength(11)
  })

  it('a tenth browser holds its slot again, and another instead, and an eleventh nothing', async () => {
    const startAt = at('12:00')
    const answers = await askAll(10, 'full', 0, startAt)
    expect(refusals(answers)).toEqual([])
    expect(await ask(9, 'full', 1, startAt)).toEqual(answers[9])
    expect(await ask(9, 'full', 1, at('13:00'))).toMatchObject({ ok: true })
    expect(await ask(10, 'full', 1, startAt)).toEqual({ ok: false, refusal: 'too_many_holds' })
  })

  it('what has expired, was let go or was booked is not counted', async () => {
    const startAt = at('14:00')
    const answers = await askAll(10, 'changing', 0, startAt)
    expect(await ask(10, 'changing', 9.99, startAt)).toMatchObject({ refusal: 'too_many_holds' })
    const [released, booked] = answers.map((answer) => (answer.ok ? answer.appointment.id : 0))
    await releaseHold(inBrowser('changing 0', 'changing', nobody, 5), Number(released))
    expect(await ask(10, 'changing', 5, startAt)).toMatchObject({ ok: true })
    expect(await ask(11, 'changing', 5, startAt)).toMatchObject({ refusal: 'too_many_holds' })
    const actor = patient(await registerPatient(sql))
    await bookHold(inBrowser('changing 1', 'changing', actor, 6), { holdId: Number(booked) })
    expect(await ask(11, 'changing', 6, startAt)).toMatchObject({ ok: true })
    expect(refusals(await askAll(8, 'changing', 10, at('20:00')))).toEqual([])
  })

  it('who changes slots with others all at once has one each, and ten together at most', async () => {
    const slot = (n: number) => ({
      doctorId: doctors[n % 4],
      visitTypeId,
      startAt: at(`${18 + Math.floor((n % 16) / 8)}:${n % 8 < 4 ? '00' : '30'}`),
    })
    for (let round = 0; round < 4; round++)
      await Promise.all(
        Array.from({ length: 12 }, (_, n) => holdSlot(inBrowser(`swap ${n}`, 'swaps'), slot(n + round * 5))),
      )
    const { rows } = await sql.query(
      `select count(*)::int as open, count(distinct stranger_id)::int as browsers
       from appointments where stranger_address_hash = 'swaps' and status = 'pending'`,
    )
    expect([rows[0].open <= 10, rows[0].open]).toEqual([true, rows[0].browsers])
  })

  it('a hold from another network is not counted', async () => {
    const startAt = at('16:00')
    await askAll(10, 'here', 0, startAt)
    expect(await ask(10, 'there', 0, startAt)).toMatchObject({ ok: true })
  })
})

it('nobody waited for another in a ring', async () => {
  const { rows } = await sql.query(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  expect(rows).toEqual([{ deadlocks: '0' }])
})
