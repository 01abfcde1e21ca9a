import { type SQL, sql } from 'drizzle-orm'
import type { Role } from '../../../drizzle/schema/accounts.ts'
import type { Scope } from '../../../drizzle/schema/api-keys.ts'
import type { Database } from '../../database/connect.ts'
import { type Actor, toPerson } from '../context.ts'

/** A signed-in person, as the pages know them. */
export interface Visitor {
  actor: Actor
  accountId: number
  name: string
  /** Whether the name is given and the terms are accepted; until then the actor is anonymous. */
  isComplete: boolean
  /** What the session still owes; unless it is `met`, the actor is anonymous. */
  secondFactor: SecondFactor
  /** When the session ends unless it is used, in milliseconds since 1970; not known yet when it has just been opened. */
  endsAt?: number
}

/** As drizzle/functions/second_factor_of.sql has it. */
type SecondFactor = 'met' | 'confirm' | 'set_up'

export interface AccountRow extends Record<string, unknown> {
  account_id: string
  role: Role
  doctor_id: string | null
  name: string
  is_complete: boolean
  second_factor: SecondFactor
  patient_ids: number[]
  location_ids: number[] | null
}

/** What it may act for at that instant: patients, its own first, and the locations that it is bound to. */
export const reachOf = (accountId: SQL, at: SQL) => sql`(
  select coalesce(json_agg(patient_id order by relation = 'dependant', patient_id), '[]')
  from account_patients
  where account_patients.account_id = ${accountId} and link_is_in_force(ends_on, ${at})
) as patient_ids,
to_json(locations_of_account(${accountId})) as location_ids`

/**
 * In one trip, which also notes the use if the last was five minutes ago: who has the session whose token has this hash;
 * null when there is no such session or it has ended.
 */
export async function findVisitor(db: Database, tokenHash: string, now: Date): Promise<Visitor | null> {
  const at = sql`${now.toISOString()}::timestamptz`
  const { rows } = await db.execute<AccountRow & { ends_at: string }>(sql`
    with
    session as (
      select
        sessions.id, sessions.last_seen_at, account_id, role, doctor_id, name,
        terms_accepted_at is not null as is_complete,
        (extract(epoch from session_ends_at(sessions, role)) * 1000)::bigint as ends_at,
        second_factor_of(account_id, role, signed_in_with) as second_factor
      from sessions
      join accounts on accounts.id = sessions.account_id
      where token_hash = ${tokenHash} and session_is_live(sessions, role, ${at})
    ),
    seen as (
      update sessions set last_seen_at = ${at}
      where id = (select id from session where last_seen_at <= ${at} - interval '5 minutes')
    )
    select
      account_id, role, doctor_id, name, is_complete, second_factor, ends_at,
      ${reachOf(sql`session.account_id`, at)}
    from session`)
  const [row] = rows
  return row ? { ...toVisitor(row), endsAt: Number(row.ends_at) } : null
}

export function toVisitor(row: AccountRow): Visitor {
  const { name, is_complete: isComplete, second_factor: secondFactor } = row
  const mayAct = isComplete && secondFactor === 'met'
  const actor: Actor = mayAct ? personIn(row) : { kind: 'anonymous' }
  return { actor, accountId: Number(row.account_id), name, isComplete, secondFactor }
}

interface KeyRow extends AccountRow {
  key_id: string
  scopes: string
}

/** In one trip, which also notes the use: who acts with the key of this hash; null when unknown, expired or revoked. */
export async function findApiClient(db: Database, keyHash: string, now: Date): Promise<Actor | null> {
  const at = sql`${now.toISOString()}::timestamptz`
  const { rows } = await db.execute<KeyRow>(sql`
    update api_keys set last_used_at = ${at}
    from accounts
    where accounts.id = api_keys.owner_id
    and key_hash = ${keyHash}
    and revoked_at is null
    and (expires_at is null or expires_at > ${at})
    returning
      api_keys.id as key_id, to_json(api_keys.scopes)::text as scopes,
      accounts.id as account_id, api_keys.role, accounts.doctor_id,
      ${reachOf(sql`accounts.id`, at)}`)
  const [row] = rows
  if (!row) return null
  const scopes = JSON.parse(row.scopes) as Scope[]
  return { kind: 'api_client', keyId: Number(row.key_id), scopes, actsFor: personIn(row) }
}

function personIn({ account_id, role, doctor_id, patient_ids, location_ids }: AccountRow) {
  return toPerson({
    accountId: Number(account_id),
    role,
    doctorId: doctor_id === null ? null : Number(doctor_id),
    patientIds: patient_ids,
    locationIds: location_ids,
  })
}
