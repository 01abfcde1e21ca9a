import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { anonymous, desk, patient } from '../../support/actors.ts'
import { atOnce, countDeadlocks } from '../../support/concurrency.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const { clinic, sql, visitTypeId, at, as, hold, statusOf } = await openMondayClinic()
const inBrowser = (id: string, network: string, actor = anonymous, minutes = 0) =>
  as(actor, minutes, id, network)

describe('in a browser', () => {
  it('a patient who is busy then and the front desk hold for no patient yet', async () => {
    const patientId = await registerPatient(sql)
    const busy = { doctorId: await hireDoctor(sql), patientId, visitTypeId, startAt: at('10:00') }
    expect(await bookAppointment(as(), busy)).toMatchObject({ ok: true })
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

  it('a hold for a named patient counts towards their two', async () => {
    const patientId = await registerPatient(sql)
    const actor = await openPatient(sql, [patientId])
    const doctorId = await hireDoctor(sql)
    const wish = (hour: number) => ({ doctorId, patientId, visitTypeId, startAt: at(`${hour}:00`) })
    const answers = []
    for (const hour of [10, 11, 12])
      answers.push(await holdSlot(inBrowser('named', 'two', actor), wish(hour)))
    expect(answers).toMatchObject([
      { appointment: { patient: { id: patientId } } },
      { appointment: { patient: { id: patientId } } },
      { refusal: 'too_many_holds' },
    ])
  })

  it('a longer hold by the front desk replaces the shorter one', async () => {
    const wish = { doctorId: await hireDoctor(sql), startAt: at('10:00') }
    const short = await hold(inBrowser('longer', 'three', desk), wish)
    const long = await hold(inBrowser('longer', 'three', desk), { ...wish, endAt: at('11:00') })
    expect(long.endLocal).toBe(at('11:00'))
    expect(await statusOf(short.id)).toBe('cancelled')
  })

  it('a booking forgets the browser and the network that held it', async () => {
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

describe('from one network', () => {
  const doctors: number[] = []
  beforeAll(async () => {
    for (let n = 0; n < 12; n++) doctors.push(await hireDoctor(sql))
  })
  const ask = (n: number, network: string, minutes = 0, startAt = at('10:00')) =>
    holdSlot(inBrowser(`${network} ${n}`, network, anonymous, minutes), {
      doctorId: doctors[n],
      visitTypeId,
      startAt,
    })
  const askAll = (many: number, network: string, minutes = 0, startAt = at('10:00')) =>
    atOnce(many, (n) => ask(n, network, minutes, startAt))
  const refusals = (answers: Awaited<ReturnType<typeof ask>>[]) =>
    answers.flatMap((answer) => (answer.ok ? [] : answer.refusal))

  it('eleven browsers at once get ten holds, in one trip each', async () => {
    clinic.takeTrips()
    expect(refusals(await askAll(11, 'crowd'))).toEqual(['too_many_holds'])
    expect(clinic.takeTrips()).toHaveLength(11)
  })

  it('the tenth browser may hold again or switch slots, and the eleventh is refused', async () => {
    const startAt = at('12:00')
    const answers = await askAll(10, 'full', 0, startAt)
    expect(refusals(answers)).toEqual([])
    expect(await ask(9, 'full', 1, startAt)).toEqual(answers[9])
    expect(await ask(9, 'full', 1, at('13:00'))).toMatchObject({ ok: true })
    expect(await ask(10, 'full', 1, startAt)).toEqual({ ok: false, refusal: 'too_many_holds' })
  })

  it('expired, released and booked holds do not count', async () => {
    const startAt = at('14:00')
    const answers = await askAll(10, 'changing', 0, startAt)
    expect(await ask(10, 'changing', 9.99, startAt)).toMatchObject({ refusal: 'too_many_holds' })
    const [released, booked] = answers.map((answer) => (answer.ok ? answer.appointment.id : 0))
    await releaseHold(inBrowser('changing 0', 'changing', anonymous, 5), Number(released))
    expect(await ask(10, 'changing', 5, startAt)).toMatchObject({ ok: true })
    expect(await ask(11, 'changing', 5, startAt)).toMatchObject({ refusal: 'too_many_holds' })
    const actor = patient(await registerPatient(sql))
    await bookHold(inBrowser('changing 1', 'changing', actor, 6), { holdId: Number(booked) })
    expect(await ask(11, 'changing', 6, startAt)).toMatchObject({ ok: true })
    expect(refusals(await askAll(8, 'changing', 10, at('20:00')))).toEqual([])
  })

  it('browsers that all switch slots at once have one hold each and at most ten together', async () => {
    const slot = (n: number) => ({
      doctorId: doctors[n % 4],
      visitTypeId,
      startAt: at(`${18 + Math.floor((n % 16) / 8)}:${n % 8 < 4 ? '00' : '30'}`),
    })
    for (let round = 0; round < 4; round++)
      await atOnce(12, (n) => holdSlot(inBrowser(`swap ${n}`, 'swaps'), slot(n + round * 5)))
    const { rows } = await sql.query(
      `select count(*)::int as open, count(distinct stranger_id)::int as browsers
       from appointments where stranger_address_hash = 'swaps' and status = 'pending'`,
    )
    expect([rows[0].open <= 10, rows[0].open]).toEqual([true, rows[0].browsers])
  })

  it('an IPv6 /48 gets forty holds, however many networks it has', async () => {
    const source = (network: string) => ({
      networkHash: network,
      widerHash: 'a /48',
      place: null,
      device: null,
    })
    await sql.query(
      `insert into appointments
         (doctor_id, start_at, end_at, status, hold_expires_at, stranger_id, stranger_address_hash, stranger_wider_hash)
       select $1, $2::timestamptz + n * interval '1 day', $2::timestamptz + n * interval '1 day' + interval '30 minutes', 'pending',
         $2::timestamptz + interval '1 year', 'filler ' || n, 'filler ' || n, 'a /48'
       from generate_series(1, 38) n`,
      [await hireDoctor(sql), at('10:00')],
    )
    const answers = await atOnce(4, (n) =>
      holdSlot(
        { ...inBrowser(`wider ${n}`, `wider ${n}`), source: source(`wider ${n}`) },
        { doctorId: doctors[n], visitTypeId, startAt: at('22:00') },
      ),
    )
    expect(refusals(answers)).toEqual(['too_many_holds', 'too_many_holds'])
  })

  it('a hold from another network does not count', async () => {
    const startAt = at('16:00')
    await askAll(10, 'here', 0, startAt)
    expect(await ask(10, 'there', 0, startAt)).toMatchObject({ ok: true })
  })
})

it('there were no deadlocks', async () => {
  expect(await countDeadlocks(sql)).toBe(0)
})
