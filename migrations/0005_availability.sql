create table visit_types (
  id bigint generated always as identity primary key,
  name text not null,
  mode text not null default 'in_person',
  minutes smallint not null,
  buffer_before_minutes smallint not null default 0,
  buffer_after_minutes smallint not null default 0,
  notice_minutes integer not null default 0,
  horizon_days smallint not null default 180,
  daily_cap smallint,
  bookable_online boolean not null default true,
  constraint visit_types_name_once unique (name),
  constraint visit_types_name_is_written check (name ~ '\S'),
  constraint visit_types_mode_is_known check (mode in ('in_person', 'phone', 'video')),
  constraint visit_types_length_is_sane check (minutes between 5 and 480),
  constraint visit_types_buffers_are_sane check (
    buffer_before_minutes between 0 and 120 and buffer_after_minutes between 0 and 120
  ),
  constraint visit_types_notice_is_sane check (notice_minutes between 0 and 525600),
  constraint visit_types_horizon_is_sane check (horizon_days between 1 and 3650),
  constraint visit_types_cap_is_sane check (daily_cap between 1 and 1000)
);
--> statement-breakpoint
alter table doctors
  add column specialty text not null default 'General practice',
  add column grid_minutes smallint not null default 15,
  add constraint doctors_specialty_is_written check (specialty ~ '\S'),
  add constraint doctors_grid_divides_the_day check (
    grid_minutes between 5 and 720 and grid_minutes % 5 = 0 and 1440 % grid_minutes = 0
  );
--> statement-breakpoint
create index doctors_by_name on doctors (name, id);
--> statement-breakpoint
create index doctors_by_location on doctors (location_id);
--> statement-breakpoint
create index doctors_by_specialty on doctors (specialty);
--> statement-breakpoint
create table doctor_visit_types (
  doctor_id bigint not null,
  visit_type_id bigint not null,
  constraint doctor_visit_types_pkey primary key (doctor_id, visit_type_id),
  constraint doctor_visit_types_doctor_id_doctors_id_fk foreign key (doctor_id) references doctors (id),
  constraint doctor_visit_types_visit_type_id_visit_types_id_fk
    foreign key (visit_type_id) references visit_types (id)
);
--> statement-breakpoint
create index doctor_visit_types_by_visit_type on doctor_visit_types (visit_type_id, doctor_id);
--> statement-breakpoint
create table time_off (
  id bigint generated always as identity primary key,
  doctor_id bigint not null,
  starts_at timestamp not null,
  ends_at timestamp not null,
  reason text,
  constraint time_off_doctor_id_doctors_id_fk foreign key (doctor_id) references doctors (id),
  constraint time_off_once unique (doctor_id, ends_at, starts_at),
  constraint time_off_end_after_start check (ends_at > starts_at)
);
--> statement-breakpoint
create table closures (
  id bigint generated always as identity primary key,
  location_id bigint not null,
  starts_at timestamp not null,
  ends_at timestamp not null,
  reason text,
  constraint closures_location_id_locations_id_fk foreign key (location_id) references locations (id),
  constraint closures_once unique (location_id, ends_at, starts_at),
  constraint closures_end_after_start check (ends_at > starts_at)
);
--> statement-breakpoint
alter table appointments rename column occupied to patient_occupied;
--> statement-breakpoint
-- A buffer is the doctor's, not the patient's: from here on the two constraints compare different ranges.
alter table appointments
  drop constraint appointments_doctor_never_twice,
  add column visit_type_id bigint,
  add column buffer_before_minutes smallint not null default 0,
  add column buffer_after_minutes smallint not null default 0,
  add column hold_expires_at timestamptz,
  add column override_reason text,
  add column doctor_occupied tstzrange generated always as (
    case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(
      ((start_at at time zone 'UTC') - buffer_before_minutes * interval '1 minute') at time zone 'UTC',
      ((end_at at time zone 'UTC') + buffer_after_minutes * interval '1 minute') at time zone 'UTC',
      '[)'
    ) end
  ) stored,
  add constraint appointments_visit_type_id_visit_types_id_fk
    foreign key (visit_type_id) references visit_types (id),
  add constraint appointments_buffers_are_sane check (
    buffer_before_minutes between 0 and 120 and buffer_after_minutes between 0 and 120
  ),
  add constraint appointments_only_holds_expire check (hold_expires_at is null or status = 'pending');
--> statement-breakpoint
alter table appointments
  add constraint appointments_doctor_never_twice
  exclude using gist (doctor_id with =, doctor_occupied with &&) where (doctor_occupied is not null);
--> statement-breakpoint
-- All that free time is made of, so that the table itself need not be read.
drop index appointments_by_doctor;
--> statement-breakpoint
create index appointments_by_doctor
  on appointments (doctor_id, start_at, doctor_occupied, hold_expires_at, visit_type_id);
--> statement-breakpoint
create index appointments_by_expiry on appointments (hold_expires_at) where hold_expires_at is not null;
