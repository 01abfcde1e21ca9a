create table locations (
  id bigint generated always as identity primary key,
  name text not null,
  time_zone text not null,
  constraint locations_name_is_written check (name ~ '\S'),
  -- An unknown zone raises 22023 inside the check; the pattern keeps out abbreviations such as EST.
  constraint locations_time_zone_is_known check (
    time_zone ~ '^([A-Z][A-Za-z_]+/.+|UTC)$'
    and (timestamptz '2000-01-01 00:00+00' at time zone time_zone) is not null
  )
);
--> statement-breakpoint
create table doctors (
  id bigint generated always as identity primary key,
  location_id bigint not null,
  name text not null,
  constraint doctors_location_id_locations_id_fk foreign key (location_id) references locations (id),
  constraint doctors_name_is_written check (name ~ '\S')
);
--> statement-breakpoint
create table patients (
  id bigint generated always as identity primary key,
  name text not null,
  constraint patients_name_is_written check (name ~ '\S')
);
--> statement-breakpoint
create table weekly_hours (
  id bigint generated always as identity primary key,
  doctor_id bigint not null,
  weekday smallint not null,
  opens_at time not null,
  closes_at time not null,
  starts_on date,
  ends_on date,
  constraint weekly_hours_doctor_id_doctors_id_fk foreign key (doctor_id) references doctors (id),
  constraint weekly_hours_weekday_is_iso check (weekday between 1 and 7),
  constraint weekly_hours_close_after_opening check (closes_at > opens_at),
  constraint weekly_hours_end_after_start check (ends_on >= starts_on)
);
--> statement-breakpoint
create index weekly_hours_by_doctor on weekly_hours (doctor_id, weekday);
--> statement-breakpoint
create table appointments (
  id bigint generated always as identity primary key,
  doctor_id bigint not null,
  patient_id bigint not null,
  status text not null default 'booked',
  start_at timestamptz not null,
  end_at timestamptz not null,
  occupied tstzrange generated always as (
    case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(start_at, end_at, '[)') end
  ) stored,
  constraint appointments_doctor_id_doctors_id_fk foreign key (doctor_id) references doctors (id),
  constraint appointments_patient_id_patients_id_fk foreign key (patient_id) references patients (id),
  constraint appointments_status_is_fhir check (
    status in ('pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')
  ),
  constraint appointments_end_after_start check (end_at > start_at),
  constraint appointments_length_is_sane check (
    end_at - start_at between interval '5 minutes' and interval '8 hours'
  )
);
--> statement-breakpoint
create index appointments_by_doctor on appointments (doctor_id, start_at);
--> statement-breakpoint
create index appointments_by_patient on appointments (patient_id, start_at);
