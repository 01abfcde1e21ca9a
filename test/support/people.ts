import { createHash, randomBytes } from 'node:crypto'
import { generateSignedCookie } from 'hono/cookie'
import type pg from 'pg'
import type { Role } from '../../drizzle/schema/accounts.ts'
import { type Scope, scopes } from '../../drizzle/schema/api-keys.ts'
import type { Actor } from '../../src/clinic/context.ts'
import { authSecret } from './clinic.ts'

interface DoctorWishes {
  timeZone?: string
  specialty?: string
  gridMinutes?: number
  /** ISO weekdays, and the location's wall clock. */
  hours?: { weekdays: number[]; opensAt: string; closesAt: string; startsOn?: string; endsOn?: string }[]
  /** The ids of those they offer. */
  visitTypes?: number[]
  /** Of a new one if none is named. */
  locationId?: number
}

const everyDay = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '00:00', closesAt: '24:00' }]

/**
 * Inserts a doctor and returns the id. By default they work around the clock and offer a
 * consultation of half an hour.
 */
export async function hireDoctor(
  sql: pg.Pool,
  { timeZone = 'Asia/Jakarta', hours = everyDay, ...wishes }: DoctorWishes = {},
) {
  const doctor = await insert(
    sql,
    `insert into doctors (location_id, name, specialty, grid_minutes)
     values ($1, 'Dr. Strange', $2, $3) returning id`,
    [
      wishes.locationId ?? (await openLocation(sql, timeZone)),
      wishes.specialty ?? 'General practice',
      wishes.gridMinutes ?? 15,
    ],
  )
  for (const visitType of wishes.visitTypes ?? [await defineVisitType(sql)]) {
    await sql.query('insert into doctor_visit_types values ($1, $2) on conflict do nothing', [
      doctor,
      visitType,
    ])
  }
  for (const { weekdays, opensAt, closesAt, startsOn, endsOn } of hours) {
    await sql.query(
      `insert into weekly_hours (doctor_id, weekday, opens_at, closes_at, starts_on, ends_on)
       select $1, unnest($2::smallint[]), $3, $4, $5, $6`,
      [doctor, weekdays, opensAt, closesAt, startsOn, endsOn],
    )
  }
  return doctor
}

export function openLocation(sql: pg.Pool, timeZone = 'Asia/Jakarta'): Promise<number> {
  return insert(sql, `insert into locations (name, time_zone) values ('Menteng', $1) returning id`, [
    timeZone,
  ])
}

interface ResourceWishes {
  type?: 'room' | 'device'
  kind?: string
  name?: string
  sortOrder?: number
}

/** Adds a room, or a device, that can always be used. */
export function addResource(sql: pg.Pool, locationId: number, wishes: ResourceWishes = {}): Promise<number> {
  const { type = 'room', kind = 'consultation', name = 'Room 1', sortOrder = 0 } = wishes
  return insert(
    sql,
    'insert into resources (location_id, type, kind, name, sort_order) values ($1, $2, $3, $4, $5) returning id',
    [locationId, type, kind, name, sortOrder],
  )
}

interface VisitTypeWishes {
  name?: string
  mode?: 'in_person' | 'phone' | 'video'
  minutes?: number
  bufferBefore?: number
  bufferAfter?: number
  notice?: number
  horizonDays?: number
  dailyCap?: number
  online?: boolean
  /** Of a group. */
  capacity?: number
}

/** Inserts a visit type and returns its id: by default half an hour, ten years ahead, without other rules. */
export function defineVisitType(sql: pg.Pool, wishes: VisitTypeWishes = {}): Promise<number> {
  const {
    name = 'Consultation',
    mode = 'in_person',
    minutes = 30,
    bufferBefore = 0,
    bufferAfter = 0,
  } = wishes
  return insert(
    sql,
    `insert into visit_types (
       name, mode, minutes, buffer_before_minutes, buffer_after_minutes,
       notice_minutes, horizon_days, daily_cap, bookable_online, capacity
     )
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (name) do update set name = excluded.name returning id`,
    [
      name,
      mode,
      minutes,
      bufferBefore,
      bufferAfter,
      wishes.notice ?? 0,
      wishes.horizonDays ?? 3650,
      wishes.dailyCap,
      wishes.online ?? true,
      wishes.capacity,
    ],
  )
}

export function registerPatient(sql: pg.Pool, name = 'Patient Zero'): Promise<number> {
  return insert(sql, 'insert into patients (name) values ($1) returning id', [name])
}

async function insert(sql: pg.Pool, statement: string, values: unknown[]): Promise<number> {
  const { rows } = await sql.query(statement, values)
  return Number(rows[0].id)
}

interface AccountWishes {
  role?: Role
  /** The first is the account's own patient, the others are dependants. */
  patientIds?: number[]
  doctorId?: number
  email?: string
  name?: string
  /** Whether the name is given and the terms are accepted. */
  isComplete?: boolean
  /** Long ago unless given: the clinic trusts a new account with less. */
  createdAt?: Date
}

