import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { countFailures } from '../../../src/clinic/health/count-failures.ts'
import { forgetOld } from '../../../src/clinic/retention/forget.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { enterMessage } from '../../support/messages.ts'
import {
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  registerPatient,
} from '../../support/people.ts'
import { fingerprint, morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql, context } = clinic
const day = 24 * 60 * 60 * 1000
const later = (days: number) => new Date(morning.getTime() + days * day)
const nothing = {
  holds: 0,
  keys: 0,
  sessions: 0,
  codes: 0,
  failures: 0,
  securityEvents: 0,
  accounts: 0,
  reasons: 0,
  accesses: 0,
  invitations: 0,
  ofTheDay: 0,
  messages: 0,
}
const usual = 'released_holds_kept_days = 30, sign_in_events_kept_days = 90, security_events_kept_days = 365'
const set = (settings: string) => sql.query(`update clinic_settings set ${settings}`)
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

const count = async (what: string) =>
  (await sql.query(`select count(*)::int as many from ${what}`)).rows[0].many

describe('a hold that was never booked', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * day)
  const forgetNow = (atMost?: number) =>
    forgetOld(context({ actor: { kind: 'system' }, now: new Date() }), atMost)

  /** Its last event was written so many days ago, by PostgreSQL's clock too. */
  async function hold(days: number, { isReleased = true } = {}): Promise<number> {
    minutes += 30
    const startAt = daysAgo(days).getTime() + minutes * 60_000
    const [start, end] = [startAt, startAt + 1_800_000].map((at) => new Date(at).toISOString())
    const ctx = context({ now: daysAgo(days) })
    const { id } = await appointmentOf(holdSlot(ctx, { ...wish, startAt: start ?? '', endAt: end }))
    if (isReleased) await releaseHold(ctx, id)
    await sql.query('update event_heads set written_at = $2 where appointment_id = $1', [id, daysAgo(days)])
    return id
  }

  it('is deleted with its events after thirty days, and leaves a tombstone', async () => {
    const young = await hold(29.9)
    const id = await hold(30.1)
    const { rows: heads } = await sql.query(
      'select event_count, last_event_hash from event_heads where appointment_id = $1',
      [id],
    )
    expect(await forgetNow()).toEqual({ ...nothing, holds: 1 })
    for (const table of ['events', 'event_heads']) {
      expect(await count(`${table} where appointment_id = ${id}`)).toBe(0)
      expect(await count(`${table} where appointment_id = ${young}`)).toBeGreaterThan(0)
    }
    expect(await count(`appointments where id = ${id}`)).toBe(0)
    const { rows } = await sql.query(
      `select event_count, last_event_hash, why, removed_at > now() - interval '1 minute' as is_new
       from tombstones where appointment_id = $1`,
      [id],
    )
    expect(rows).toEqual([{ ...heads[0], why: 'hold_never_booked', is_new: true }])
    expect((await verifyEvents(context().db)).broken).toEqual([])
  })

  it('is deleted in batches, which may run at once', async () => {
    for (const _ of [1, 2, 3]) await hold(40)
    expect(await forgetNow(2)).toEqual({ ...nothing, holds: 2 })
    const both = await Promise.all([forgetNow(2), forgetNow(2)])
    expect(both.map(({ holds }) => holds).toSorted()).toEqual([0, 1])
  })

  it('is kept for thirty days even if it only expired', async () => {
    await hold(29.9, { isReleased: false })
    expect(await forgetNow()).toEqual(nothing)
    await hold(30.1, { isReleased: false })
    expect(await forgetNow()).toEqual({ ...nothing, holds: 1 })
  })

  it('is kept for as many days as the settings say', async () => {
    await set('released_holds_kept_days = 9')
    await forgetNow()
    await hold(8)
    expect(await forgetNow()).toEqual(nothing)
    await set('released_holds_kept_days = 7')
    expect(await forgetNow()).toEqual({ ...nothing, holds: 1 })
    await set(usual)
  })

  it('is kept while its events are young, whatever the clock of the caller says', async () => {
    await hold(0)
    expect(await forget(1_000)).toEqual(nothing)
    const id = await hold(31)
    await sql.query('update event_heads set written_at = now() where appointment_id = $1', [id])
    expect(await forgetNow()).toEqual(nothing)
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

it('sessions, codes and links are deleted a day after they expire', async () => {
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
  await sql.query(
    "insert into account_links (token_hash, account_id, expires_at) values ('a link', $1, $2)",
    [account, morning],
  )
  await sql.query("insert into verifications (identifier, value, expires_at) values ('an address', '', $1)", [
    morning,
  ])
  expect(await forget(0.9)).toEqual(nothing)
  expect(await forget(1.1)).toEqual({ ...nothing, sessions: 1, codes: 3 })
})

it.each([
  ['12 idle hours', { opened: -1, seen: -0.5 }],
  ['7 days in use', { opened: -7, seen: -0.1 }],
])(
  'the session of staff that ended after %s is deleted a day later, and a patient’s stays',
  async (_, { opened, seen }) => {
    for (const role of ['front_desk', 'patient'] as const)
      await sql.query(
        'insert into sessions (account_id, token_hash, created_at, last_seen_at, expires_at) values ($1, $2, $3, $4, $5)',
        [await openAccount(sql, { role }), `of ${role}`, later(opened), later(seen), later(opened + 30)],
      )
    expect(await forget(0.9)).toEqual(nothing)
    expect(await forget(1.1)).toEqual({ ...nothing, sessions: 1 })
    const { rows } = await sql.query("delete from sessions where token_hash like 'of %' returning token_hash")
    expect(rows).toEqual([{ token_hash: 'of patient' }])
  },
)

it('failure counts are deleted after thirty days', async () => {
  const system = context({ actor: { kind: 'system' } })
  await countFailures(system, [{ at: morning, door: 'web', code: 'slot_taken', doctorId: wish.doctorId }])
  expect(await forget(29)).toEqual(nothing)
  expect(await forget(31)).toEqual({ ...nothing, failures: 1 })
})

describe('security events', () => {
  const insert = (kind: string, daysAgo: number) =>
    sql.query(
      `insert into security_events (at, kind, actor_kind) values (now() - $1 * interval '1 day', $2, 'system')`,
      [daysAgo, kind],
    )
  const forgetNow = (days = 0) =>
    forgetOld(context({ actor: { kind: 'system' }, now: new Date(Date.now() + days * day) }))

  it('about signing in are deleted after 90 days, and all others after a year', async () => {
    await insert('sign_in.refused', 89)
    await insert('sign_in.refused', 91)
    await insert('role.changed', 364)
    await insert('role.changed', 366)
    expect(await forgetNow()).toEqual({ ...nothing, securityEvents: 2 })
    const { rows } = await sql.query('select kind from security_events order by at')
    expect(rows).toEqual([{ kind: 'role.changed' }, { kind: 'sign_in.refused' }])
  })

  it('are deleted after as many days as the settings say', async () => {
    await set('sign_in_events_kept_days = 36, security_events_kept_days = 46')
    await forgetNow()
    await insert('sign_in.refused', 35)
    await insert('role.changed', 45)
    expect(await forgetNow()).toEqual(nothing)
    await set('sign_in_events_kept_days = 34, security_events_kept_days = 44')
    expect(await forgetNow()).toEqual({ ...nothing, securityEvents: 2 })
    await set(usual)
  })

  it('are kept as long whatever clock the caller gives, and the Worker cannot delete them itself', async () => {
    const before = await count('security_events')
    expect(await forgetNow(10_000)).toEqual(nothing)
    expect(await count('security_events')).toBe(before)
    const { db } = context()
    await expect(db.execute('delete from security_events')).rejects.toMatchObject({
      cause: { code: '42501' },
    })
    await expect(db.execute('delete from security_counts')).rejects.toMatchObject({
      cause: { code: '42501' },
    })
  })

  it('are counted for 30 days', async () => {
    await sql.query(`
      insert into security_counts (kind, subject, since, times)
      values ('role.changed', 'everyone', now() - interval '31 days', 1), ('role.changed', 'everyone', now(), 1)`)
    await forgetNow()
    expect(await count('security_counts')).toBe(1)
  })
})

describe('an account that was never completed', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * day)
  const forgetNow = (atMost?: number) =>
    forgetOld(context({ actor: { kind: 'system' }, now: new Date() }), atMost)
  let many = 0

  async function begin(days: number): Promise<number> {
    const { rows } = await sql.query(
      'insert into accounts (email, created_at) values ($1, $2) returning id::int',
      [`unfinished${++many}@example.com`, daysAgo(days)],
    )
    return rows[0].id
  }
  const exists = async (id: number) => (await count(`accounts where id = ${id}`)) === 1

  it('is deleted with its sessions and codes after as many days as the settings say', async () => {
    const id = await begin(31)
    const young = await begin(29)
    await sql.query('insert into sessions (account_id, token_hash, expires_at) values ($1, $2, $3)', [
      id,
      'unfinished',
      daysAgo(0.5),
    ])
    await sql.query(
      `insert into sign_in_codes (email, browser_hash, network_hash, code_hash, sent_at, expires_at)
       select email, '', '', '', now(), now() from accounts where id = $1`,
      [id],
    )
    expect(await forgetNow()).toEqual({ ...nothing, accounts: 1 })
    expect([await exists(id), await exists(young)]).toEqual([false, true])
    expect(await count(`sessions where token_hash = 'unfinished'`)).toBe(0)
    expect(await count(`sign_in_codes where email like 'unfinished%'`)).toBe(0)
    await set('unfinished_accounts_kept_days = 28')
    expect(await forgetNow()).toEqual({ ...nothing, accounts: 1 })
    await set('unfinished_accounts_kept_days = 30')
  })

  it('is kept while someone is signed in, has another role or a patient', async () => {
    const [signedIn, staff, parent] = [await begin(40), await begin(40), await begin(40)]
    await sql.query('insert into sessions (account_id, token_hash, expires_at) values ($1, $2, $3)', [
      signedIn,
      'still open',
      daysAgo(-1),
    ])
    await sql.query(`update accounts set role = 'front_desk' where id = $1`, [staff])
    await sql.query('insert into account_patients values ($1, $2, $3)', [parent, wish.patientId, 'dependant'])
    expect(await forgetNow()).toEqual(nothing)
    await sql.query('delete from accounts where id = any ($1)', [[signedIn, staff, parent]])
  })

  it('is not deleted early by a clock of the caller, or by the Worker', async () => {
    const id = await begin(29)
    expect(await forget(10_000)).toEqual(nothing)
    await expect(context().db.execute('delete from accounts')).rejects.toMatchObject({
      cause: { code: '42501' },
    })
    await sql.query('delete from accounts where id = $1', [id])
  })

  it('is deleted in batches, which may run at once', async () => {
    for (const _ of [1, 2, 3, 4, 5]) await begin(40)
    const both = await Promise.all([forgetNow(3), forgetNow(3)])
    const gone = both.map(({ accounts }) => accounts)
    expect(Math.max(...gone)).toBeLessThanOrEqual(3)
    expect((gone[0] ?? 0) + (gone[1] ?? 0) + (await forgetNow()).accounts).toBe(5)
  })
})

