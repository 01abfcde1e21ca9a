import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { NoLongerSignedIn, NotFound } from '../../../src/clinic/errors.ts'
import { exportOwnData, exportPatient } from '../../../src/clinic/patients/export.ts'
import { openClinic } from '../../support/clinic.ts'
import { enterMessage } from '../../support/messages.ts'
import {
  beginSession,
  defineVisitType,
  giveKey,
  givePasskey,
  hireDoctor,
  openAccount,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic

// biome-ignore lint/suspicious/noExplicitAny: tests look into every corner of the document
type Found = any

let zero: number
let merged: number
let child: number
let own: number
let guardian: number
let desk: Actor
let document: Found

/** Fills every table that can be about a person. */
beforeAll(async () => {
  zero = await registerPatient(sql, 'Patient Zero')
  merged = await registerPatient(sql, 'Patient Zéro')
  child = await registerPatient(sql, 'Little Zero')
  own = await openAccount(sql, { patientIds: [zero, child], email: 'zero@example.com', name: 'Zero' })
  guardian = await openAccount(sql, {
    patientIds: [await registerPatient(sql, 'Guardian'), zero],
    name: 'Guardian',
  })
  const deskAccount = await openAccount(sql, { role: 'front_desk', name: 'Siti Staff' })
  desk = { kind: 'front_desk', accountId: deskAccount }
  await sql.query(
    `update patients set called_name = 'Z', birth_date = '1990-05-17', sex = 'male', phone = '+6281234567890',
       contact_email = 'zero@home.example', email = 'old@example.com', languages = '{id}', preferred_channel = 'email',
       address = 'Jl. Mawar 1', desk_note = 'Comes with a stick'
     where id = $1`,
    [zero],
  )
  await sql.query('update patients set moved_to_id = $2 where id = $1', [merged, zero])
  await sql.query(`insert into patient_identifiers values ($1, 'record', 'MR-1'), ($2, 'nik', '3171')`, [
    zero,
    merged,
  ])
  await sql.query(
    `insert into patient_merges (from_id, into_id, merged_at, merged_by_id, appointment_ids)
     values ($1, $2, now(), $3, '{}')`,
    [merged, zero, deskAccount],
  )
  await sql.query(
    `insert into patient_events (patient_id, kind, at, actor_kind, account_id, reason, before, after)
     values ($1, 'patient.corrected', now(), 'front_desk', $2, 'Misheard', '{"name": "Cero"}', '{"name": "Zero"}')`,
    [merged, deskAccount],
  )
  await sql.query(
    `insert into correction_requests (patient_id, account_id, changes, requested_at, decided_by_id)
     values ($1, $2, '{"name": "Zeero"}', now(), $3)`,
    [zero, own, deskAccount],
  )
  await sql.query(
    `insert into patient_invitations (patient_id, email, invited_at, invited_by_id, expires_at)
     select $1, unnest(array['zero@example.com', 'aunt@example.com']), now(), $2, now()`,
    [zero, deskAccount],
  )
  await givePasskey(sql, own)
  await giveKey(sql, own)
  await beginSession(sql, own)
  await sql.query(
    `insert into email_changes (account_id, new_email, session_hash, stop_hash, asked_at, expires_at)
     values ($1, 'new@example.com', '', '', now(), now())`,
    [own],
  )
  await sql.query(
    `insert into security_events (at, kind, account_id, actor_kind, by_account_id, place, details)
     values (now(), 'role.changed', $1, 'admin', $2, 'Bandung, ID', '{"from": "patient"}')`,
    [own, deskAccount],
  )
  const doctorId = await hireDoctor(sql)
  const startAt = '2031-01-06T02:00:00Z'
  const wish = { doctorId, startAt, endAt: '2031-01-06T02:30:00Z', reasonForVisit: 'A cough' }
  const booked = await bookAppointment(clinic.context({ actor: desk }), { ...wish, patientId: zero })
  if (!booked.ok) throw new Error(booked.refusal)
  await cancelAppointment(clinic.context({ actor: desk }), { id: booked.appointment.id, reason: 'Snow' })
  await sql.query(
    'insert into appointment_responses (appointment_id, patient_id, start_at, responded_at) values ($1, $2, $3, now())',
    [booked.appointment.id, zero, startAt],
  )
  await sql.query(
    `insert into walk_ins (location_id, day, number, patient_id, visit_type_id, came_at)
     select location_id, '2026-11-28', 1, $1, $2, '2026-11-28T02:00Z' from doctors where id = $3`,
    [zero, await defineVisitType(sql, { name: 'For walk-ins' }), doctorId],
  )
  await sql.query(`insert into patient_flags (patient_id, flag, set_at) values ($1, 'interpreter', now())`, [
    zero,
  ])
  await sql.query(
    `insert into message_preferences (recipient, kind, is_wanted, chosen_at)
     values ('account:' || $1, 'reminder', false, '2026-11-28'), ('patient:' || $2, 'moved', true, '2026-11-27'),
       ('account:' || $3, 'missed', false, '2026-11-28')`,
    [own, merged, guardian],
  )
  const sent = { state: 'sent', channel: 'email' } as const
  await enterMessage(sql, booked.appointment.id, { ...sent, accountId: own, address: 'zero@example.com' })
  await enterMessage(sql, booked.appointment.id, {
    ...sent,
    accountId: guardian,
    address: 'guardian@x.example',
  })
  await enterMessage(sql, booked.appointment.id, { ...sent, kind: 'staff_booked', accountId: deskAccount })
  await exportPatient(clinic.context({ actor: desk }), zero)
  document = await exported(desk, zero)
})

const exported = async (actor: Actor, id: number): Promise<Found> =>
  JSON.parse((await exportPatient(clinic.context({ actor }), id)).document)

const events = async (table: string, kind: string) =>
  (await sql.query(`select * from ${table} where kind = $1 order by id desc`, [kind])).rows

/**
 * Where the export has the rows of a table, and which of their columns it leaves out, with the reason. Every other column
 * appears by its own name, or by the one in `renamed`.
 */
interface Told {
  at: (document: Found) => Found[]
  renamed?: Record<string, string>
  omitted?: Record<string, string>
}

const staff = 'one of the clinic’s own people: their role is enough'
const internal = 'means nothing outside our database'
const isInside = 'the row stands inside what it belongs to'
const secret = 'signs in'
const [ownAccount] = [(found: Found) => found.accounts[0]]

const told: Record<string, Told> = {
  patients: { at: ({ records }) => records },
  patient_identifiers: {
    at: ({ records }) => records[0].identifiers,
    omitted: { patient_id: isInside },
  },
  patient_merges: {
    at: ({ merges }) => merges,
    omitted: {
      id: internal,
      merged_by_id: staff,
      undone_by_id: staff,
      appointment_ids: 'all appointments are in the export',
      links: 'all accounts are in the export',
      filled: 'the record has the values',
    },
  },
  patient_events: {
    at: ({ record_events }) => record_events,
    renamed: { actor_kind: 'actor' },
    omitted: { id: internal, account_id: staff, api_key_id: staff, request_id: internal },
  },
  correction_requests: {
    at: ({ correction_requests }) => correction_requests,
    omitted: { id: internal, account_id: 'a guardian is another person', decided_by_id: staff },
  },
  patient_invitations: {
    at: ({ invitations }) => invitations,
    omitted: {
      id: internal,
      code_hash: secret,
      invited_by_id: staff,
      accepted_by_id: 'may be another person',
    },
  },
  patient_accesses: {
    at: ({ accesses }) => accesses,
    renamed: { actor_kind: 'actor', api_key_id: 'with_key' },
    omitted: { id: internal, account_id: staff, request_id: internal },
  },
  account_patients: {
    at: ({ accounts }) => accounts,
    renamed: { account_id: 'id' },
    omitted: { patient_id: 'the export is about that person' },
  },
  accounts: {
    at: (found) => [ownAccount(found)],
    omitted: { doctor_id: 'only a doctor’s account has one' },
  },
  sessions: {
    at: (found) => ownAccount(found).sessions,
    omitted: { id: internal, account_id: isInside, token_hash: secret, token: secret, updated_at: internal },
  },
  passkeys: {
    at: (found) => ownAccount(found).passkeys,
    omitted: {
      id: internal,
      account_id: isInside,
      credential_id: secret,
      public_key: secret,
      counter: internal,
      transports: internal,
    },
  },
  email_changes: {
    at: (found) => ownAccount(found).email_changes,
    omitted: {
      id: internal,
      account_id: isInside,
      session_hash: secret,
      codes_hash: secret,
      stop_hash: secret,
      attempts: internal,
    },
  },
  api_keys: {
    at: (found) => ownAccount(found).api_keys,
    omitted: {
      id: internal,
      key_hash: secret,
      owner_id: isInside,
      issued_by_key_id: staff,
      issued_by: staff,
    },
  },
  security_events: {
    at: (found) => ownAccount(found).security_events,
    renamed: { actor_kind: 'actor' },
    omitted: {
      id: internal,
      account_id: isInside,
      by_account_id: staff,
      by_api_key_id: staff,
      request_id: internal,
      network_hash: 'a keyed hash',
    },
  },
  appointments: {
    at: ({ appointments }) => appointments,
    renamed: {
      doctor_id: 'doctor',
      visit_type_id: 'visit_type',
      location_id: 'location',
      event_count: 'version',
    },
    omitted: {
      buffer_before_minutes: 'the doctor’s time',
      buffer_after_minutes: 'the doctor’s time',
      stranger_id: 'a random name of a browser, for the minutes of a hold',
      stranger_address_hash: 'a keyed hash',
      stranger_wider_hash: 'a keyed hash',
      last_event_hash: internal,
      patient_occupied: 'computed from the times',
      doctor_occupied: 'the doctor’s time',
      awaits_approval: 'the events say it',
      capacity: 'only a session has one',
      session_id: internal,
      place: internal,
      series_id: internal,
    },
  },
  appointment_responses: {
    at: ({ appointments }) => appointments,
    renamed: { start_at: 'response_start_at' },
    omitted: { appointment_id: isInside },
  },
  events: {
    at: ({ appointments }) => appointments[0].events,
    renamed: { actor_kind: 'actor', after: 'changes' },
    omitted: {
      id: internal,
      appointment_id: isInside,
      account_id: staff,
      api_key_id: staff,
      request_id: internal,
      before: 'the event before says it',
      previous_hash: internal,
      hash: internal,
      reason_hash: internal,
      reason_salt: internal,
    },
  },
}

told.walk_ins = {
  at: (found) => found.walk_ins,
  renamed: { location_id: 'location', doctor_id: 'doctor', visit_type_id: 'visit_type' },
  omitted: { id: internal, patient_id: isInside, added_by: staff },
}
told.patient_flags = {
  at: (found) => found.flags,
  omitted: { patient_id: isInside, account_id: staff, api_key_id: staff },
}
told.messages = {
  at: ({ messages }) => messages,
  omitted: {
    cause: internal,
    recipient: 'the address says it, if it is theirs',
    account_id: 'may be another person',
    patient_id: 'the appointments say it',
    location_id: 'messages to locations are not in the export',
    try_at: internal,
    attempts: internal,
    key: internal,
    provider: internal,
    provider_id: internal,
  },
}
told.message_appointments = {
  at: ({ messages }) => messages,
  renamed: { appointment_id: 'appointment_ids' },
  omitted: { message_id: isInside, from_event: internal, to_event: internal },
}

/** Tables that name people and are not in the export. */
const untold: Record<string, string> = {
  patient_search_keys: 'made from the record, to find it',
  account_links: 'hashes of links that work once; gone after a day',
  sign_in_codes: 'hashes of codes; gone after a day',
  idempotency_keys: 'copies of answers for retries; gone after a day or two',
  claims: 'computed from the appointments',
  series: 'the rule by which appointments were booked; they are in the export',
  event_heads: 'lengths and hashes of chains',
  replaced_heads: 'lengths and hashes of chains',
  outbox: 'which events someone has yet to be told of, for minutes',
  message_texts: 'texts that the clinic wrote for everyone',
  locations: 'the clinic’s own addresses',
  tombstones: 'lengths and hashes of chains whose holds were deleted',
  account_locations: 'where one of the clinic’s own people works',
  day_notes: 'written by the clinic’s own people, for one another',
  strandings: 'computed from the appointments',
  settings_events: 'what admins did to the clinic’s set-up, as part of its records',
}

async function columnsAboutPeople(): Promise<Map<string, string[]>> {
  const { rows } = await sql.query(`
    with
    found as (
      select class.oid, relname as name, attname as column, attnum as number
      from pg_class class
      join pg_attribute on attrelid = class.oid and attnum > 0 and not attisdropped
      where relkind = 'r' and relnamespace = 'public'::regnamespace
    ),
    about_people as (
      select oid from found where "column" ~ '(^|_)(patient|account|owner|appointment)_id$' or "column" ~ '(^|_)email$'
      union
      select conrelid from pg_constraint
      where contype = 'f'
      and confrelid in ('patients'::regclass, 'accounts'::regclass, 'appointments'::regclass, 'sessions'::regclass)
    )
    select name, array_agg("column"::text order by number) as columns
    from found where oid in (select oid from about_people)
    group by name order by name`)
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}

describe('the export has everything', () => {
  it('of each table that can name a person, unless there is a reason', async () => {
    const tables = [...(await columnsAboutPeople()).keys()]
    expect([...Object.keys(told), ...Object.keys(untold)].sort()).toEqual(tables.sort())
  })

  it.each(Object.entries(told))('of each column of %s, unless there is a reason', async (table, where) => {
    const columns = (await columnsAboutPeople()).get(table) ?? []
    const { renamed = {}, omitted = {} } = where
    expect(Object.keys(omitted).filter((column) => !columns.includes(column))).toEqual([])
    const expected = columns
      .filter((column) => !(column in omitted))
      .map((column) => renamed[column] ?? column)
    const rows = where.at(document)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows.slice(0, 1)) expect(Object.keys(row)).toEqual(expect.arrayContaining(expected))
  })

  it('of the messages that were sent, without the addresses of others', () => {
    expect(document.messages.map(({ kind, address }: Found) => [kind, address])).toEqual([
      ['booked', 'zero@example.com'],
      ['booked', null],
    ])
  })

  it('of the messages that they chose to get or not, by their account and by their record', () => {
    expect(document.message_preferences).toEqual([
      { kind: 'reminder', choice: 'unwanted', chosen_at: expect.any(String) },
      { kind: 'moved', choice: 'wanted', chosen_at: expect.any(String) },
    ])
  })

  it('of the record that was merged into it, under both ids', async () => {
    expect(document.records.map(({ id }: Found) => id)).toEqual([zero, merged])
    expect(document.records[1].identifiers).toEqual([{ issuer: 'nik', value: '3171' }])
    const again = await exported(desk, merged)
    expect([again.patient_id, again.records]).toEqual([zero, document.records])
  })

  it('what people wrote, the note of the front desk among it', () => {
    const written = JSON.stringify(document)
    for (const text of [
      'Comes with a stick',
      'A cough',
      'Snow',
      'Misheard',
      'Zeero',
      'Jl. Mawar 1',
      'Bandung, ID',
    ])
      expect(written).toContain(text)
  })
})

