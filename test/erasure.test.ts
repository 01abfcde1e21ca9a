import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { writeSnapshot } from '../scripts/snapshot/write.ts'
import { verifyEvents } from '../src/clinic/verify-events.ts'
import { type Line, openClinic } from './support/clinic.ts'
import { enterMessage } from './support/messages.ts'
import { giveKey, hireDoctor, openAccount, openSession, registerPatient } from './support/people.ts'

// Plants a person's data everywhere, erases them through the API, and then looks for it everywhere.

const clinic = await openClinic()
const { sql, origin } = clinic

/** None occurs in another, or in anything that stays. */
const planted = {
  name: 'Kusumawardhani Notodiningrat',
  calledName: 'Mbak Wardhani',
  birthDate: '1987-03-19',
  phone: '+6281298765401',
  contactEmail: 'wardhani.contact@example.net',
  formerEmail: 'wardhani.former@example.net',
  address: 'Jalan Cempaka Putih 47',
  deskNote: 'Prefers the side entrance',
  nik: '3171234567890123',
  bpjs: '0001987654321',
  passport: 'ID:X7654321',
  record: 'MR-998877',
  mergedName: 'Wardani Notodingrat',
  mergedPhone: '+6281298765402',
  accountEmail: 'wardhani.account@example.net',
  accountName: 'W. Notodiningrat',
  passkeyName: 'Wardhani’s telephone',
  keyName: 'Wardhani’s calendar',
  device: 'Palemoon on Haiku',
  place: 'Purwokerto, ID',
  ipAddress: '198.51.100.77',
  reasonForVisit: 'Dizzy spells since Tuesday',
  overrideReason: 'She faints in queues',
  cancelReason: 'Her migraine came back',
  oldReason: 'Her sister called about it',
  requestedName: 'Kusumawardani Requested',
  declineReason: 'Her deed says otherwise',
  correctedPhone: '+6281298765403',
  correctionReason: 'She moved to another operator',
  invitedEmail: 'wardhani.invited@example.net',
  filledAddress: 'Gang Mawar 12',
  network: 'a-keyed-hash-of-her-network',
  browser: 'a-browser-of-hers',
  messageAddress: 'wardhani.written-to@example.net',
  providerId: 'provider-id-of-a-message-to-her',
}
/** These are written in more than one way. */
const spellings = (value: string) => [
  value,
  value.replace(/^\+/, ''),
  [...value.replace(/^\+/, '')].reverse().join(''),
]

let deskKey: string
let desk: number
let patientId: number
let formerId: number
let accountId: number

beforeAll(async () => {
  desk = await openAccount(sql, { role: 'front_desk' })
  deskKey = await giveKey(sql, desk, { role: 'front_desk' })
  await plantRecord()
  await plantAccount()
  await plantAppointments()
})

async function plantRecord() {
  patientId = await registerPatient(sql, planted.name)
  formerId = await registerPatient(sql, planted.mergedName)
  await sql.query(
    `update patients set called_name = $2, birth_date = $3, sex = 'female', phone = $4, contact_email = $5, email = $6,
       languages = '{jv}', preferred_channel = 'whatsapp', address = $7, desk_note = $8
     where id = $1`,
    [
      patientId,
      planted.calledName,
      planted.birthDate,
      planted.phone,
      planted.contactEmail,
      planted.formerEmail,
      planted.address,
      planted.deskNote,
    ],
  )
  await sql.query('update patients set moved_to_id = $2, phone = $3 where id = $1', [
    formerId,
    patientId,
    planted.mergedPhone,
  ])
  for (const issuer of ['nik', 'bpjs', 'passport', 'record'] as const)
    await sql.query('insert into patient_identifiers values ($1, $2, $3)', [
      issuer === 'record' ? formerId : patientId,
      issuer,
      planted[issuer],
    ])
  await sql.query(
    `insert into patient_events (patient_id, kind, at, actor_kind, reason, before, after)
     values ($1, 'patient.corrected', now(), 'front_desk', $2, jsonb_build_object('phone', $3::text), jsonb_build_object('name', $4::text))`,
    [patientId, planted.correctionReason, planted.correctedPhone, planted.name],
  )
  await sql.query(
    `insert into correction_requests (patient_id, changes, status, requested_at, reason)
     values ($1, jsonb_build_object('name', $2::text), 'declined', now(), $3)`,
    [patientId, planted.requestedName, planted.declineReason],
  )
  await sql.query(
    `insert into patient_invitations (patient_id, email, invited_at, expires_at) values ($1, $2, now(), now())`,
    [patientId, planted.invitedEmail],
  )
  await sql.query(
    `insert into patient_merges (from_id, into_id, merged_at, appointment_ids, filled)
     values ($1, $2, now(), '{}', jsonb_build_object('address', $3::text))`,
    [formerId, patientId, planted.filledAddress],
  )
}