describe('reasons', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * day)
  const forgetNow = (atMost?: number) =>
    forgetOld(context({ actor: { kind: 'system' }, now: new Date() }), atMost)

  /** Cancelled that many days ago, at the time of the appointment. */
  async function cancelled(days: number): Promise<number> {
    minutes += 30
    const [now, start] = [daysAgo(days), daysAgo(days).getTime() + minutes * 60_000]
    const [startAt = '', endAt] = [start, start + 1_800_000].map((at) => new Date(at).toISOString())
    const booked = bookAppointment(context({ now }), { ...wish, startAt, endAt, reasonForVisit: 'A cough' })
    const { id } = await appointmentOf(booked)
    await cancelAppointment(context({ now }), { id, reason: 'She has the flu' })
    return id
  }
  const withReasons = async () =>
    (await count('appointments where reason_for_visit is not null')) +
    (await count('events where reason is not null or reason_salt is not null'))

  beforeAll(async () => {
    await sql.query('select empty_reasons(array(select id from appointments))')
  })
  afterEach(() => set('reasons_kept_days = null'))

  it('are kept for ever, unless the settings say otherwise', async () => {
    await cancelled(3000)
    expect(await forgetNow()).toEqual(nothing)
    await set('reasons_kept_days = 2999')
    expect(await forgetNow()).toEqual({ ...nothing, reasons: 1 })
    expect(await withReasons()).toBe(0)
  })

  it('go when the appointment is old, and the chains of events still verify', async () => {
    const [old, young] = [await cancelled(101), await cancelled(98)]
    await set('reasons_kept_days = 100')
    expect(await forgetNow()).toEqual({ ...nothing, reasons: 1 })
    const { rows } = await sql.query(
      'select appointment_id::int from events where reason is not null order by id',
    )
    expect(rows).toEqual([{ appointment_id: young }])
    expect(await count(`appointments where id = ${old} and reason_for_visit is null`)).toBe(1)
    expect((await verifyEvents(context().db)).broken).toEqual([])
    await sql.query('select empty_reasons(array[$1::bigint])', [young])
  })

  it('go in batches, which may run at once', async () => {
    for (const _ of [1, 2, 3, 4, 5]) await cancelled(200)
    await set('reasons_kept_days = 100')
    const both = await Promise.all([forgetNow(3), forgetNow(3)])
    const gone = both.map(({ reasons }) => reasons)
    expect(Math.max(...gone)).toBeLessThanOrEqual(3)
    expect((gone[0] ?? 0) + (gone[1] ?? 0) + (await forgetNow()).reasons).toBe(5)
    expect(await withReasons()).toBe(0)
    expect((await verifyEvents(context().db)).broken).toEqual([])
  })

  it('do not go early by a clock of the caller', async () => {
    await cancelled(1)
    await set('reasons_kept_days = 100')
    expect(await forget(10_000)).toEqual(nothing)
    expect(await withReasons()).toBeGreaterThan(0)
  })
})

