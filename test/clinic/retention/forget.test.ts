import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { countFailures } from '../../../src/clinic/health/count-failures.ts'
import { forgetOld } from '../../../src/clinic/retention/forget.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, registerPatient } from '../../support/people.ts'
import { fingerprint, morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql, context } = clinic
const day = 24 * 60 * 60 * 1000
const later = (days: number) => new Date(morning.getTime() + days * day)
const nothing = { holds: 0, keys: 0, sessions: 0, codes: 0, failures: 0 }
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

async function releaseNew(): Promise<number> {
  const { id } = await appointmentOf(holdSlot(context({ now: morning }), { ...wish, ...times() }))
  await releaseHold(context({ now: morning }), id)
  return id
}

const count = async (what: string) =>
  (await sql.query(`select count(*)::int as many from ${what}`)).rows[0].many

describe('a hold that was never booked', () => {
  it('is deleted with its events after thirty days', async () => {
    const id = await releaseNew()
    expect(await count(`events where appointment_id = ${id}`)).toBe(2)
    expect(await forget(29)).toEqual(nothing)
    expect(await forget(31)).toEqual({ ...nothing, holds: 1 })
    expect(await count(`appointments where id = ${id}`)).toBe(0)
    expect(await count(`events where appointment_id = ${id}`)).toBe(0)
  })

  it('is deleted in batches, which may run at once', async () => {
    for (const _ of [1, 2, 3]) await releaseNew()
    expect(await forget(40, 2)).toEqual({ ...nothing, holds: 2 })
    const both = await Promise.all([forget(40, 2), forget(40, 2)])
    expect(both.map(({ holds }) => holds).toSorted()).toEqual([0, 1])
  })

  it('is kept for thirty days even if it only expired', async () => {
    const held = await holdSlot(context({ now: morning }), { ...wish, ...times() })
    expect(held).toMatchObject({ ok: true })
    expect(await forget(1)).toEqual(nothing)
    expect(await forget(31)).toEqual({ ...nothing, holds: 1 })
  })
})

it('appointments and their events are never deleted', async () => {
  const { id } = await appointmentOf(bookAppointment(context({ now: morning }), { ...wish, ...times() }))
  await cancelAppointment(context({ now: morning }), { id, reason: 'Snow' })
  expect(await forget(4_000)).toEqual(nothing)
  expect(await count(`events where appointment_id = ${id}`)).toBe(2)
})

it('idempotency keys are deleted after a day', async () => {
  const accountId = await openAccount(sql, { role: 'front_desk' })
  const idempotency = { key: 'one', fingerprint: fingerprint() }
  const actor = { kind: 'front_desk', accountId } as const
  await bookAppointment(context({ now: morning, actor, idempotency }), { ...wish, ...times() })
  expect(await forget(0.9)).toEqual(nothing)
  expect(await forget(1.1)).toEqual({ ...nothing, keys: 1 })
})

it('sessions and codes are deleted a day after they expire', async () => {
  const account = await openAccount(sql)
  await sql.query('insert into sessions (account_id, token_hash, expires_at) values ($1, $2, $3)', [
    account,
    'a token',
    morning,
  ])
  await sql.query(
    `insert into sign_in_codes (email, browser_hash, network_hash, code_hash, sent_at, expires_at)
     values ('nina@example.com', '', '', '', $1, $1)`,
    [morning],
  )
  await sql.query("insert into verifications (identifier, value, expires_at) values ('an address', '', $1)", [
    morning,
  ])
  expect(await forget(0.9)).toEqual(nothing)
  expect(await forget(1.1)).toEqual({ ...nothing, sessions: 1, codes: 2 })
})

it('failure counts are deleted after thirty days', async () => {
  const system = context({ actor: { kind: 'system' } })
  await countFailures(system, [{ at: morning, door: 'web', code: 'slot_taken', doctorId: wish.doctorId }])
  expect(await forget(29)).toEqual(nothing)
  expect(await forget(31)).toEqual({ ...nothing, failures: 1 })
})

it('only the scheduled job may delete', async () => {
  await expect(forgetOld(context())).rejects.toThrow(Forbidden)
})