async function plantAccount() {
  accountId = await openAccount(sql, {
    patientIds: [patientId],
    email: planted.accountEmail,
    name: planted.accountName,
  })
  await openSession(sql, accountId)
  await sql.query('update sessions set device = $2, place = $3, ip_address = $4 where account_id = $1', [
    accountId,
    planted.device,
    planted.place,
    planted.ipAddress,
  ])
  await sql.query(
    `insert into passkeys (account_id, credential_id, public_key, is_backed_up, name, created_at, last_used_at)
     values ($1, 'hers', '', true, $2, now(), now())`,
    [accountId, planted.passkeyName],
  )
  await giveKey(sql, accountId)
  await sql.query('update api_keys set name = $2 where owner_id = $1', [accountId, planted.keyName])
  for (const email of [planted.accountEmail, planted.contactEmail, planted.invitedEmail])
    await sql.query(
      `insert into sign_in_codes (email, browser_hash, network_hash, code_hash, sent_at, expires_at)
       values ($1, '', $2, '', now(), now())`,
      [email, planted.network],
    )
  await sql.query(
    `insert into security_events (at, kind, account_id, actor_kind, network_hash, place, details)
     values (now(), 'sign_in.succeeded', $1, 'patient', $2, $3, jsonb_build_object('device', $4::text))`,
    [accountId, planted.network, planted.place, planted.device],
  )
}

async function plantAppointments() {
  const doctorId = await hireDoctor(sql)
  const ask = (method: string, path: string, body: object, key = '') =>
    fetch(`${origin}/api/v1${path}`, {
      method,
      body: JSON.stringify(body),
      headers: {
        Authorization: `Bearer ${deskKey}`,
        'Content-Type': 'application/json',
        ...(key && { 'Idempotency-Key': `"${key}"` }),
      },
    })
  const book = async (hours: number, more = {}) => {
    const start = Math.ceil(Date.now() / 3_600_000 + hours) * 3_600_000
    const [start_at, end_at] = [new Date(start).toISOString(), new Date(start + 1_800_000).toISOString()]
    const appointment = { doctor_id: doctorId, patient_id: patientId, start_at, end_at, ...more }
    const answer = await ask('POST', '/appointments', { appointment }, `book-${hours}`)
    expect(answer.status).toBe(201)
    return (await answer.json()).appointment.id as number
  }
  await book(30, { reason_for_visit: planted.reasonForVisit })
  await sql.query(
    `insert into time_off (doctor_id, starts_at, ends_at) values ($1, now() + interval '3 days', now() + interval '6 days')`,
    [doctorId],
  )
  await book(24 * 5, { override_reason: planted.overrideReason })
  const id = await book(40)
  await sql.query(
    'insert into appointment_responses (appointment_id, patient_id, start_at, responded_at) values ($1, $2, now(), now())',
    [id, patientId],
  )
  await sql.query(
    `insert into message_preferences
     select recipient, 'reminder', false, now()
     from unnest(array['account:' || $1, 'patient:' || $2, 'patient:' || $3]) recipient`,
    [accountId, patientId, formerId],
  )
  for (const [state, address, cause] of [
    ['sent', planted.messageAddress, 'one'],
    ['due', null, 'another'],
  ] as const)
    await enterMessage(sql, id, { state, accountId, channel: 'email', address, cause })
  await sql.query('update messages set provider_id = $1 where address is not null', [planted.providerId])
  await sql.query("insert into marked_addresses values ('email', $1, 'bounced', now())", [
    planted.contactEmail,
  ])
  await ask('POST', `/appointments/${id}/cancellation`, { cancellation: { reason: planted.cancelReason } })
  // An event of an earlier release, whose hash covers the reason itself, and a hold that was released.
  await sql.query(
    `with held as (
       insert into appointments (doctor_id, patient_id, status, start_at, end_at, hold_expires_at, stranger_id)
       values ($1, $2, 'cancelled', '2020-01-01', '2020-01-01 00:30', '2020-01-01', $4)
       returning id
     ),
     event as (
       select jsonb_populate_record(null::events, jsonb_build_object(
         'appointment_id', id, 'number', 1, 'kind', 'appointment.released', 'at', '2020-01-01', 'actor_kind', 'front_desk',
         'reason', $3::text,
         'after', appointment_facts('cancelled', $1, $2, null, '2020-01-01', '2020-01-01 00:30')
       )) as one
       from held
     ),
     anchored as (
       insert into event_heads select (one).appointment_id, 1, event_hash(one) from event
     )
     insert into events (appointment_id, number, kind, at, actor_kind, reason, after, hash)
     select (one).appointment_id, 1, (one).kind, (one).at, (one).actor_kind, (one).reason, (one).after, event_hash(one)
     from event`,
    [doctorId, patientId, planted.oldReason, planted.browser],
  )
  await sql.query(`
    update appointments set event_count = 1, last_event_hash = events.hash
    from events where appointment_id = appointments.id and last_event_hash is null`)
}

/** Where each value is: the tables whose rows have it in any column. */
async function whereIs(): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql.query(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  expect(tables.length).toBeGreaterThan(30)
  const found: Record<string, string[]> = {}
  for (const [what, value] of Object.entries(planted)) {
    found[what] = []
    for (const { name } of tables) {
      const { rowCount } = await sql.query(
        `select from ${name} one where exists (
           select from unnest($1::text[]) value where strpos(lower(one::text), lower(value)) > 0
         ) limit 1`,
        [spellings(value)],
      )
      if (rowCount) found[what]?.push(name)
    }
  }
  return found
}