it('nothing in it names another person', () => {
  const written = JSON.stringify(document)
  for (const name of ['Siti', 'Guardian', 'Little', 'aunt@example.com']) expect(written).not.toContain(name)
  expect(document.accounts.map(({ id }: Found) => id)).toEqual([own, guardian])
  expect(Object.keys(document.accounts[1])).toEqual(
    expect.not.arrayContaining(['email', 'name', 'sessions', 'security_events']),
  )
})

it('an export is one trip, and is recorded with it', async () => {
  clinic.takeTrips()
  await exported(desk, zero)
  expect(clinic.takeTrips()).toHaveLength(1)
  expect((await events('patient_events', 'patient.exported'))[0]).toMatchObject({
    patient_id: String(zero),
    actor_kind: 'front_desk',
  })
  expect((await events('security_events', 'data.exported'))[0]).toMatchObject({
    account_id: String(own),
    details: { patient_id: zero },
  })
  const { rows } = await sql.query('select what, actor_kind from patient_accesses order by id desc limit 1')
  expect(rows).toEqual([{ what: 'export', actor_kind: 'front_desk' }])
})

describe('their own data', () => {
  const patientIds = () => [zero, child]
  const inSession = async (minutesAgo: number, method = 'passkey') => {
    const { sessionHash } = await beginSession(sql, own)
    await sql.query('update sessions set signed_in_with = $1 where token_hash = $2', [method, sessionHash])
    const now = new Date()
    const createdAt = new Date(now.getTime() - minutesAgo * 60_000)
    await sql.query('update sessions set created_at = $1 where token_hash = $2', [createdAt, sessionHash])
    const actor: Actor = { kind: 'patient', accountId: own, patientIds: patientIds() }
    return clinic.context({ actor, sessionHash, now })
  }

  it('needs a sign-in of the last ten minutes', async () => {
    expect(await exportOwnData(await inSession(9), zero)).toMatchObject({ ok: true, patientId: zero })
    const before = await events('security_events', 'data.exported')
    expect(await exportOwnData(await inSession(10), zero)).toEqual({ ok: false, refusal: 'not_confirmed' })
    expect(await events('security_events', 'data.exported')).toEqual(before)
  })

  it('needs the passkey of an account that has one', async () => {
    expect(await exportOwnData(await inSession(1, 'code'), zero)).toEqual({
      ok: false,
      refusal: 'not_confirmed',
    })
  })

  it('includes that of dependants, and leaves no trace of staff', async () => {
    const { rows } = await sql.query('select count(*) from patient_accesses')
    expect(await exportOwnData(await inSession(1), child)).toMatchObject({ ok: true, patientId: child })
    expect((await sql.query('select count(*) from patient_accesses')).rows).toEqual(rows)
  })

  it('is nobody else’s', async () => {
    const stranger = await registerPatient(sql, 'Stranger')
    await expect(exportOwnData(await inSession(1), stranger)).rejects.toThrow(NotFound)
  })

  it('is no longer that of a person whose link ended a moment ago', async () => {
    const ctx = await inSession(1)
    await sql.query('delete from account_patients where account_id = $1 and patient_id = $2', [own, child])
    await expect(exportOwnData(ctx, child)).rejects.toThrow(NotFound)
  })

  it('needs a session that has not ended', async () => {
    const ctx = await inSession(1)
    await sql.query('delete from sessions where token_hash = $1', [ctx.sessionHash])
    await expect(exportOwnData(ctx, zero)).rejects.toThrow(NoLongerSignedIn)
  })
})

it('many exports within an hour raise an alarm', async () => {
  clinic.takeHappenings()
  const now = new Date('2035-01-01T00:30:00Z')
  const requests = Array.from({ length: 20 }, (_, n) => `export ${n}`)
  for (const requestId of requests)
    await exportPatient(clinic.context({ actor: desk, now, requestId }), child)
  expect(clinic.takeHappenings()).toMatchObject([{ kind: 'alarm.raised', what: 'data.exported', times: 20 }])
})
