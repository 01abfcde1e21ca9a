-- Everything that an appointment takes becomes a claim. Until the next migration, old appointments are guarded by the
-- constraints on their own rows, and free time is computed from them.
--
-- Afterwards, outside a transaction, each until it answers 0 or nothing:
-- afterwards: select claim_old_appointments(1000)
-- afterwards: vacuum (analyze) claims
-- afterwards: CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "appointments_place_once" ON "appointments" USING btree ("session_id","place") WHERE "appointments"."session_id" is not null and "appointments"."status" not in ('cancelled', 'noshow')
-- afterwards: CREATE INDEX CONCURRENTLY IF NOT EXISTS "appointments_by_series" ON "appointments" USING btree ("series_id","start_at") WHERE "appointments"."series_id" is not null
CREATE SEQUENCE "public"."resource_ids" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;
--> statement-breakpoint
CREATE TABLE "claims" (
	"appointment_id" bigint NOT NULL,
	"resource_id" bigint NOT NULL,
	"part" text NOT NULL,
	"doctor_id" bigint,
	"need_id" bigint,
	"before_minutes" smallint DEFAULT 0 NOT NULL,
	"after_minutes" smallint DEFAULT 0 NOT NULL,
	"location_id" bigint,
	"during" "tstzrange",
	"expires_at" timestamp with time zone,
	CONSTRAINT "claims_pkey" PRIMARY KEY("appointment_id","resource_id"),
	CONSTRAINT "claims_part_is_known" CHECK ("claims"."part" in ('doctor', 'patient', 'colleague', 'companion', 'room', 'device')),
	CONSTRAINT "claims_range_is_sane" CHECK (not isempty("claims"."during"))
);
--> statement-breakpoint
CREATE TABLE "doctor_locations" (
	"doctor_id" bigint NOT NULL,
	"location_id" bigint NOT NULL,
	CONSTRAINT "doctor_locations_pkey" PRIMARY KEY("doctor_id","location_id")
);
--> statement-breakpoint
CREATE TABLE "resource_absences" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "resource_absences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"resource_id" bigint NOT NULL,
	"starts_at" timestamp NOT NULL,
	"ends_at" timestamp NOT NULL,
	"reason" text,
	CONSTRAINT "resource_absences_once" UNIQUE("resource_id","ends_at","starts_at"),
	CONSTRAINT "resource_absences_end_after_start" CHECK ("resource_absences"."ends_at" > "resource_absences"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "resource_hours" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "resource_hours_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"resource_id" bigint NOT NULL,
	"weekday" smallint NOT NULL,
	"opens_at" time NOT NULL,
	"closes_at" time NOT NULL,
	CONSTRAINT "resource_hours_weekday_is_iso" CHECK ("resource_hours"."weekday" between 1 and 7),
	CONSTRAINT "resource_hours_close_after_opening" CHECK ("resource_hours"."closes_at" > "resource_hours"."opens_at")
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"id" bigint PRIMARY KEY DEFAULT nextval('resource_ids') NOT NULL,
	"location_id" bigint NOT NULL,
	"type" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sort_order" smallint DEFAULT 0 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "resources_type_is_known" CHECK ("resources"."type" in ('room', 'device')),
	CONSTRAINT "resources_kind_is_written" CHECK ("resources"."kind" ~ '\S' and length("resources"."kind") <= 60),
	CONSTRAINT "resources_kind_is_legible" CHECK ("resources"."kind" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "resources"."kind" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]'),
	CONSTRAINT "resources_name_is_written" CHECK ("resources"."name" ~ '\S' and length("resources"."name") <= 100),
	CONSTRAINT "resources_name_is_legible" CHECK ("resources"."name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "resources"."name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]')
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "series_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"patient_id" bigint NOT NULL,
	"doctor_id" bigint NOT NULL,
	"visit_type_id" bigint,
	"rule" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by_id" bigint
);
--> statement-breakpoint
CREATE TABLE "travel_times" (
	"one_location_id" bigint NOT NULL,
	"other_location_id" bigint NOT NULL,
	"minutes" smallint NOT NULL,
	CONSTRAINT "travel_times_pkey" PRIMARY KEY("one_location_id","other_location_id"),
	CONSTRAINT "travel_times_lower_id_first" CHECK ("travel_times"."one_location_id" < "travel_times"."other_location_id"),
	CONSTRAINT "travel_times_are_sane" CHECK ("travel_times"."minutes" between 1 and 480)
);
--> statement-breakpoint
CREATE TABLE "visit_type_needs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "visit_type_needs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"visit_type_id" bigint NOT NULL,
	"type" text NOT NULL,
	"role" text,
	"specialty" text,
	"kinds" text[],
	"before_minutes" smallint DEFAULT 0 NOT NULL,
	"after_minutes" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "visit_type_needs_type_is_known" CHECK ("visit_type_needs"."type" in ('role', 'room', 'device')),
	CONSTRAINT "visit_type_needs_say_what" CHECK (case when "visit_type_needs"."type" = 'role' then "visit_type_needs"."role" is not null and "visit_type_needs"."kinds" is null
        else "visit_type_needs"."role" is null and "visit_type_needs"."specialty" is null and cardinality("visit_type_needs"."kinds") > 0 end),
	CONSTRAINT "visit_type_needs_times_are_sane" CHECK ("visit_type_needs"."before_minutes" between 0 and 120 and "visit_type_needs"."after_minutes" between 0 and 120)
);
--> statement-breakpoint
ALTER TABLE "appointments" DROP CONSTRAINT "appointments_only_holds_lack_a_patient";
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "location_id" bigint;
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "awaits_approval" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "capacity" smallint;
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "session_id" bigint;
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "place" smallint;
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "series_id" bigint;
--> statement-breakpoint
ALTER TABLE "doctors" ADD COLUMN "resource_id" bigint DEFAULT nextval('resource_ids') NOT NULL;
--> statement-breakpoint
ALTER TABLE "doctors" ADD COLUMN "role" text DEFAULT 'doctor' NOT NULL;
--> statement-breakpoint
ALTER TABLE "doctors" ADD COLUMN "is_active" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "locations" ADD COLUMN "is_active" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "time_off" ADD COLUMN "location_id" bigint;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "is_active" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "requires_approval" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "approval_hours" smallint DEFAULT 48 NOT NULL;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "capacity" smallint;
--> statement-breakpoint
ALTER TABLE "weekly_hours" ADD COLUMN "location_id" bigint;
--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "doctor_locations" ADD CONSTRAINT "doctor_locations_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "doctor_locations" ADD CONSTRAINT "doctor_locations_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resource_absences" ADD CONSTRAINT "resource_absences_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resource_hours" ADD CONSTRAINT "resource_hours_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_visit_type_id_visit_types_id_fk" FOREIGN KEY ("visit_type_id") REFERENCES "public"."visit_types"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_created_by_id_accounts_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "travel_times" ADD CONSTRAINT "travel_times_one_location_id_locations_id_fk" FOREIGN KEY ("one_location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "travel_times" ADD CONSTRAINT "travel_times_other_location_id_locations_id_fk" FOREIGN KEY ("other_location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "visit_type_needs" ADD CONSTRAINT "visit_type_needs_visit_type_id_visit_types_id_fk" FOREIGN KEY ("visit_type_id") REFERENCES "public"."visit_types"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "claims_of_others" ON "claims" USING btree ("resource_id","appointment_id") WHERE "claims"."part" in ('colleague', 'companion');
--> statement-breakpoint
CREATE INDEX "doctor_locations_by_location" ON "doctor_locations" USING btree ("location_id","doctor_id");
--> statement-breakpoint
CREATE INDEX "resource_hours_by_resource" ON "resource_hours" USING btree ("resource_id","weekday");
--> statement-breakpoint
CREATE INDEX "resources_by_location" ON "resources" USING btree ("location_id","type","kind");
--> statement-breakpoint
CREATE INDEX "visit_type_needs_by_visit_type" ON "visit_type_needs" USING btree ("visit_type_id");
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action NOT VALID;
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_session_id_appointments_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action NOT VALID;
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action NOT VALID;
--> statement-breakpoint
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "weekly_hours" ADD CONSTRAINT "weekly_hours_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "doctors_by_resource" ON "doctors" USING btree ("resource_id");
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_capacity_is_sane" CHECK ("appointments"."capacity" between 1 and 500) NOT VALID;
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_participants_have_a_place" CHECK (("appointments"."session_id" is null) = ("appointments"."place" is null) and "appointments"."place" >= 1
        and ("appointments"."capacity" is null or "appointments"."session_id" is null)) NOT VALID;
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_only_holds_lack_a_patient" CHECK ("appointments"."patient_id" is not null or "appointments"."hold_expires_at" is not null or "appointments"."capacity" is not null) NOT VALID;
--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_role_is_written" CHECK ("doctors"."role" ~ '\S' and length("doctors"."role") <= 60);
--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_role_is_legible" CHECK ("doctors"."role" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "doctors"."role" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]');
--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_approval_is_sane" CHECK ("visit_types"."approval_hours" between 1 and 720);
--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_capacity_is_sane" CHECK ("visit_types"."capacity" between 1 and 500);
--> statement-breakpoint
-- An appointment with the names around it, as verbs answer with it.
create or replace function appointment_details(of_appointment bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select to_jsonb(details)
  from (
    select
      one.id, one.status, one.event_count as version,
      one.start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      one.end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      one.doctor_id, doctor.name as doctor, one.patient_id, patient.name as patient,
      one.visit_type_id, visit.name as visit_type, visit.mode, visit.cancellation_notice_minutes,
      location.id as location_id, location.name as location, location.address, location.phone, location.time_zone,
      one.override_reason, one.reason_for_visit, one.hold_expires_at,
      to_char(one.hold_expires_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as hold_expires_local
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    left join visit_types visit on visit.id = one.visit_type_id
    where one.id = of_appointment
  ) details;
end;
--> statement-breakpoint
-- Gives the appointments from before there were claims theirs, the newest first and `at_most` at a time. Answers with how
-- many there were. The constraints on their own rows guard them until then. `old_appointments` says how far it has come.
create or replace function claim_old_appointments(at_most integer) returns integer
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  reached constant bigint := (select claimed_from from old_appointments for update);
  -- Locked, so that no change of one of them is missed.
  going constant bigint[] := array(
    select id from appointments where id < reached order by id desc limit at_most for no key update
  );
begin
  insert into claims
  select claim.*
  from appointments one
  cross join lateral claims_of(one) claim
  where one.id = any (going)
  on conflict (appointment_id, resource_id) do nothing;
  update old_appointments set claimed_from = coalesce(going[cardinality(going)], claimed_from);
  return cardinality(going);
end
$$;
--> statement-breakpoint
-- The time that a claim takes, `[)`: the appointment's with what comes before and after. Null unless the status occupies
-- time. This is the only place that says which statuses do.
create or replace function claimed_time(
  status text, start_at timestamptz, end_at timestamptz, before_minutes integer, after_minutes integer
) returns tstzrange
language sql
stable
parallel safe
return case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(
  start_at - before_minutes * interval '1 minute', end_at + after_minutes * interval '1 minute', '[)'
) end;
--> statement-breakpoint
-- Whether an appointment has a resource at any of this time. An expired hold has nothing, and `except_for`, the appointment
-- that is being moved, is not in its own way.
create or replace function is_claimed(
  of_resource bigint, asked tstzrange, as_of timestamptz, except_for bigint default null
) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return exists (
  select from claims
  where resource_id = of_resource
  and during && asked
  and (expires_at is null or expires_at > as_of)
  and (except_for is null or appointment_id <> except_for)
);
--> statement-breakpoint
-- Trigger: keeps the claims of an appointment in step with its row, whatever wrote it. A function that begins an appointment
-- takes its claims first, to be told without an error when one is refused.
--
-- Runs with the owner's rights: whoever may write an appointment's row need not be able to write claims. `pg_temp` comes last,
-- or a caller's temporary tables would stand in for the clinic's.
create or replace function keep_claims() returns trigger
language plpgsql
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
as $$
begin
  if tg_op = 'UPDATE' or not exists (select from claims where appointment_id = new.id) then
    perform renew_claims(new.id, array(
      select claim from claims_of(new) claim
      union all
      select claim from other_claims_of(new) claim
    ));
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Says where the appointments from before there were locations take place, the newest first and `at_most` at a time. Answers
-- with how many there were, and with 0 once all are done and `old_appointments` is gone.
create or replace function locate_old_appointments(at_most integer) returns integer
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  reached bigint;
  going bigint[];
begin
  if to_regclass('old_appointments') is null then
    return 0;
  end if;
  select located_from into reached from old_appointments for update;
  going := array(select id from appointments where id < reached order by id desc limit at_most for no key update);
  update appointments one
  set location_id = doctor.location_id
  from doctors doctor
  where one.id = any (going)
  and one.location_id is null
  and doctor.id = one.doctor_id;
  update old_appointments set located_from = coalesce(going[cardinality(going)], located_from);
  return cardinality(going);
end
$$;
--> statement-breakpoint
-- What an appointment has claimed besides its doctor and its patient, as it would be at the time and with the status of this
-- row.
create or replace function other_claims_of(one appointments) returns setof claims
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    claim.appointment_id, claim.resource_id, claim.part, claim.doctor_id, claim.need_id, claim.before_minutes,
    claim.after_minutes, case when claim.location_id is not null then coalesce(one.location_id, claim.location_id) end,
    claimed_time(one.status, one.start_at, one.end_at, claim.before_minutes, claim.after_minutes), one.hold_expires_at
  from claims claim
  where claim.appointment_id = one.id
  and claim.part not in ('doctor', 'patient');
end;
--> statement-breakpoint
-- Replaces the claims of an appointment by these; what stays as it is, is not touched. Raises an error (23P01) when another
-- appointment has one of them at that time.
--
-- One resource after the other, in the order in which new appointments take theirs: what was given up first could be awaited
-- by someone who has what is taken next, and both would wait for ever.
create or replace function renew_claims(of_appointment bigint, wanted claims[]) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  pair record;
begin
  for pair in
    select coalesce(former.resource_id, claim.resource_id) as resource_id, former.resource_id is not null as is_former, claim
    from (select * from claims where appointment_id = of_appointment) former
    full join unnest(wanted) claim on claim.resource_id = former.resource_id
    where former is distinct from claim
    order by 1
  loop
    if pair.is_former then
      delete from claims where appointment_id = of_appointment and resource_id = pair.resource_id;
    end if;
    if (pair.claim).resource_id is not null then
      insert into claims select (pair.claim).*;
    end if;
  end loop;
end
$$;
--> statement-breakpoint
-- What a claim calls a patient: the negative of their id, because doctors, rooms and devices have the positive ids.
create or replace function resource_of_patient(patient_id bigint) returns bigint
language sql
immutable
parallel safe
return -patient_id;
--> statement-breakpoint
-- Takes everything that a new appointment needs, or nothing. Sorted, so that two requests that need the same things cannot
-- deadlock. `on conflict do nothing` leaves out only what is refused, so the rest is given back.
create or replace function take_claims(wanted claims[]) returns boolean
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  taken integer;
begin
  insert into claims
  select *
  from unnest(wanted)
  order by resource_id
  on conflict do nothing;
  get diagnostics taken = row_count;
  if taken = cardinality(wanted) then
    return true;
  end if;
  delete from claims where appointment_id = wanted[1].appointment_id;
  return false;
end
$$;
--> statement-breakpoint
alter type change add attribute resource_ids bigint[];
--> statement-breakpoint
alter type decision add attribute visit_type_id bigint;
--> statement-breakpoint
alter type decision add attribute location_id bigint;
--> statement-breakpoint
alter type wish add attribute colleague_ids bigint[];
--> statement-breakpoint
alter type wish add attribute companion_ids bigint[];
--> statement-breakpoint
alter type wish add attribute resource_ids bigint[];
--> statement-breakpoint
-- Changes an appointment as was decided, with the event that records it. Nothing is judged here.
create or replace function apply_decision(
  before appointments, wanted appointments, change change, decision decision, acting acting
) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  after appointments := before;
  event events;
begin
  after.status := coalesce(wanted.status, before.status);
  after.doctor_id := coalesce(decision.doctor_id, before.doctor_id);
  after.patient_id := coalesce(decision.patient_id, before.patient_id);
  after.location_id := coalesce(decision.location_id, before.location_id);
  after.visit_type_id := coalesce(decision.visit_type_id, before.visit_type_id);
  after.start_at := coalesce(decision.start_at, before.start_at);
  after.end_at := coalesce(decision.end_at, before.end_at);
  after.hold_expires_at := coalesce(decision.hold_expires_at, before.hold_expires_at);
  if after.status = 'booked' then
    -- It is a hold no more. A released hold, on the other hand, keeps when it would have expired, so that it is not listed
    -- among the cancelled appointments.
    after.hold_expires_at := null;
    after.stranger_id := null;
    after.stranger_address_hash := null;
    after.stranger_wider_hash := null;
  end if;
  if change.event = 'appointment.rescheduled' then
    after.override_reason := wanted.override_reason;
  end if;
  event := next_event(before, after, change.event, change.reason, acting);
  update appointments
  set
    status = after.status,
    doctor_id = after.doctor_id,
    location_id = after.location_id,
    visit_type_id = after.visit_type_id,
    patient_id = after.patient_id,
    start_at = after.start_at,
    end_at = after.end_at,
    buffer_before_minutes = coalesce(decision.buffer_before_minutes, before.buffer_before_minutes),
    buffer_after_minutes = coalesce(decision.buffer_after_minutes, before.buffer_after_minutes),
    override_reason = after.override_reason,
    reason_for_visit = coalesce(wanted.reason_for_visit, before.reason_for_visit),
    hold_expires_at = after.hold_expires_at,
    stranger_id = after.stranger_id,
    stranger_address_hash = after.stranger_address_hash,
    stranger_wider_hash = after.stranger_wider_hash,
    event_count = event.number,
    last_event_hash = event.hash
  where id = before.id;
  perform append_event(event);
end
$$;
--> statement-breakpoint
-- The claims that an appointment's row stands for: its doctor, with the buffers, and its patient. A participant of a session
-- claims no doctor, because the session does that once for all.
create or replace function claims_of(one appointments) returns setof claims
language sql
stable
rows 2
set plan_cache_mode to force_generic_plan
begin atomic
  select
    one.id, doctor.resource_id, 'doctor', doctor.id, null::bigint, one.buffer_before_minutes, one.buffer_after_minutes,
    coalesce(one.location_id, doctor.location_id),
    claimed_time(one.status, one.start_at, one.end_at, one.buffer_before_minutes, one.buffer_after_minutes),
    one.hold_expires_at
  from doctors doctor
  where doctor.id = one.doctor_id
  and one.session_id is null
  union all
  select
    one.id, resource_of_patient(one.patient_id), 'patient', null, null, 0::smallint, 0::smallint, null,
    claimed_time(one.status, one.start_at, one.end_at, 0, 0), one.hold_expires_at
  where one.patient_id is not null;
end;
--> statement-breakpoint
-- Every appointment on these records, from first to last, with its events. An event says which facts changed to what.
create or replace function export_appointments(records bigint[]) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  described as (
    select
      one.id, one.patient_id, one.status, one.event_count as version,
      in_utc(one.start_at) as start_at, to_char(one.start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      in_utc(one.end_at) as end_at, to_char(one.end_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as end_local,
      location.time_zone, location.name as location, doctor.name as doctor, visit.name as visit_type,
      one.reason_for_visit, one.override_reason, in_utc(one.hold_expires_at) as hold_expires_at
    from appointments one
    join doctors doctor on doctor.id = one.doctor_id
    join locations location on location.id = coalesce(one.location_id, doctor.location_id)
    left join visit_types visit on visit.id = one.visit_type_id
    where one.patient_id = any (records)
  ),
  told as (
    select
      event.appointment_id,
      jsonb_agg(
        jsonb_build_object(
          'number', event.number, 'kind', event.kind, 'at', in_utc(event.at), 'actor', event.actor_kind,
          'reason', event.reason, 'changes', changed_facts(event.before, event.after)
        )
        order by event.number
      ) as events
    from described
    join events event on event.appointment_id = described.id
    group by event.appointment_id
  )
  select coalesce(
    jsonb_agg(
      to_jsonb(described) || jsonb_build_object('events', coalesce(told.events, '[]'))
      order by described.start_at, described.id
    ),
    '[]'
  )
  from described
  left join told on told.appointment_id = described.id;
end;
--> statement-breakpoint
-- Inserts the wanted appointment, with its first event, unless a rule or a constraint refuses it. With any doctor, each
-- who is willing is tried until one is free. Nothing is judged here.
create or replace function insert_appointment(wanted appointments, wish wish, acting acting) returns beginning
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  judged record;
  event events;
  begun beginning;
begin
  for judged in select * from judge_wish(wanted, wish, acting) loop
    begun.verdict := judged.verdict;
    exit when judged.verdict is not null;
    wanted.id := nextval(pg_get_serial_sequence('appointments', 'id'));
    wanted.doctor_id := judged.doctor_id;
    wanted.visit_type_id := judged.visit_type_id;
    wanted.start_at := judged.start_at;
    wanted.end_at := judged.end_at;
    event := next_event(null, wanted, wish.event, wanted.override_reason, acting);
    insert into appointments (
      id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes, buffer_after_minutes,
      override_reason, reason_for_visit, hold_expires_at, stranger_id, stranger_address_hash, stranger_wider_hash,
      event_count, last_event_hash
    )
    overriding system value
    values (
      wanted.id, wanted.doctor_id, (select location_id from doctors where id = wanted.doctor_id), wanted.patient_id, wanted.visit_type_id, wanted.status, wanted.start_at, wanted.end_at,
      judged.buffer_before_minutes, judged.buffer_after_minutes,
      wanted.override_reason, wanted.reason_for_visit, wanted.hold_expires_at,
      case when wanted.patient_id is null then wanted.stranger_id end, wanted.stranger_address_hash,
      wanted.stranger_wider_hash,
      event.number, event.hash
    )
    on conflict do nothing;
    if found then
      perform append_event(event);
      begun.id := wanted.id;
      exit;
    end if;
    begun.patient_was_busy := exists (
      select from appointments other
      where other.patient_id = wanted.patient_id
      and other.start_at > wanted.start_at - interval '8 hours'
      and other.start_at < wanted.end_at
      and other.patient_occupied && tstzrange(wanted.start_at, wanted.end_at)
    );
    exit when begun.patient_was_busy; -- with any other doctor, too
  end loop;
  return begun;
end
$$;
--> statement-breakpoint
-- The rules for every change that keeps the time and the people: cancel, check in, complete, mark as a no-show, undo
-- these, extend or release a hold.
create or replace function judge_change(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = wanted.status and one.status <> all (change.from_statuses) then 'already'
      when change.version <> one.event_count then 'stale'
      when one.status <> all (change.from_statuses) then 'wrong_status'
      else case change.event
        when 'appointment.cancelled' then case
          when not acting.by_desk
          and one.start_at - coalesce(visit.cancellation_notice_minutes, 0) * interval '1 minute' <= acting.as_of
            then 'too_late'
        end
        when 'appointment.arrived' then case
          when not local_day(one.start_at, location.time_zone) @> acting.as_of then 'not_today'
        end
        when 'appointment.missed' then case
          when one.start_at > acting.as_of then 'not_yet'
        end
        when 'appointment.extended' then case
          when one.hold_expires_at <= acting.as_of then 'hold_expired'
          when exists (
            select from events
            where appointment_id = one.id
            and kind = change.event
          ) then 'already_extended'
        end
        when 'appointment.reopened' then case
          when not exists (
            select from events last
            where last.appointment_id = one.id
            -- Whose it is says nothing about what is being undone.
            and last.number = (
              select max(number) from events
              where appointment_id = one.id
              and kind <> 'appointment.reassigned'
            )
            and local_day(last.at, location.time_zone) @> acting.as_of
          ) then 'not_today'
          -- A no-show gave its time away, so it may be taken by now.
          when one.status = 'noshow' then (
            select case when other.doctor_id = one.doctor_id then 'slot_taken' else 'patient_busy' end
            from appointments other
            where other.id <> one.id
            and other.start_at > one.start_at - interval '12 hours'
            and other.start_at < one.end_at + interval '4 hours'
            and (
              other.doctor_id = one.doctor_id and other.doctor_occupied && tstzrange(
                one.start_at - one.buffer_before_minutes * interval '1 minute',
                one.end_at + one.buffer_after_minutes * interval '1 minute'
              )
              or other.patient_id = one.patient_id and other.patient_occupied && tstzrange(one.start_at, one.end_at)
            )
            order by other.doctor_id = one.doctor_id desc
            limit 1
          )
        end
      end
    end,
    null, null, null, null, null, null,
    one.hold_expires_at + change.longer,
    null, null, null
  )::decision
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = doctor.location_id
  left join visit_types visit on visit.id = one.visit_type_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for giving an appointment to another patient, because it was booked for the wrong one. What is over may also
-- be given to someone who is no longer a patient; a hold is released instead.
create or replace function judge_reassignment(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when patient.id is null then 'no_patient'
      when one.hold_expires_at is not null then 'wrong_status'
      when one.patient_id = patient.id then 'already'
      when change.version <> one.event_count then 'stale'
      when patient.erased_at is not null or former.erased_at is not null then 'patient_erased'
      when (patient.is_deceased or not patient.is_active)
      and one.status = any (array['booked', 'arrived'])
      and one.end_at > acting.as_of then 'patient_inactive'
      when find_conflict(one.id, patient.id, acting.as_of) is not null then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  left join patients patient on patient.id = wanted.patient_id
  left join patients former on former.id = one.patient_id
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for booking a hold. Its notice and horizon were judged when it was held; whether the doctor is there is judged
-- again. A hold that has expired may still be booked while its slot is open.
create or replace function judge_hold_booking(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select row(
    case
      when one.status = 'booked' and one.patient_id = named.patient_id and exists (
        select from events
        where appointment_id = one.id
        and number = 1
        and kind = 'appointment.held'
      ) then 'already'
      when one.status = 'cancelled' and one.hold_expires_at is not null then 'hold_expired'
      when one.status <> 'pending' then 'wrong_status'
      when named.patient_id is null then 'patient_missing'
      when patient.id is null then 'no_patient'
      when judge_patient(patient.id, one.visit_type_id, acting) = 'patient_inactive' then 'patient_inactive'
      when judge_patient(patient.id, one.visit_type_id, acting) = 'phone_needed' then 'phone_needed'
      when one.start_at < acting.as_of then 'in_the_past'
      when one.hold_expires_at <= acting.as_of
      and not acting.by_desk
      and not is_open_slot(one.doctor_id, one.visit_type_id, one.start_at, false, acting.as_of, one.id)
        then 'hold_expired'
      when judge_account(wanted, acting) is not null then 'too_many_appointments'
      when not is_open_time(one.doctor_id, tstzrange(one.start_at, one.end_at)) then 'outside_hours'
      when exists (
        select from appointments other
        where other.patient_id = patient.id
        and other.start_at > one.start_at - interval '8 hours'
        and other.start_at < one.end_at
        and other.patient_occupied && tstzrange(one.start_at, one.end_at)
        and other.id <> one.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'patient_busy'
    end,
    null, patient.id, null, null, null, null, null, null, null, null
  )::decision
  from appointments one
  cross join lateral (
    select coalesce(wanted.patient_id, one.patient_id, change.default_patient_id) as patient_id
  ) named
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  where one.id = wanted.id;
end;
--> statement-breakpoint
-- The rules for moving an appointment to another time, possibly to another doctor.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor.
create or replace function judge_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, location.id as new_location_id, read.start_at as new_start_at,
      coalesce(
        instant_at(change.ends, location.time_zone),
        read.start_at + case when acting.by_desk then usual.length else coalesce(visit.lasting, usual.length) end
      ) as new_end_at,
      coalesce(visit.buffer_before_minutes, one.buffer_before_minutes) as new_buffer_before,
      coalesce(visit.buffer_after_minutes, one.buffer_after_minutes) as new_buffer_after,
      visit.lasting, coalesce(visit.notice, interval '0') as notice, location.time_zone
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
    left join locations location on location.id = doctor.location_id
    left join lateral (
      select
        kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting,
        kind.cancellation_notice_minutes * interval '1 minute' as notice
      from visit_types kind
      where kind.id = one.visit_type_id
    ) visit on true
    cross join lateral (select instant_at(change.starts, location.time_zone) as start_at) read
    where one.id = wanted.id
  ),
  judged as (
    select asked.*, case
      when status <> 'booked' then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk and new_doctor_id <> doctor_id and visit_type_id is not null and not exists (
        select from doctor_visit_types offer
        where offer.doctor_id = new_doctor_id
        and offer.visit_type_id = asked.visit_type_id
      ) then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_time(new_doctor_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and exists (
        select from appointments other
        where other.doctor_id = new_doctor_id
        and other.start_at > new_start_at - interval '12 hours'
        and other.start_at < new_end_at + interval '4 hours'
        and other.doctor_occupied && tstzrange(
          new_start_at - new_buffer_before * interval '1 minute', new_end_at + new_buffer_after * interval '1 minute'
        )
        and other.id <> asked.id
        and (other.hold_expires_at is null or other.hold_expires_at > acting.as_of)
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, visit_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(judge_slot(new_doctor_id, visit_type_id, new_start_at, false, acting.as_of, id), 'slot_taken')
      when exists (
        select from appointments other
        where other.patient_id = asked.patient_id
        and other.start_at > new_start_at - interval '8 hours'
        and other.start_at < new_end_at
        and other.patient_occupied && tstzrange(new_start_at, new_end_at)
        and other.id <> asked.id
      ) then 'patient_busy'
    end as verdict
    from asked
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in ('slot_taken', 'patient_busy', 'outside_hours', 'off_grid', 'short_notice') then null
      when acting.by_desk then next_gap(
        new_doctor_id, patient_id, rest_of_day, new_end_at - new_start_at,
        new_buffer_before * interval '1 minute', new_buffer_after * interval '1 minute', acting.as_of, id
      )
      else next_slot(new_doctor_id, visit_type_id, patient_id, rest_of_day, acting.as_of, id)
    end,
    null, new_location_id
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late;
end;
--> statement-breakpoint
comment on function find_candidates(appointments,wish,acting) is 'Retired in release 0.1.0';
--> statement-breakpoint
comment on function judge_wish(appointments,wish,acting) is 'Retired in release 0.1.0';
--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
alter table claims add constraint claims_never_twice
exclude using gist (resource_id with =, during with &&) include (appointment_id, expires_at, location_id)
where (during is not null);
--> statement-breakpoint
create trigger appointments_begin_with_claims
after insert on appointments
for each row execute function keep_claims();
--> statement-breakpoint
create trigger appointments_keep_claims
after update on appointments
for each row
when (
  (old.status, old.doctor_id, old.patient_id, old.session_id, old.start_at, old.end_at, old.buffer_before_minutes,
    old.buffer_after_minutes, old.hold_expires_at)
  is distinct from
  (new.status, new.doctor_id, new.patient_id, new.session_id, new.start_at, new.end_at, new.buffer_before_minutes,
    new.buffer_after_minutes, new.hold_expires_at)
)
execute function keep_claims();
--> statement-breakpoint
insert into doctor_locations (doctor_id, location_id) select id, location_id from doctors;
--> statement-breakpoint
-- How far the old appointments are done: those from these ids on. The next migration drops it.
create table old_appointments as
select coalesce(max(id), 0) + 1 as claimed_from, coalesce(max(id), 0) + 1 as located_from from appointments;
