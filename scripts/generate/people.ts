import { createHash } from 'node:crypto'
import type pg from 'pg'
import { localKeys } from '../seed.ts'
import { salt } from './clinic.ts'
import type { Wishes } from './flags.ts'
import { firstNames, lastNames } from './names.ts'

/** The front desk's first account, in whose name the desk acts. */
export const deskAccount = 3
const staff = 6

/** One patient in ten has an account, and one in three of these also books for a child. */
export async function registerPeople(client: pg.Client, { patients, seed }: Wishes): Promise<void> {
  await client.query(
    `insert into patients (id, name, birth_date, phone, contact_email, created_at) overriding system value
     select n, name,
       date '2026-11-01' - 1 - floor(33000 * generation.chance(n, $6))::int,
       case when generation.chance(n, $7) < 0.85
         then '+628' || 100000000 + floor(899999999 * generation.chance(n, $8))::int
       end,
       case
       when n = 1 then 'zero@example.com'
       when n = 2 then 'one@example.com'
       -- Children and telephone patients have none; the patient after an account holder may be their child.
       when n % 10 = 0 or (n % 10 <> 1 and generation.chance(n, $5) < 0.6)
         then replace(lower(name), ' ', '.') || '.' || n || '@example.com'
     end, '2024-01-01 00:00Z'
     from generate_series(1, $1::int) n
     cross join lateral (
       select case n when 1 then 'Patient Zero' when 2 then 'Patient One' else
         ($2::text[])[1 + floor(generation.chance(n, $4) * cardinality($2::text[]))]
         || ' ' || ($3::text[])[1 + floor(generation.chance(n, $4 + 1) * cardinality($3::text[]))]
       end as name
     ) called`,
    [
      patients,
      firstNames,
      lastNames,
      salt(seed, 20),
      salt(seed, 22),
      salt(seed, 24),
      salt(seed, 25),
      salt(seed, 26),
    ],
  )
  // Those who came in the first years have a folder.
  await client.query(
    `insert into patient_identifiers (patient_id, issuer, value)
     select id, 'record', 'RM-' || lpad(id::text, 6, '0') from patients where id % 4 = 0`,
  )
  await openAccounts(client)
}

async function openAccounts(client: pg.Client): Promise<void> {
  await client.query(
    `insert into accounts (id, email, name, role, doctor_id, terms_accepted_at, created_at)
     overriding system value
     select *, now(), now() - interval '1 year'
     from (values
       (1, 'zero@example.com', 'Patient Zero', 'patient', null::bigint),
       (2, 'one@example.com', 'Patient One', 'patient', null),
       (${deskAccount}, 'desk@example.com', 'Front Desk', 'front_desk', null),
       (4, 'strange@example.com', 'Dr. Strange', 'doctor', 1),
       (5, 'admin@example.com', 'Admin', 'admin', null),
       (${staff}, 'desk.two@example.com', 'Front Desk Two', 'front_desk', null)
     ) person`,
  )
  await client.query(
    `insert into accounts (id, email, name, terms_accepted_at, created_at) overriding system value
     select ${staff} + id / 10, contact_email, name, now(), now() - interval '1 year' from patients where id % 10 = 0`,
  )
  await client.query('analyze accounts, patients')
  await client.query(
    `insert into account_patients (account_id, patient_id, relation)
     select account.id, patient.id, 'self' from accounts account join patients patient on patient.contact_email = account.email
     union all
     select ${staff} + (id - 1) / 10, id, 'dependant' from patients where id % 30 = 1 and id > 1`,
  )
  for (const { key, email, role } of localKeys) {
    await client.query(
      `insert into api_keys (name, key_hash, owner_id, role, scopes)
       select $1, $2, id, $3, '{appointments:read,appointments:write}' from accounts where email = $4`,
      [key, createHash('sha256').update(key).digest('hex'), role, email],
    )
  }
}
