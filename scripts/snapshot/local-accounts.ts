import { createHash } from 'node:crypto'
import { openConnection } from '../local/connection.ts'
import { localKeys } from '../seed.ts'

/**
 * Adds the accounts and keys of the sample data to a copy of a clinic: an admin, a front desk, and the doctor and two patients
 * with the most recent appointments. Does nothing if they exist.
 */
export async function openLocalAccounts(url: string): Promise<void> {
  await using client = await openConnection(url)
  await client.query(`
      with
      latest as (select doctor_id, patient_id from appointments order by start_at desc limit 1000),
      busy_doctor as (
        select doctors.id, doctors.name from doctors left join latest on doctor_id = doctors.id
        group by doctors.id order by count(doctor_id) desc, doctors.id limit 1
      ),
      busy_patient as (
        select patients.id, patients.name, row_number() over (order by count(*) desc, patients.id) as place
        from patients join latest on patient_id = patients.id
        group by patients.id order by place limit 2
      ),
      opened as (
        insert into accounts (email, name, role, doctor_id, terms_accepted_at, created_at)
        select email, name, role, doctor_id, now(), now() - interval '1 year'
        from (
          select 'desk@example.com', 'Front Desk', 'front_desk', null::bigint
          union all select 'admin@example.com', 'Admin', 'admin', null
          union all select 'strange@example.com', name, 'doctor', id from busy_doctor
          union all select case place when 1 then 'zero@example.com' else 'one@example.com' end, name, 'patient', null
          from busy_patient
        ) person (email, name, role, doctor_id)
        on conflict do nothing
        returning id, email
      )
      insert into account_patients (account_id, patient_id, relation)
      select opened.id, busy_patient.id, 'self'
      from opened join busy_patient on email = case place when 1 then 'zero@example.com' else 'one@example.com' end`)
  for (const { key, email, role } of localKeys)
    await client.query(
      `insert into api_keys (name, key_hash, owner_id, role, scopes)
         select $1, $2, id, $3, '{appointments:read,appointments:write}' from accounts where email = $4
         on conflict do nothing`,
      [key, createHash('sha256').update(key).digest('hex'), role, email],
    )
}
