import { createHash, randomBytes } from 'node:crypto'
import { generateSignedCookie } from 'hono/cookie'
import type pg from 'pg'
import { localKeys } from '../scripts/seed.ts'
import { chooseSlots, type FreeSlot, findVisitType } from './free-slots.ts'
import { authSecret } from './workers.ts'

/** Somebody made for the benchmark, with an API key of their own. */
export interface BenchPatient {
  id: number
  accountId: number
  key: string
}

/** What the benchmark works with in one database. */
export interface Scene {
  sql: pg.Pool
  visitTypeId: number
  patients: BenchPatient[]
  /** Somebody with nothing in their calendar, another one each time until all have had their turn. */
  takeIdler(): BenchPatient
  deskKey: string
  /** What a browser of the patient sends as `Cookie`. */
  signIn(patient: BenchPatient): Promise<string>
  /** A time that is free for its doctor and its patient and never given again; undefined when all are. */
  takeSlot(): FreeSlot | undefined
  /** Which 500 doctors offer the visit, or as many as there are. */
  fiveHundred: { query: string; doctors: number }
  doctorIds: number[]
  locationIds: number[]
  /** Undoes whatever was written since. */
  cleanUp(): Promise<void>
}

const patients = 128
/** For whom no times are chosen. */
const idlers = 32
const deskKey = localKeys.find(({ role }) => role === 'front_desk')?.key ?? ''

/** Makes patients with accounts and keys, and chooses so many free times for them. */
export async function setTheScene(sql: pg.Pool, slots: number): Promise<Scene> {
  await cleanUp(sql)
  await sql.query('create table benchmark_began as select coalesce(max(id), 0) as last_id from appointments')
  const people = await registerPatients(sql)
  const visitTypeId = await findVisitType(sql)
  const free = await chooseSlots(sql, {
    visitTypeId,
    patientIds: people.slice(0, patients).map(({ id }) => id),
    many: slots,
  })
  await sql.query('analyze patients; analyze accounts; analyze api_keys')
  let [taken, idle] = [0, 0]
  return {
    sql,
    visitTypeId,
    deskKey,
    patients: people.slice(0, patients),
    takeIdler: () => people[patients + (idle++ % idlers)] as BenchPatient,
    signIn: ({ accountId }) => signIn(sql, accountId),
    takeSlot: () => free[taken++],
    fiveHundred: await chooseFiveHundred(sql, visitTypeId),
    doctorIds: await ids(sql, 'select doctor_id as id from doctor_visit_types where visit_type_id = $1', [
      visitTypeId,
    ]),
    locationIds: await ids(sql, 'select distinct location_id as id from doctors'),
    cleanUp: () => cleanUp(sql),
  }
}

async function registerPatients(sql: pg.Pool): Promise<BenchPatient[]> {
  const { rows } = await sql.query(
    `with
     patient as (insert into patients (name) select 'Bench ' || n from generate_series(1, $1) n returning id),
     account as (
       insert into accounts (email, name, role, terms_accepted_at)
       select 'bench-' || id || '@example.com', 'Bench', 'patient', now() from patient
       returning id, email
     ),
     pair as (
       select account.id as account_id, patient.id as patient_id
       from patient join account on account.email = 'bench-' || patient.id || '@example.com'
     ),
     own as (insert into account_patients (account_id, patient_id, relation) select *, 'self' from pair)
     select account_id, patient_id from pair`,
    [patients + idlers],
  )
  const people = rows.map(({ account_id, patient_id }) => ({
    id: Number(patient_id),
    accountId: Number(account_id),
    key: `bench-${randomBytes(16).toString('hex')}`,
  }))
  const hashes = people.map(({ key }) => createHash('sha256').update(key).digest('hex'))
  await sql.query(
    `insert into api_keys (name, key_hash, owner_id, role, scopes)
     select 'Bench', hash, owner, 'patient', '{appointments:read,appointments:write}'
     from unnest($1::text[], $2::bigint[]) key (hash, owner)`,
    [hashes, people.map(({ accountId }) => accountId)],
  )
  return people
}

async function signIn(sql: pg.Pool, accountId: number): Promise<string> {
  const token = randomBytes(16).toString('hex')
  const expiry = new Date(Date.now() + 86_400_000)
  await sql.query('insert into sessions (account_id, token_hash, expires_at) values ($1, $2, $3)', [
    accountId,
    createHash('sha256').update(token).digest('hex'),
    expiry,
  ])
  const options = { path: '/', secure: true }
  const cookie = await generateSignedCookie('__Host-session', `session:${token}`, authSecret, options)
  return cookie.split(';')[0] as string
}

/** No specialty of the generated clinic has just so many: they are given one of their own until it is cleaned up. */
async function chooseFiveHundred(sql: pg.Pool, visitTypeId: number) {
  await sql.query(
    `create table benchmark_specialties as
     select doctor.id, doctor.specialty
     from doctors doctor join doctor_visit_types offer on offer.doctor_id = doctor.id and offer.visit_type_id = $1
     order by hashint8(doctor.id) limit 500`,
    [visitTypeId],
  )
  const { rowCount } = await sql.query(
    "update doctors set specialty = 'Benchmark' where id in (select id from benchmark_specialties)",
  )
  await sql.query('vacuum analyze doctors')
  const query = new URLSearchParams({ visit_type_id: String(visitTypeId), specialty: 'Benchmark' })
  return { query: query.toString(), doctors: rowCount ?? 0 }
}

async function ids(sql: pg.Pool, query: string, values: unknown[] = []): Promise<number[]> {
  return (await sql.query(query, values)).rows.map(({ id }) => Number(id))
}

/**
 * What the benchmark has written is taken out again, also when it was killed before: a copy of ten million would take
 * minutes. The tables are left as they were, and vacuumed.
 */
async function cleanUp(sql: pg.Pool): Promise<void> {
  const { rows } = await sql.query("select to_regclass('benchmark_began') is not null as is_left")
  if (!rows[0].is_left) return
  await sql.query(`
    begin;
    create temp table bench_account as select id from accounts where email like 'bench-%@example.com';
    delete from events where appointment_id > (select last_id from benchmark_began);
    delete from appointments where id > (select last_id from benchmark_began);
    delete from idempotency_keys where account_id in (select id from bench_account)
      or account_id in (select owner_id from api_keys where name = 'local-front-desk');
    delete from sessions where account_id in (select id from bench_account);
    delete from api_keys where owner_id in (select id from bench_account);
    create temp table bench_patient as
      select patient_id as id from account_patients where account_id in (select id from bench_account);
    delete from account_patients where account_id in (select id from bench_account);
    delete from accounts where id in (select id from bench_account);
    delete from patients where id in (select id from bench_patient);
    create table if not exists benchmark_specialties (id bigint, specialty text);
    update doctors set specialty = former.specialty from benchmark_specialties former where former.id = doctors.id;
    drop table benchmark_began, benchmark_specialties, bench_account, bench_patient;
    commit`)
  for (const table of ['appointments', 'events', 'idempotency_keys', 'api_keys', 'patients', 'doctors'])
    await sql.query(`vacuum ${table}`)
}
