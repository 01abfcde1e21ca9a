-- How often something wanted of an appointment came to nothing: how many, by code, door and doctor; never whose.
create table appointment_failures (
  counted_at timestamptz not null,
  door text not null,
  code text not null,
  doctor_id bigint constraint appointment_failures_doctor_id_doctors_id_fk references doctors,
  failures integer not null,
  constraint appointment_failures_counted_once unique nulls not distinct (counted_at, door, code, doctor_id),
  constraint appointment_failures_door_is_known check (door in ('api', 'web')),
  constraint appointment_failures_code_is_one check (code ~ '^[a-z_]{1,40}$'),
  constraint appointment_failures_are_some check (failures > 0)
);
--> statement-breakpoint
-- What was done in the last hour, beside what failed in it.
create index events_by_time on events (at);
