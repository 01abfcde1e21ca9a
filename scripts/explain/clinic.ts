import type pg from 'pg'
import { findOpenSlots } from '../../src/clinic/availability/find-open-slots.ts'
import { type Actor, type ClinicContext, personOf } from '../../src/clinic/context.ts'
import { secretsOf } from '../../src/clinic/sign.ts'
import { connect, type Database } from '../../src/database/connect.ts'
import { CannotStart } from '../local/cannot-start.ts'
import type { DatabaseCopy } from './database-copy.ts'

/** Who and what the calls are about: each the busiest of its kind, or one without anything. */
interface Cast {
  /** Three at one location who offer both visit types, the busiest first. */
  doctors: [number, number, number]
  locationId: number
  specialty: string
  /** Bookable online, without and with a daily cap. */
  visitTypeId: number
  cappedVisitTypeId: number
  patientId: number
  /** Has no appointment. */
  newPatientId: number
  accountId: number
  appointmentId: number
  /** The appointment in the middle of all, by start. */
  middle: { startAt: Date; id: number }
  /** A part of many patients' names. */
  partOfName: string
}

export interface Explained {
  sql: pg.Client
  cast: Cast
  now: Date
  as: Record<'patient' | 'newPatient' | 'desk' | 'doctor' | 'admin' | 'stranger' | 'system', Actor>
  /** The context of a verb, over the real driver. */
  context(actor: Actor, particulars?: Partial<ClinicContext>): ClinicContext
  /** The same with an `Idempotency-Key`. Calls with the same context repeat it. */
  keyed(actor: Actor, particulars?: Partial<ClinicContext>): ClinicContext
  /** Has no statement timeout. */
  unhurriedDb: Database
  /** The mails that were sent, newest first. */
  mails: { to: string; text: string }[]
  /** The start of a free slot, far from all that were taken before. */
  takeSlot(doctorId: number, visitTypeId?: number): Promise<string>
}

const minutes = 60_000

/** Chooses the cast, and opens the clinic for it. */
export async function openExplained({ url, sql }: DatabaseCopy, bridgeUrl: string): Promise<Explained> {
  const db = connect({ DATABASE_URL: url, NEON_BRIDGE_URL: bridgeUrl, DATABASE_TIME_LIMIT_MS: 120_000 })
  const unlimited = new URL(url)
  unlimited.searchParams.set('options', '-c timezone=UTC -c statement_timeout=0')
  const cast = await chooseCast(sql)
  const { accountId } = cast
  await trust(sql, cast)
  const staff = await openStaff(sql, cast)
  const now = new Date()
  const mails: Explained['mails'] = []
  let keys = 0
  const context = (actor: Actor, particulars: Partial<ClinicContext> = {}): ClinicContext => ({
    db,
    actor,
    now,
    requestId: 'explain',
    mail: { send: async (mail) => void mails.unshift(mail) },
    secrets: secretsOf('a secret that signs nothing that counts'),
    tell: () => {},
    sessionHash: sessionOf(personOf(actor)?.accountId),
    ...particulars,
  })
  const takeSlot = slotsOf(context({ kind: 'anonymous' }), cast, sql)
  return {
    sql,
    cast,
    now,
    mails,
    unhurriedDb: connect({
      DATABASE_URL: unlimited.href,
      NEON_BRIDGE_URL: bridgeUrl,
      DATABASE_TIME_LIMIT_MS: 900_000,
    }),
    as: {
      patient: { kind: 'patient', accountId, patientIds: [cast.patientId] },
      newPatient: { kind: 'patient', accountId, patientIds: [cast.newPatientId] },
      desk: { kind: 'front_desk', accountId: staff.front_desk },
      doctor: { kind: 'doctor', accountId: staff.doctor, doctorId: cast.doctors[0] },
      admin: { kind: 'admin', accountId: staff.admin },
      stranger: { kind: 'anonymous' },
      system: { kind: 'system' },
    },
    context,
    keyed: (actor, particulars) =>
      context(actor, { ...particulars, idempotency: { key: `explain ${keys++}`, fingerprint: '00' } }),
    takeSlot,
  }
}

/** Lets the account act for both patients, and book more than most clinics would let it. */
async function trust(sql: pg.Client, { accountId, patientId, newPatientId }: Cast): Promise<void> {
  await sql.query(
    `insert into account_patients (account_id, patient_id, relation)
     values ($1, $2, 'self'), ($1, $3, 'dependant') on conflict do nothing`,
    [accountId, patientId, newPatientId],
  )
  await sql.query(
    'update clinic_settings set most_open_appointments = 100, most_open_appointments_after_visit = 100',
  )
}

const sessionOf = (accountId: number | undefined) => `explained ${accountId}`

/** An account for each role of the clinic's own people; each and the patient get a session that lasts into the calls' future. */
async function openStaff(sql: pg.Client, { accountId, doctors }: Cast) {
  const { rows } = await sql.query(
    `insert into accounts (email, name, role, doctor_id, terms_accepted_at)
     select 'explained-' || role || '@example.com', 'Explained', role, case when role = 'doctor' then $1::bigint end, now()
     from unnest(array['front_desk', 'doctor', 'admin']) role
     returning id::int, role`,
    [doctors[0]],
  )
  await openSessions(sql, [accountId, ...rows.map(({ id }) => id)])
  return Object.fromEntries(rows.map(({ id, role }) => [role, id])) as Record<
    'front_desk' | 'doctor' | 'admin',
    number
  >
}