it('the list of who opened a record goes after three years, and invitations 30 days after they expired', async () => {
  const now = context({ actor: { kind: 'system' }, now: new Date() })
  await sql.query(
    `insert into patient_accesses (patient_id, at, what, actor_kind)
     select $1, now() - years * interval '1 year', 'record', 'front_desk' from unnest(array[2.9, 3.1]) years`,
    [wish.patientId],
  )
  await sql.query(
    `insert into patient_invitations (patient_id, email, invited_at, expires_at)
     select $1, 'nina@example.com', now(), now() - days * interval '1 day' from unnest(array[29, 31]) days`,
    [wish.patientId],
  )
  // A clock that is ahead brings nothing forward.
  const ahead = { actor: { kind: 'system' }, now: new Date(Date.now() + 400 * 86_400_000) } as const
  expect(await forgetOld(context(ahead))).toMatchObject({ accesses: 1, invitations: 1 })
  expect(await forgetOld(now)).toMatchObject({ accesses: 0, invitations: 0 })
  expect(await forgetOld(now)).toEqual(nothing)
})

it('messages go after as many days as the settings say, unless they still wait', async () => {
  const { id } = await appointmentOf(bookAppointment(context({ now: morning }), { ...wish, ...times() }))
  for (const [days, state] of [
    [31, 'due'],
    [31, 'sent'],
    [29, 'sent'],
  ] as const)
    await enterMessage(sql, id, {
      state,
      dueAt: new Date(Date.now() - days * day),
      cause: `${state} ${days}`,
    })
  await set('messages_kept_days = 30')
  // A clock that is ahead brings nothing forward.
  const ahead = { actor: { kind: 'system' }, now: new Date(Date.now() + 400 * day) } as const
  expect(await forgetOld(context(ahead))).toMatchObject({ messages: 1 })
  expect(await forgetOld(context(ahead))).toMatchObject({ messages: 0 })
  expect((await sql.query('select cause from messages order by id')).rows).toEqual([
    { cause: 'due 31' },
    { cause: 'sent 29' },
  ])
  expect(await count('message_appointments')).toBe(2)
  await set('messages_kept_days = 365')
})

