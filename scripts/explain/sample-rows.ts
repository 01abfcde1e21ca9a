import type { RegisteredOperation } from '../../src/api/description/registry.ts'

// Queries that add what a sample call needs and return its id.

/** About a booking; failed, if it is to be sent again. */
export const newMessage = (appointmentId: number, accountId: number, operation?: RegisteredOperation) => `
  with message as (
    insert into messages (kind, cause, recipient, account_id, state, reason, due_at, try_at, created_at)
    values (
      'booked', 'explained:${appointmentId}', 'account:${accountId}', ${accountId},
      ${operation?.operationId === 'resendMessage' ? "'failed', 'explained'" : "'due', null"}, now(), now(), now()
    )
    returning id
  )
  insert into message_appointments (message_id, appointment_id, from_event, to_event)
  select id, ${appointmentId}, 1, 1 from message
  returning message_id::int as id`

export const atWork = (locationId: number, name: string, visitTypeId: number) => `
  with
  doctor as (insert into doctors (location_id, name) values (${locationId}, '${name}') returning id),
  offer as (insert into doctor_visit_types select id, ${visitTypeId} from doctor),
  hours as (
    insert into weekly_hours (doctor_id, weekday, opens_at, closes_at)
    select id, weekday, '00:00', '24:00' from doctor, generate_series(1, 7) weekday
  )
  select id::int from doctor`

export const groupOf = (doctorId: number, name: string) => `
  with visit as (insert into visit_types (name, minutes, capacity) values ('${name}', 30, 8) returning id)
  insert into doctor_visit_types select ${doctorId}, id from visit
  returning visit_type_id::int as id`

export const account = (n: number) => `select id::int from accounts where email = 'filler-${n}@example.com'`

/** Of an account that acts for a dependant. */
export const newLink = (patientId: string | number) => `
  insert into account_patients (account_id, patient_id, relation)
  select id, ${patientId}, 'dependant' from (${account(17)}) one
  on conflict (account_id, patient_id) do update set relation = 'dependant'
  returning account_id::int as id`

export const newRequest = (patientId: number) =>
  `insert into correction_requests (patient_id, changes, requested_at)
   values (${patientId}, '{"name": "Corrected"}', now()) returning id::int`

/** As if it waited for the clinic until tomorrow. */
export const asRequest = (appointment: number) => `
  update appointments set status = 'pending', awaits_approval = true, hold_expires_at = now() + interval '1 day'
  where id = ${appointment} returning id::int`

export const newRoom = (locationId: number) => `
  insert into resources (location_id, type, kind, name)
  values (${locationId}, 'room', 'consultation', 'Explained room') returning id::int`

export const newAbsence = (resource: number | string | undefined) => `
  insert into resource_absences (resource_id, starts_at, ends_at)
  values (${resource}, '2031-12-24', '2031-12-27') returning id::int`
