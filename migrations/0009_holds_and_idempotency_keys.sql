alter table appointments
  alter column patient_id drop not null,
  add column stranger_id text,
  drop constraint appointments_only_holds_expire,
  -- Every hold expires, and one that was let go keeps when it would have.
  add constraint appointments_holds_expire check (
    (hold_expires_at is not null) = (status = 'pending') or status = 'cancelled'
  ),
  -- Nothing is ever booked for nobody.
  add constraint appointments_only_holds_lack_a_patient check (
    patient_id is not null or hold_expires_at is not null
  );
--> statement-breakpoint
drop index appointments_by_expiry;
--> statement-breakpoint
create index appointments_by_expiry on appointments (hold_expires_at) where status = 'pending';
--> statement-breakpoint
alter table events
  drop constraint events_kind_is_known,
  add constraint events_kind_is_known check (kind in (
    'appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked',
    'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived',
    'appointment.fulfilled', 'appointment.missed', 'appointment.reopened'
  ));
--> statement-breakpoint
drop function appointment_facts(text, bigint, bigint, bigint, timestamptz, timestamptz);
--> statement-breakpoint
-- What of an appointment an event tells, before and after; of a hold also until when.
create function appointment_facts(
  status text, doctor_id bigint, patient_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz,
  hold_expires_at timestamptz default null
) returns jsonb
language sql stable
return jsonb_build_object(
  'status', status,
  'doctor_id', doctor_id,
  'patient_id', patient_id,
  'visit_type_id', visit_type_id,
  'start_at', to_char(start_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'end_at', to_char(end_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
) || case when status = 'pending' then jsonb_build_object(
  'hold_expires_at', to_char(hold_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
) else '{}' end;
--> statement-breakpoint
-- As before, and an expired hold of the patient is no more in the way than one of the doctor.
--> statement-breakpoint
-- The first slot inside the window at which the patient is free as well; null when there is none.
create or replace function next_slot(
  of_doctor bigint, of_visit_type bigint, of_patient bigint, within tstzrange, as_of timestamptz,
  except_for bigint default null
) returns timestamptz
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select min(slot.start_at)
  from open_slots(of_doctor, of_visit_type, within, false, as_of, except_for) slot
  where not exists (
    select from appointments
    where patient_id = of_patient
    and patient_occupied && tstzrange(slot.start_at, slot.end_at)
    and (hold_expires_at is null or hold_expires_at > as_of)
    and (except_for is null or id <> except_for)
  );
end;
--> statement-breakpoint
--> statement-breakpoint
-- The first whole minute inside the window at which so long an appointment fits into the free time of the doctor
-- and of the patient; null when there is none. Clinics agree on minutes.
create or replace function next_gap(
  of_doctor bigint, of_patient bigint, within tstzrange,
  lasting interval, buffer_before interval, buffer_after interval, as_of timestamptz,
  except_for bigint default null
) returns timestamptz
language sql stable set plan_cache_mode to force_generic_plan
begin atomic
  select min(gap.start_at)
  from free_time(of_doctor, within, buffer_before, buffer_after, as_of, except_for) free
  cross join lateral unnest(free.during - (
    select coalesce(range_agg(patient_occupied), '{}')
    from appointments
    where patient_id = of_patient
    and start_at > lower(within) - interval '8 hours'
    and start_at < upper(within)
    and patient_occupied is not null
    and (hold_expires_at is null or hold_expires_at > as_of)
    and (except_for is null or id <> except_for)
  )) as piece
  cross join lateral (
    select date_trunc('minute', lower(piece) + interval '59.999999 seconds') as start_at
  ) gap
  where upper(piece) - gap.start_at >= lasting;
end;
--> statement-breakpoint
create table idempotency_keys (
  account_id bigint not null,
  key text not null,
  fingerprint bytea not null,
  claimed_at timestamptz not null,
  answers jsonb not null default '[]'::jsonb,
  constraint idempotency_keys_account_id_key_pk primary key (account_id, key),
  constraint idempotency_keys_account_id_accounts_id_fk foreign key (account_id) references accounts (id),
  constraint idempotency_keys_length_is_sane check (length(key) between 1 and 255)
);
--> statement-breakpoint
create index idempotency_keys_by_age on idempotency_keys (claimed_at);
--> statement-breakpoint
-- Volatile on purpose, as is_patient_free is: of all doctors who would do, a stranger holds a slot of one.
create function holds_nothing(of_stranger text) returns boolean
language sql volatile
begin atomic
  select not exists (select from appointments where stranger_id = of_stranger and status = 'pending');
end;