it('only the scheduled job may delete', async () => {
  await expect(forgetOld(context())).rejects.toThrow(Forbidden)
})

it('forgets notes, walk-ins and what was worked through', async () => {
  const now = new Date('2032-05-03T03:00:00Z')
  const forget = () => forgetOld(clinic.context({ actor: { kind: 'system' }, now }))
  const doctor = await hireDoctor(sql)
  const location = await locationOf(sql, doctor)
  const patient = await registerPatient(sql)
  for (const days of [29, 31]) {
    const at = new Date(now.getTime() - days * 86_400_000)
    await sql.query(
      `insert into day_notes (location_id, text, written_at, expires_at)
       values ($1, 'Lift', $2::timestamptz - interval '1 hour', $2)`,
      [location, at],
    )
    await sql.query(
      `insert into walk_ins (location_id, day, number, patient_id, visit_type_id, came_at)
       select $1, $2::date, 1, $3, min(visit_type_id), $2 from doctor_visit_types where doctor_id = $4`,
      [location, at, patient, doctor],
    )
    const id = await insertAppointment(sql, { doctorId: doctor, startAt: at.toISOString() })
    await sql.query('insert into strandings (appointment_id, version) values ($1, 1)', [id])
  }
  expect(await forget()).toMatchObject({ ofTheDay: 4 })
  expect(await forget()).toMatchObject({ ofTheDay: 0 })
})
