import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { openSession } from '../scripts/local/open-session.ts'
import { localKeys } from '../scripts/seed.ts'
import { hashKey } from '../src/clinic/accounts/hash-key.ts'
import { chooseSlots, type FreeSlot, findVisitType } from './free-slots.ts'
import { addVisitTypeWithRoom, chooseWithRooms, roomsAtEach } from './rooms.ts'
import { authSecret } from './workers.ts'

/** A patient made for the benchmark, with their own API key. */
export interface BenchPatient {
  id: number
  accountId: number
  key: string
}

/** What the benchmark works with in one database; `await using` undoes its changes. */
export interface Scene extends AsyncDisposable {
  sql: pg.Pool
  visitTypeId: number
  /** What a visit type for groups is to be called, so that it is deleted again. */
  groupName: string
  patients: BenchPatient[]
  /** A patient without appointments, each in turn. */
  takeIdler(): BenchPatient
  deskKey: string
  /** Returns the `Cookie` header of the patient's browser. */
  signIn(patient: BenchPatient): Promise<string>
  /** A free time for its doctor and patient, never returned twice; undefined when none is left. */
  takeSlot(): FreeSlot | undefined
  /** The same for a visit type that needs a room, too. */
  withRoom: { visitTypeId: number; takeSlot(): FreeSlot | undefined }
  /** A search over 500 doctors, or as many as there are. */
  fiveHundred: { query: string; doctors: number }
  /** The same for a visit type that needs one of so many rooms. */
  fiveHundredWithRooms: { query: string; doctors: number; rooms: number }
  doctorIds: number[]
  locationIds: number[]
}

/** So many that none has more open appointments than the clinic may allow, and an isolate remembers all their keys. */
const patients = 768
/** Patients without chosen times. */
const idlers = 32
const groupName = 'Benchmark group'
const deskKey = localKeys.find(({ role }) => role === 'front_desk')?.key ?? ''

/** Registers patients with accounts and keys, and chooses free times for them. */
export async function setTheScene(
  sql: pg.Pool,
  { slots, slotsWithRoom }: { slots: number; slotsWithRoom: number },
): Promise<Scene> {
  await cleanUp(sql)
  await sql.query('create table benchmark_began as select coalesce(max(id), 0) as last_id from appointments')
  await sql.query(`
    create table benchmark_settings as select * from clinic_settings;
    update clinic_settings set
      most_open_appointments = 100, most_open_appointments_after_visit = 100,
      most_open_appointments_in_first_hour = 100, most_holds = 100, most_holds_in_first_hour = 100`)
  const people = await registerPatients(sql)
  const visitTypeId = await findVisitType(sql)
  const free = await chooseSlots(sql, {
    visitTypeId,
    patientIds: people.slice(0, patients).map(({ id }) => id),
    many: slots,
  })
  const needsRoom = await addVisitTypeWithRoom(sql, visitTypeId)
  const freeWithRoom = await chooseSlots(sql, {
    visitTypeId: needsRoom,
    patientIds: people.slice(0, patients).map(({ id }) => id),
    many: slotsWithRoom,
    rooms: roomsAtEach,
    besides: free,
  })
  await sql.query(
    'analyze patients; analyze accounts; analyze api_keys; analyze resources; analyze visit_type_needs',
  )
  let [taken, takenWithRoom, idle] = [0, 0, 0]
  return {
    sql,
    visitTypeId,
    groupName,
    deskKey,
    patients: people.slice(0, patients),
    takeIdler: () => people[patients + (idle++ % idlers)] as BenchPatient,
    signIn: ({ accountId }) => openSession(sql, { accountId, authSecret }),
    takeSlot: () => free[taken++],
    withRoom: { visitTypeId: needsRoom, takeSlot: () => freeWithRoom[takenWithRoom++] },
    fiveHundred: await chooseFiveHundred(sql, visitTypeId),
    fiveHundredWithRooms: await chooseWithRooms(sql),
    doctorIds: await ids(sql, 'select doctor_id as id from doctor_visit_types where visit_type_id = $1', [
      visitTypeId,
    ]),
    locationIds: await ids(sql, 'select distinct location_id as id from doctors'),
    [Symbol.asyncDispose]: () => cleanUp(sql),
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
  const hashes = people.map(({ key }) => hashKey(key))
  await sql.query(
    `insert into api_keys (name, key_hash, owner_id, role, scopes)
     select 'Bench', hash, owner, 'patient', '{appointments:read,appointments:write}'
     from unnest($1::text[], $2::bigint[]) key (hash, owner)`,
    [hashes, people.map(({ accountId }) => accountId)],
  )
  return people
}

/** Gives 500 doctors a specialty of their own until clean-up, because none has exactly that many. */
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
 * Deletes what the benchmark wrote, even if an earlier run was killed: copying ten million rows would take minutes. Leaves
 * the tables as they were, and vacuumed.
 */
async function cleanUp(sql: pg.Pool): Promise<void> {
  const { rows } = await sql.query("select to_regclass('benchmark_began') is not null as is_left")
  if (!rows[0].is_left) return
  await sql.query(`
    begin;
    create temp table bench_account as select id from accounts where email like 'bench-%@example.com';
    delete from events where appointment_id > (select last_id from benchmark_began);
    delete from event_heads where appointment_id > (select last_id from benchmark_began);
    delete from tombstones where appointment_id > (select last_id from benchmark_began);
    delete from outbox where appointment_id > (select last_id from benchmark_began);
    delete from appointments where id > (select last_id from benchmark_began);
    create temp table bench_group as select id from visit_types where name = '${groupName}';
    delete from doctor_visit_types where visit_type_id in (select id from bench_group);
    delete from visit_types where id in (select id from bench_group);
    create temp table bench_visit_type as select id from visit_types where name = 'Benchmark';
    delete from visit_type_needs where visit_type_id in (select id from bench_visit_type);
    delete from doctor_visit_types where visit_type_id in (select id from bench_visit_type);
    delete from visit_types where id in (select id from bench_visit_type);
    delete from resources where kind = 'benchmark';
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
    create table if not exists benchmark_rooms (id bigint, is_closed boolean);
    update resources set is_active = true where id in (select id from benchmark_rooms where is_closed);
    create table if not exists benchmark_settings as select * from clinic_settings;
    update clinic_settings set
      most_open_appointments = former.most_open_appointments,
      most_open_appointments_after_visit = former.most_open_appointments_after_visit,
      most_open_appointments_in_first_hour = former.most_open_appointments_in_first_hour,
      most_holds = former.most_holds,
      most_holds_in_first_hour = former.most_holds_in_first_hour
    from benchmark_settings former;
    drop table benchmark_began, benchmark_settings, benchmark_specialties, benchmark_rooms, bench_account, bench_patient, bench_group, bench_visit_type;
    commit`)
  for (const table of [
    'appointments',
    'claims',
    'events',
    'outbox',
    'idempotency_keys',
    'api_keys',
    'patients',
    'doctors',
    'resources',
  ])
    await sql.query(`vacuum ${table}`)
}