/** The account of another doctor. */
export async function openDoctor(sql: pg.Client, doctorId: number): Promise<Actor> {
  const { rows } = await sql.query(
    `insert into accounts (email, name, role, doctor_id, terms_accepted_at)
     values ('explained-doctor-' || $1::bigint || '@example.com', 'Explained', 'doctor', $1, now()) returning id::int`,
    [doctorId],
  )
  const [{ id: accountId }] = rows
  await openSessions(sql, [accountId])
  return { kind: 'doctor', accountId, doctorId }
}

async function openSessions(sql: pg.Client, accountIds: number[]): Promise<void> {
  await sql.query(
    `insert into sessions (account_id, token_hash, created_at, last_seen_at, expires_at)
     select unnest($1::bigint[]), unnest($2::text[]), ahead, ahead, ahead from (select now() + interval '1 year' as ahead)`,
    [accountIds, accountIds.map(sessionOf)],
  )
}

async function chooseCast(sql: pg.Client): Promise<Cast> {
  const { rows } = await sql.query(`
    with
    visit as (
      select
        (array_agg(id order by offers desc, id) filter (where daily_cap is null))[1] as visit_type_id,
        (array_agg(id order by offers desc, id) filter (where daily_cap is not null))[1] as capped_visit_type_id
      from visit_types
      join (select visit_type_id, count(*) as offers from doctor_visit_types group by 1) offer on visit_type_id = id
      where bookable_online
    ),
    busy as (select doctor_id, count(*) as load from appointments where event_count > 0 group by 1),
    place as (
      select location_id, array_agg(doctors.id order by load desc) as doctors
      from visit, doctors
      join busy on busy.doctor_id = doctors.id
      where 2 = (
        select count(*) from doctor_visit_types offer
        where offer.doctor_id = doctors.id and visit_type_id in (visit.visit_type_id, capped_visit_type_id)
      )
      group by 1 having count(*) >= 3
      order by max(load) desc limit 1
    )
    select
      place.location_id::int as "locationId", doctors::int[], specialty, visit_type_id::int as "visitTypeId",
      capped_visit_type_id::int as "cappedVisitTypeId", patient.id::int as "patientId",
      newcomer.id::int as "newPatientId", account.id::int as "accountId", known.id::int as "appointmentId",
      json_build_object('startAt', middle.start_at, 'id', middle.id) as middle, split_part(patient.name, ' ', 1) as "partOfName"
    from visit, place
    join doctors on doctors.id = doctors[1]
    cross join lateral (
      select patient_id from appointments where patient_id is not null group by 1 order by count(*) desc, 1 limit 1
    ) often
    join patients patient on patient.id = often.patient_id
    cross join lateral (select id from accounts where email = 'filler-1@example.com') account
    cross join lateral (select id from patients where name = 'New Patient' limit 1) newcomer
    cross join lateral (
      select id from appointments
      where doctor_id = doctors[1] and event_count > 0 order by event_count desc, id limit 1
    ) known
    cross join lateral (
      select start_at, id from appointments
      order by start_at offset (select count(*) / 2 from appointments) limit 1
    ) middle`)
  const [cast] = rows
  if (!cast) throw new CannotStart('The database has too little in it: make one with npm run generate.')
  return { ...cast, middle: { ...cast.middle, startAt: new Date(cast.middle.startAt) } }
}

/** Gives each slot once, far enough from the others and from the patient's appointments for all buffers. */
function slotsOf(ctx: ClinicContext, cast: Cast, sql: pg.Client) {
  const found = new Map<string, Date[]>()
  let taken: Date[] | undefined
  return async (doctorId: number, visitTypeId = cast.visitTypeId): Promise<string> => {
    taken ??= await busyTimes(sql, cast.patientId)
    const key = `${doctorId} ${visitTypeId}`
    const slots = found.get(key) ?? (await slotsIn(ctx, doctorId, visitTypeId))
    found.set(key, slots)
    const slot = slots.find((slot) => taken?.every((other) => Math.abs(+other - +slot) >= 300 * minutes))
    if (!slot) throw new CannotStart(`Doctor ${doctorId} has too few free slots.`)
    taken.push(slot)
    return slot.toISOString()
  }
}

async function busyTimes(sql: pg.Client, patientId: number): Promise<Date[]> {
  const { rows } = await sql.query('select start_at from appointments where patient_id = $1', [patientId])
  return rows.map(({ start_at }) => start_at)
}

async function slotsIn(ctx: ClinicContext, doctorId: number, visitTypeId: number): Promise<Date[]> {
  const dateIn = (days: number) =>
    new Date(ctx.now.getTime() + days * 1440 * minutes).toISOString().slice(0, 10)
  const found = await findOpenSlots(ctx, { doctorId, visitTypeId, from: dateIn(14), to: dateIn(74) })
  if (!found.ok) throw new CannotStart(`Doctor ${doctorId} offers nothing: ${found.refusal}.`)
  return found.slots.map(({ startAt }) => startAt)
}
