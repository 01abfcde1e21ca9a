import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { countFailures } from '../../../src/clinic/health/count-failures.ts'
import { forgetOld } from '../../../src/clinic/retention/forget.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, registerPatient } from '../../support/people.ts'
import { fingerprint, morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql, context } = clinic
const day = 24 * 60 * 60 * 1000
const later = (days: number) => new Date(morning.getTime() + days * day)
const nobody = { holds: 0, keys: 0, sessions: 0, codes: 0, failures: 0 }
const forget = (days: number, atMost?: number) =>
  forgetOld(context({ actor: { kind: 'system' }, now: later(days) }), atMost)

let wish: { doctorId: number; patientId: number }
let minutes = 0
const times = () => {
  minutes += 30
  const start = Date.parse('2026-11-24T02:00:00Z') + minutes * 60_000
  return { startAt: new Date(start).toISOString(), endAt: new Date(start + 1_800_000).toISOString() }
}

beforeAll(async () => {
  wish = { doctorId: await hireDoctor(sql), patientId: await registerPatient(sql) }
})
afterEach(() => forget(1_000))

async function letGo(): Promise<number> {
  const held = await holdSlot(context({ now: morning }), { ...wish, ...times() })
  if (!held.ok) throw new Error(held.refusal)
  await releaseHold(context({ now: morning }), held.appointment.id)
  return held.appointment.id
}

const count = async (what: string) =>
  (await sql.query(`select count(*)::int as many from ${what}`)).rows[0].many

describe('a hold that nobody booked', () => {
  it('is forgotten after thirty days, with its events', async () => {
    const id = await letGo()
    expect(await count(`events where appointment_id = ${id}`)).toBe(2)
    expect(await forget(29)).toEqual(nobody)
    expect(await forget(31)).toEqual({ ...nobody, holds: 1 })
    expect(await count(`appointments where id = ${id}`)).toBe(0)
    expect(await count(`events where appointment_id = ${id}`)).toBe(0)
  })

  it('goes in portions, the oldest first, and two who forget at once do not meet', async () => {
    for (const _ of [1, 2, 3]) await letGo()
    expect(await forget(40, 2)).toEqual({ ...nobody, holds: 2 })
    const both = await Promise.all([forget(40, 2), forget(40, 2)])
    expect(both.map(({ holds }) => holds).toSorted()).toEqual([0, 1])
  })

  it('and that nobody let go either, goes as well; one that expired just now may still be booked', async () => {
    const held = await holdSlot(context({ now: morning }), { ...wish, ...times() })
    expect(held).toMatchObject({ ok: true })
    expect(await forget(1)).toEqual(nobody)
    expect(await forget(31)).toEqual({ ...nobody, holds: 1 })
  })
})

it('an appointment is never forgotten, however it ended, nor what happened to it', async () => {
  const booked = await bookAppointment(context({ now: morning }), { ...wish, ...times() })
  if (!booked.ok) throw new Error(booked.refusal)
  await cancelAppointment(context({ now: morning }), { id: booked.appointment.id, reason: 'Snow' })
  expect(await forget(4_000)).toEqual(nobody)
  expect(await count(`events where appointment_id = ${booked.appointment.id}`)).toBe(2)
})

it('what was kept for a repeated request is forgotten after a day', async () => {
  const accountId = await openAccount(sql, { role: 'front_desk' })
  const idempotency = { key: 'one', fingerprint: fingerprint() }
  const actor = { kind: 'front_desk', accountId } as const
  await bookAppointment(context({ now: morning, actor, idempotency }), { ...wish, ...times() })
  expect(await forget(0.9)).toEqual(nobody)
  expect(await forget(1.1)).toEqual({ ...nobody, keys: 1 })
})

it('sessions and codes are forgotten a day after they expired', async () => {
  const account = await openAccount(sql)
  await sql.query('insert into sessions (account_id, token, expires_at) values ($1, $2, $3)', [
    account,
    'a token',
    morning,
  ])
  await sql.query('insert into verifications (identifier, value, expires_at) values ($1, $2, $3)', [
    'somebody',
    'a code',
    morning,
  ])
  expect(await forget(0.9)).toEqual(nobody)
  expect(await forget(1.1)).toEqual({ ...nobody, sessions: 1, codes: 1 })
})

it('how often something failed is forgotten after thirty days', async () => {
  const system = context({ actor: { kind: 'system' } })
  await countFailures(system, [{ at: morning, door: 'web', code: 'slot_taken', doctorId: wish.doctorId }])
  expect(await forget(29)).toEqual(nobody)
  expect(await forget(31)).toEqual({ ...nobody, failures: 1 })
})

it('nobody but the clock forgets', async () => {
  await expect(forgetOld(context())).rejects.toThrow(Forbidden)
})
