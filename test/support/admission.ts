import type pg from 'pg'
import { type Actor, type ClinicContext, type Person, personOf } from '../../src/clinic/context.ts'
import { reportError } from './quiet.ts'

/** Who acts when a test does not say. */
export const usualActor: Actor = { kind: 'front_desk', accountId: 999 }

/**
 * Gives the actors of `context()` what every write checks: an account of their role with its patients, and a session or a key. Accounts that
 * a test opened keep their role; those of small made-up ids get it from the context.
 */
export function admitting(sql: pg.Pool) {
  let queue: Promise<unknown> = Promise.resolve()
  const admitted = new Set<string>()
  return {
    /** Resolves when everyone is in the database. */
    done: () => queue,
    /** What the context needs besides; a context with a session of its own is left alone. */
    admit({ actor = usualActor, sessionHash }: Partial<ClinicContext>) {
      const person = personOf(actor)
      if (!person || sessionHash) return {}
      const session = `session of account ${person.accountId}`
      const who = JSON.stringify(actor)
      if (!admitted.has(who))
        queue = queue
          .then(() => insert(sql, actor, person, session))
          .catch((error) => reportError(String(error)))
      // Another role for the same made-up account is written again.
      for (const other of admitted) if (accountIn(other) === person.accountId) admitted.delete(other)
      admitted.add(who)
      return actor.kind === 'api_client' ? {} : { sessionHash: session }
    },
  }
}

const accountIn = (written: string) => personOf(JSON.parse(written) as Actor)?.accountId

async function insert(sql: pg.Pool, actor: Actor, person: Person, session: string): Promise<void> {
  const { accountId, kind } = person
  const doctorId = person.kind === 'doctor' ? person.doctorId : null
  await sql.query(
    `insert into accounts (id, email, name, role, doctor_id, terms_accepted_at, created_at) overriding system value
     values ($1::bigint, 'account-' || $1::bigint || '@example.com', 'Account Holder', $2, $3, now(), '2026-01-01')
     on conflict (id) do update set role = excluded.role, doctor_id = excluded.doctor_id where accounts.id < 1000`,
    [accountId, kind, doctorId],
  )
  if (person.kind === 'patient')
    await sql.query(
      `insert into account_patients (account_id, patient_id, relation)
       select $1::bigint, id, case when place = 1 then 'self' else 'dependant' end
       from unnest($2::bigint[]) with ordinality named (id, place) join patients using (id)
       on conflict do nothing`,
      [accountId, person.patientIds],
    )
  if (actor.kind === 'api_client')
    await sql.query(
      `insert into api_keys (id, name, key_hash, owner_id, role, scopes) overriding system value
       values ($1::bigint, 'A made-up key', 'hash of key ' || $1::bigint, $2, $3, $4) on conflict (id) do nothing`,
      [actor.keyId, accountId, kind, actor.scopes],
    )
  else
    await sql.query(
      `insert into sessions (account_id, token_hash, created_at, last_seen_at, expires_at)
       values ($1, $2, 'infinity', 'infinity', 'infinity') on conflict do nothing`,
      [accountId, session],
    )
}