export async function openAccount(sql: pg.Pool, wishes: AccountWishes = {}): Promise<number> {
  const { role = 'patient', patientIds = [], doctorId, name = 'Account Holder', isComplete = true } = wishes
  const createdAt = wishes.createdAt ?? new Date('2026-01-01')
  const email = wishes.email ?? `${randomBytes(6).toString('hex')}@example.com`
  const account = await insert(
    sql,
    `insert into accounts (email, name, role, doctor_id, terms_accepted_at, created_at)
     values ($1, $2, $3, $4, case when $5 then now() end, $6) returning id`,
    [email, name, role, doctorId, isComplete, createdAt],
  )
  for (const [index, patient] of patientIds.entries()) {
    const relation = index === 0 ? 'self' : 'dependant'
    await sql.query('insert into account_patients values ($1, $2, $3)', [account, patient, relation])
  }
  return account
}

/** Opens a patient's account, and returns who acts with it. */
export async function openPatient(sql: pg.Pool, patientIds: number[], createdAt?: Date): Promise<Actor> {
  const accountId = await openAccount(sql, { patientIds, ...(createdAt && { createdAt }) })
  return { kind: 'patient', accountId, patientIds }
}

/** For suites in which one account books more than a clinic would let it. */
export async function liftCaps(sql: pg.Pool): Promise<void> {
  await sql.query(
    `update clinic_settings set
       most_open_appointments = 100, most_open_appointments_after_visit = 100,
       most_open_appointments_in_first_hour = 100, most_dependants = 100, most_dependants_in_first_hour = 100`,
  )
}

interface KeyWishes {
  role?: Role
  scopes?: Scope[]
  expiresAt?: Date
  revokedAt?: Date
}

/** Returns the key itself, for `Authorization: Bearer`. */
export async function giveKey(sql: pg.Pool, ownerId: number, wishes: KeyWishes = {}): Promise<string> {
  const { role = 'patient', scopes: lent = [...scopes] } = wishes
  const key = `test-${randomBytes(16).toString('hex')}`
  const hash = createHash('sha256').update(key).digest('hex')
  await sql.query(
    `insert into api_keys (name, key_hash, owner_id, role, scopes, expires_at, revoked_at)
     values ('A test key', $1, $2, $3, $4, $5, $6)`,
    [hash, ownerId, role, lent, wishes.expiresAt, wishes.revokedAt],
  )
  return key
}

/** The key of an admin, who may manage everything. */
export async function openAdmin(sql: pg.Pool): Promise<string> {
  return giveKey(sql, await openAccount(sql, { role: 'admin' }), { role: 'admin' })
}

/** The key of a front desk, who may book for anyone. */
export async function openDesk(sql: pg.Pool): Promise<string> {
  return giveKey(sql, await openAccount(sql, { role: 'front_desk' }), { role: 'front_desk' })
}

/** Gives the account a passkey that signs nobody in, and returns its id. */
export function givePasskey(sql: pg.Pool, accountId: number, name = 'Firefox, Windows'): Promise<number> {
  return insert(
    sql,
    `insert into passkeys (account_id, credential_id, public_key, is_backed_up, name, created_at, last_used_at)
     values ($1, $2, '', true, $3, now() - interval '3 days', now() - interval '1 hour') returning id`,
    [accountId, randomBytes(16).toString('base64url'), name],
  )
}

/** Signs the account in past the pages, and returns the `Cookie` header. */
export async function openSession(sql: pg.Pool, accountId: number, expiresAt?: Date) {
  return signCookie('__Host-session', (await beginSession(sql, accountId, expiresAt)).token)
}

/** Signs the account in, for `sessionHash` of a verb's context. */
export async function beginSession(
  sql: pg.Pool,
  accountId: number,
  expiresAt = new Date(Date.now() + 3_600_000),
): Promise<{ token: string; sessionHash: string }> {
  const token = randomBytes(16).toString('hex')
  const sessionHash = createHash('sha256').update(token).digest('hex')
  await sql.query('insert into sessions (account_id, token_hash, expires_at) values ($1, $2, $3)', [
    accountId,
    sessionHash,
    expiresAt,
  ])
  return { token, sessionHash }
}

/** A cookie signed with our key; the value starts with the cookie's name. */
export async function signCookie(name: string, value: string, secret = authSecret): Promise<string> {
  const named = `${name.replace('__Host-', '')}:${value}`
  const cookie = await generateSignedCookie(name, named, secret, { path: '/', secure: true })
  return cookie.split(';')[0] as string
}

export async function locationOf(sql: pg.Pool, doctorId: number): Promise<number> {
  const { rows } = await sql.query('select location_id::int as id from doctors where id = $1', [doctorId])
  return rows[0].id
}

interface AppointmentWishes {
  doctorId: number
  /** A new patient unless given. */
  patientId?: number
  visitTypeId?: number | undefined
  startAt: string
  minutes?: number
  status?: string
}

/** Writes an appointment past every verb and returns its id. A pending one is a hold for ten minutes. */
export async function insertAppointment(sql: pg.Pool, wishes: AppointmentWishes): Promise<number> {
  const { doctorId, visitTypeId, startAt, minutes = 30, status = 'booked' } = wishes
  const patientId = wishes.patientId ?? (await registerPatient(sql))
  return insert(
    sql,
    `insert into appointments (doctor_id, patient_id, visit_type_id, status, start_at, end_at, hold_expires_at)
     values (
       $1, $2, $3, $4, $5, $5::timestamptz + $6 * interval '1 minute',
       case when $4 = 'pending' then now() + interval '10 minutes' end
     ) returning id`,
    [doctorId, patientId, visitTypeId, status, startAt, minutes],
  )
}
