alter table visit_types
  add column cancellation_notice_minutes integer not null default 0,
  add constraint visit_types_cancellation_notice_is_sane check (cancellation_notice_minutes between 0 and 525600);
--> statement-breakpoint
alter table appointments
  add column event_count integer not null default 0,
  add column last_event_hash bytea;
--> statement-breakpoint
create table events (
  id bigint generated always as identity primary key,
  appointment_id bigint not null,
  number integer not null,
  kind text not null,
  at timestamptz not null,
  actor_kind text not null,
  account_id bigint,
  api_key_id bigint,
  request_id text,
  reason text,
  before jsonb,
  after jsonb not null,
  previous_hash bytea,
  hash bytea not null,
  constraint events_appointment_id_appointments_id_fk foreign key (appointment_id) references appointments (id),
  constraint events_numbered_once unique (appointment_id, number),
  constraint events_kind_is_known check (kind in (
    'appointment.booked', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived',
    'appointment.fulfilled', 'appointment.missed', 'appointment.reopened'
  )),
  constraint events_first_has_none_before check ((number = 1) = (previous_hash is null))
);
--> statement-breakpoint
-- What of an appointment an event tells, before and after.
create function appointment_facts(
  status text, doctor_id bigint, patient_id bigint, visit_type_id bigint, start_at timestamptz, end_at timestamptz
) returns jsonb
language sql stable
return jsonb_build_object(
  'status', status,
  'doctor_id', doctor_id,
  'patient_id', patient_id,
  'visit_type_id', visit_type_id,
  'start_at', to_char(start_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'end_at', to_char(end_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
);
--> statement-breakpoint
-- SHA-256 over all that an event says and the hash of the one before it: who changes, adds or takes away one breaks
-- the chain of its appointment.
create function event_hash(
  previous_hash bytea, appointment_id bigint, number integer, kind text, at timestamptz, actor_kind text,
  account_id bigint, api_key_id bigint, request_id text, reason text, before jsonb, after jsonb
) returns bytea
language sql stable
return sha256(convert_to(
  jsonb_build_array(
    encode(previous_hash, 'hex'), appointment_id, number, kind,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    actor_kind, account_id, api_key_id, request_id, reason, before, after
  )::text,
  'UTF8'
));