const figures = async () =>
  (
    await sql.query(`
      select status, doctor_id, visit_type_id, start_at::date as day, count(*)::int
      from appointments group by 1, 2, 3, 4 order by 1, 2, 3, 4`)
  ).rows
const traces = (texts: string[]) =>
  Object.values(planted).filter((value) =>
    spellings(value).some((spelling) => texts.join('\n').toLowerCase().includes(spelling.toLowerCase())),
  )

it('leaves none of a person’s values in any table, log line, snapshot or public page, and history still verifies', async () => {
  const before = await whereIs()
  expect(Object.values(before).filter((tables) => tables.length === 0)).toEqual([])
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(30)
  expect(await chosen()).toEqual({ preferences: 3, responses: 1 })
  expect((await verifyEvents(clinic.context().db)).broken).toEqual([])
  const lines: Line[] = clinic.takeLines()
  await lookAround()
  const counted = await figures()

  const refused = await sendErasure({})
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'has_future_appointments' })
  expect(await figures()).toEqual(counted)
  const answer = await sendErasure({ cancel_appointments: true })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    erasure: { patient_id: patientId, closed_account_ids: [accountId] },
  })

  expect(Object.entries(await whereIs()).filter(([, tables]) => tables.length > 0)).toEqual([])
  expect((await verifyEvents(clinic.context().db)).broken).toEqual([])
  await lookAround()
  lines.push(...clinic.takeLines())
  expect(lines.length).toBeGreaterThan(5)
  expect(traces(lines.map((line) => JSON.stringify(line)))).toEqual([])
  expect(traces([await snapshot()])).toEqual([])
  expect(traces(await publicPages())).toEqual([])
  const { rows } = await sql.query(
    'select count(*)::int from patient_search_keys where patient_id = any ($1)',
    [[patientId, formerId]],
  )
  expect(rows).toEqual([{ count: 0 }])
  expect(await chosen()).toEqual({ preferences: 0, responses: 0 })
  const states = await sql.query('select state, reason from messages where account_id = $1 order by id', [
    accountId,
  ])
  expect(states.rows).toEqual([
    { state: 'sent', reason: null },
    { state: 'skipped', reason: 'account_closed' },
  ])
})

/** What they chose to be told, and whether they said that they would come. */
const chosen = async () =>
  (
    await sql.query(
      `select
         (select count(*)::int from message_preferences
          where recipient in ('account:' || $1::bigint, 'patient:' || $2::bigint, 'patient:' || $3::bigint)) as preferences,
         (select count(*)::int from appointment_responses where patient_id in ($2::bigint, $3::bigint)) as responses`,
      [accountId, patientId, formerId],
    )
  ).rows[0]

it('leaves the clinic’s figures as they are', async () => {
  const other = await registerPatient(sql, 'Budi Santoso')
  await sql.query(
    `insert into appointments (doctor_id, patient_id, status, start_at, end_at)
     select (select min(id) from doctors), $1, status, at, at + interval '30 minutes'
     from unnest(array['fulfilled', 'noshow', 'cancelled']) with ordinality each (status, n)
     cross join lateral (select timestamptz '2026-01-01' + n * interval '1 day' as at) start`,
    [other],
  )
  const before = await figures()
  expect((await sendErasure({}, other)).status).toBe(200)
  expect(await figures()).toEqual(before)
})

const sendErasure = (erasure: object, id = patientId) =>
  fetch(`${origin}/api/v1/patients/${id}/erasure`, {
    method: 'POST',
    body: JSON.stringify({ erasure }),
    headers: { Authorization: `Bearer ${deskKey}`, 'Content-Type': 'application/json' },
  })

/** Requests that name the person, for the log. */
async function lookAround() {
  const headers = { Authorization: `Bearer ${deskKey}`, 'Content-Type': 'application/json' }
  const search = (q: string) =>
    fetch(`${origin}/api/v1/patients/search`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ search: { q } }),
    })
  for (const q of [planted.name, planted.phone, planted.contactEmail]) await (await search(q)).text()
  for (const path of [`/api/v1/patients/${patientId}`, '/api/v1/appointments'])
    await (await fetch(origin + path, { headers })).text()
  const cookie = await openSession(sql, desk)
  for (const path of ['/appointments', `/patients/${patientId}`])
    await (await fetch(origin + path, { headers: { Cookie: cookie } })).text()
}

/** What the cache in front of the Worker may keep. */
const publicPages = () =>
  Promise.all(
    ['/booking', '/api/v1/slots?visit_type_id=1&from=2026-11-23', '/api/v1/doctors', '/api/v1/locations'].map(
      async (path) => (await fetch(origin + path)).text(),
    ),
  )

async function snapshot(): Promise<string> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'alobooking-erasure-'))
  const file = join(directory.path, 'clinic.sql.gz')
  await writeSnapshot({ url: clinic.databaseUrl, file })
  return gunzipSync(await readFile(file)).toString()
}
