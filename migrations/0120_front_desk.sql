-- Checking all appointments and events would lock their tables.
-- Afterwards, outside a transaction:
-- afterwards: alter table appointments validate constraint appointments_start_after_arrival
-- afterwards: alter table appointments validate constraint appointments_note_is_sane
-- afterwards: alter table events validate constraint events_kind_is_known
CREATE TABLE "account_locations" (
	"account_id" bigint NOT NULL,
	"location_id" bigint NOT NULL,
	CONSTRAINT "account_locations_account_id_location_id_pk" PRIMARY KEY("account_id","location_id")
);
--> statement-breakpoint
CREATE TABLE "day_notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "day_notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"location_id" bigint NOT NULL,
	"text" text NOT NULL,
	"written_by" bigint,
	"written_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"cleared_at" timestamp with time zone,
	"cleared_by" bigint,
	CONSTRAINT "day_notes_text_is_sane" CHECK ("day_notes"."text" ~ '\S' and length("day_notes"."text") <= 300),
	CONSTRAINT "day_notes_text_is_legible" CHECK ("day_notes"."text" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "day_notes"."text" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]'),
	CONSTRAINT "day_notes_expire_after_writing" CHECK ("day_notes"."expires_at" > "day_notes"."written_at")
);
--> statement-breakpoint
CREATE TABLE "patient_flags" (
	"patient_id" bigint NOT NULL,
	"flag" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"account_id" bigint,
	"api_key_id" bigint,
	CONSTRAINT "patient_flags_patient_id_flag_pk" PRIMARY KEY("patient_id","flag"),
	CONSTRAINT "patient_flags_are_known" CHECK ("patient_flags"."flag" in ('form_missing', 'interpreter', 'balance'))
);
--> statement-breakpoint
CREATE TABLE "walk_ins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "walk_ins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"location_id" bigint NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	"patient_id" bigint NOT NULL,
	"doctor_id" bigint,
	"visit_type_id" bigint NOT NULL,
	"came_at" timestamp with time zone NOT NULL,
	"added_by" bigint,
	"appointment_id" bigint,
	"left_at" timestamp with time zone,
	CONSTRAINT "walk_ins_numbered_once" UNIQUE("location_id","day","number"),
	CONSTRAINT "walk_ins_number_is_sane" CHECK ("walk_ins"."number" >= 1),
	CONSTRAINT "walk_ins_end_once" CHECK ("walk_ins"."appointment_id" is null or "walk_ins"."left_at" is null)
);
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_kind_is_known";
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "arrived_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "started_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "note" text;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "late_alert_minutes" smallint DEFAULT 10 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "waiting_alert_minutes" smallint DEFAULT 20 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "with_doctor_alert_minutes" smallint DEFAULT 60 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "doctors_see_one_another" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "time_off" ADD COLUMN "kind" text DEFAULT 'away' NOT NULL;
--> statement-breakpoint
ALTER TABLE "account_locations" ADD CONSTRAINT "account_locations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "account_locations" ADD CONSTRAINT "account_locations_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "day_notes" ADD CONSTRAINT "day_notes_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "day_notes" ADD CONSTRAINT "day_notes_written_by_accounts_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "day_notes" ADD CONSTRAINT "day_notes_cleared_by_accounts_id_fk" FOREIGN KEY ("cleared_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_flags" ADD CONSTRAINT "patient_flags_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_visit_type_id_visit_types_id_fk" FOREIGN KEY ("visit_type_id") REFERENCES "public"."visit_types"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_added_by_accounts_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "day_notes_by_location" ON "day_notes" USING btree ("location_id","expires_at");
--> statement-breakpoint
CREATE INDEX "walk_ins_by_patient" ON "walk_ins" USING btree ("patient_id");
--> statement-breakpoint
CREATE INDEX "walk_ins_by_appointment" ON "walk_ins" USING btree ("appointment_id") WHERE "walk_ins"."appointment_id" is not null;
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_start_after_arrival" CHECK ("appointments"."started_at" is null or "appointments"."arrived_at" is not null) NOT VALID;
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_note_is_sane" CHECK ("appointments"."note" ~ '\S' and length("appointments"."note") <= 500) NOT VALID;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD CONSTRAINT "clinic_settings_alerts_are_sane" CHECK (least("clinic_settings"."late_alert_minutes", "clinic_settings"."waiting_alert_minutes", "clinic_settings"."with_doctor_alert_minutes") >= 1
        and greatest("clinic_settings"."late_alert_minutes", "clinic_settings"."waiting_alert_minutes", "clinic_settings"."with_doctor_alert_minutes") <= 480);
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_kind_is_known" CHECK ("events"."kind" in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned', 'appointment.resized', 'appointment.requested', 'appointment.confirmed', 'appointment.declined', 'appointment.lapsed', 'appointment.people_changed', 'appointment.visit_type_changed', 'appointment.started', 'appointment.start_undone', 'appointment.noted')) NOT VALID;
--> statement-breakpoint
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_kind_is_known" CHECK ("time_off"."kind" in ('away', 'block', 'reserve'));
--> statement-breakpoint
-- Writes an event that `next_event` made, moves the anchor of its chain, and puts the event into the outbox if someone may have
-- to be told of it. This is the only place that writes events.
--
-- What the clinic or another system did waits: it may be followed by more of the same, or undone. Holds are nobody's
-- business, and who is here already knows.
--
-- The anchor moves only from the event before. Once a chain has been changed by hand, it stays where it was, so that
-- later events do not hide the change.
create or replace function append_event(event events) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into events overriding user value
  select event.*;

  insert into event_heads (appointment_id, event_count, last_event_hash)
  values (event.appointment_id, event.number, event.hash)
  on conflict (appointment_id)
  do update set event_count = excluded.event_count, last_event_hash = excluded.last_event_hash, written_at = now()
  where event_heads.event_count = event.number - 1
  and event_heads.last_event_hash = event.previous_hash;

  insert into outbox (appointment_id, number, patient_id, waits, ready_at)
  select
    event.appointment_id, event.number, (event.after ->> 'patient_id')::bigint, made.waits,
    case
      when made.waits then event.at + (select grace_seconds * interval '1 second' from clinic_settings where id)
      else event.at
    end
  from (
    select event.api_key_id is not null or event.actor_kind in ('front_desk', 'doctor', 'admin') as waits
  ) made
  where event.kind not in (
    'appointment.held', 'appointment.extended', 'appointment.released', 'appointment.arrived', 'appointment.fulfilled',
    'appointment.resized', 'appointment.started', 'appointment.start_undone', 'appointment.noted'
  );
end;
--> statement-breakpoint
-- The appointments at a location at any of this time that still stand. Used when it is closed.
create or replace function appointments_at_location(of_location bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  where one.start_at > lower(within) - interval '8 hours'
  and one.start_at < coalesce(upper(within), 'infinity')
  and coalesce(one.location_id, doctor.location_id) = of_location
  and tstzrange(one.start_at, one.end_at) && within
  and still_stands(one, as_of);
end;
--> statement-breakpoint
-- The appointments at any of this time that a doctor takes part in, as their doctor or with another one, and that still
-- stand. Used when the doctor is taken away from them.
create or replace function appointments_of_doctor(of_doctor bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.id = any (array(
    select own.id
    from appointments own
    where own.doctor_id = of_doctor
    -- No appointment is longer than eight hours.
    and own.start_at > lower(within) - interval '8 hours'
    and own.start_at < coalesce(upper(within), 'infinity')
    and tstzrange(own.start_at, own.end_at) && within
    union
    select with_participants(array(
      select claim.appointment_id
      from claims claim
      where claim.resource_id = (select resource_id from doctors where id = of_doctor)
      and claim.during && within
      and claim.part = 'colleague'
      and claim.doctor_id = of_doctor
      -- Who meets a need must be there for the minutes around it, too. Buffers may lie outside the hours.
      and (claim.need_id is not null or within && tstzrange(
        lower(claim.during) + claim.before_minutes * interval '1 minute',
        upper(claim.during) - claim.after_minutes * interval '1 minute'
      ))
    ))
  ))
  and still_stands(one, as_of);
end;
--> statement-breakpoint
-- The appointments that take a room or device at any of this time, minutes before and after included, and that still stand.
-- They are named when it is put out of use.
create or replace function appointments_of_resource(of_resource bigint, within tstzrange, as_of timestamptz)
returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.id = any (array(select with_participants(array(
    select claim.appointment_id
    from claims claim
    where claim.resource_id = of_resource
    and claim.during && within
  ))))
  and still_stands(one, as_of);
end;
--> statement-breakpoint
-- The appointments of a visit type that are still to end and still stand. Used when it is withdrawn.
create or replace function appointments_of_visit_type(of_visit_type bigint, as_of timestamptz) returns setof appointments
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.*
  from appointments one
  where one.start_at > as_of - interval '8 hours'
  and one.end_at > as_of
  and one.visit_type_id = of_visit_type
  and still_stands(one, as_of);
end;
--> statement-breakpoint
-- Changes the clinic's settings that `wanted` names, by their columns, and records what they were and are. A version that is
-- not the current one changes nothing. Changes wait for one another.
--
-- Answers with the settings, and with `outcome`: changed, same or stale.
create or replace function change_settings(wanted jsonb, expected_version integer, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before clinic_settings;
  after clinic_settings;
begin
  select * into before from clinic_settings for no key update;
  after := jsonb_populate_record(before, wanted);
  if before.version <> expected_version then
    return to_jsonb(before) || '{"outcome": "stale"}';
  end if;
  if after is distinct from before then
    after.version := before.version + 1;
    update clinic_settings
    set
      version = after.version,
      most_open_appointments = after.most_open_appointments,
      most_open_appointments_after_visit = after.most_open_appointments_after_visit,
      most_open_appointments_in_first_hour = after.most_open_appointments_in_first_hour,
      most_dependants = after.most_dependants,
      most_dependants_in_first_hour = after.most_dependants_in_first_hour,
      most_holds = after.most_holds,
      most_holds_in_first_hour = after.most_holds_in_first_hour,
      staff_need_passkeys = after.staff_need_passkeys,
      asks_birth_date = after.asks_birth_date,
      asks_phone = after.asks_phone,
      asks_sex = after.asks_sex,
      released_holds_kept_days = after.released_holds_kept_days,
      unfinished_accounts_kept_days = after.unfinished_accounts_kept_days,
      security_events_kept_days = after.security_events_kept_days,
      sign_in_events_kept_days = after.sign_in_events_kept_days,
      reasons_kept_days = after.reasons_kept_days,
      grace_seconds = after.grace_seconds,
      quiet_from = after.quiet_from,
      quiet_until = after.quiet_until,
      messages_language = after.messages_language,
      messages_name_visit_type = after.messages_name_visit_type,
      most_emails_a_day = after.most_emails_a_day,
      most_whatsapps_a_day = after.most_whatsapps_a_day,
      most_sms_a_day = after.most_sms_a_day,
      email_cost = after.email_cost,
      whatsapp_cost = after.whatsapp_cost,
      sms_cost = after.sms_cost,
      currency = after.currency,
      messages_kept_days = after.messages_kept_days,
      late_alert_minutes = after.late_alert_minutes,
      waiting_alert_minutes = after.waiting_alert_minutes,
      with_doctor_alert_minutes = after.with_doctor_alert_minutes,
      doctors_see_one_another = after.doctors_see_one_another;
    perform record_security_event(
      'settings.changed',
      null,
      (
        select jsonb_build_object('before', jsonb_object_agg(was.key, was.value), 'after', jsonb_object_agg(was.key, is_now.value))
        from jsonb_each(to_jsonb(before)) was
        join jsonb_each(to_jsonb(after)) is_now on is_now.key = was.key
        where was.key <> 'version'
        and was.value <> is_now.value
      ),
      acting
    );
    return to_jsonb(after) || '{"outcome": "changed"}';
  end if;
  return to_jsonb(before) || '{"outcome": "same"}';
end
$$;
--> statement-breakpoint
-- The appointments of a doctor that lie ahead and outside their weekly hours. `on_purpose` are those that the front desk
-- booked with a reason.
create or replace function stranded_by_hours(of_doctor bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz, on_purpose boolean)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, one.start_at, one.override_reason is not null
  from appointments_of_doctor(of_doctor, tstzrange(as_of, null), as_of) one
  join doctors doctor on doctor.id = one.doctor_id
  cross join lateral (
    select coalesce((
      -- Who meets a need must be there for the minutes around it, too.
      select claim.during
      from claims claim
      where claim.appointment_id = coalesce(one.session_id, one.id)
      and claim.doctor_id = of_doctor
      and claim.need_id is not null
    ), tstzrange(one.start_at, one.end_at)) as during
    offset 0
  ) asked
  cross join lateral hours_of_doctor(of_doctor, coalesce(one.location_id, doctor.location_id), asked.during) hours
  where one.end_at > as_of
  and not hours.during @> asked.during;
end;
--> statement-breakpoint
-- The appointments that take a room or device, lie ahead and are outside its hours: with the minutes before and after, which
-- must be inside them, too.
create or replace function stranded_by_resource_hours(of_resource bigint, as_of timestamptz)
returns table (id bigint, start_at timestamptz)
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select one.id, one.start_at
  from appointments_of_resource(of_resource, tstzrange(as_of, null), as_of) one
  join claims claim
    on claim.appointment_id = coalesce(one.session_id, one.id)
    and claim.resource_id = of_resource
  cross join lateral hours_of_resource(of_resource, claim.during) hours
  where one.end_at > as_of
  and not hours.during @> claim.during;
end;
--> statement-breakpoint
-- The rules for moving an appointment to another time, possibly to another doctor. With another visit type
-- (`judge_visit_type`) it keeps its doctor and its start, and gets that type's length, buffers and needs.
-- * A patient may move it until the notice before its start (`too_late`), to any open slot; the slot is judged as if the
--   appointment itself were not there. A move may not shorten the notice: the new start must keep the visit type's
--   notice too (`short_notice`, by way of `open_slots`).
-- * The front desk may move it to any time at which nothing else occupies the doctor; beyond the horizon and outside the
--   hours with a reason. With another length it loses its visit type.
-- * Everyone else who takes part comes along, or it stays where it is. What meets a need stays the same if it is free.
-- * A request is moved as if it were booked, until its deadline, and at any notice. It stays a request.
-- Unless a location is named, it goes where the doctor works then; one that keeps its time keeps its place.
create or replace function judge_move(wanted appointments, change change, acting acting) returns decision
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  asked as (
    select
      one.*, doctor.id as new_doctor_id, doctor.resource_id as new_resource_id,
      doctor.is_active as is_in_use, read.start_at as new_start_at, read.end_at as new_end_at,
      coalesce(wanted.visit_type_id, one.visit_type_id) as asked_type_id, kept.visit_type_id as new_visit_type_id,
      -- Without a visit type there are no buffers, unless it never had one.
      case when visit.id is null then one.buffer_before_minutes else coalesce(kept.buffer_before_minutes, 0::smallint)
        end as new_buffer_before,
      case when visit.id is null then one.buffer_after_minutes else coalesce(kept.buffer_after_minutes, 0::smallint)
        end as new_buffer_after,
      visit.lasting, location.time_zone,
      coalesce((
        select former.cancellation_notice_minutes * interval '1 minute'
        from visit_types former
        where former.id = one.visit_type_id
      ), interval '0') as notice
    from appointments one
    cross join lateral (select one.end_at - one.start_at as length) usual
    left join doctors doctor
      on doctor.id = coalesce(wanted.doctor_id, one.doctor_id)
      and (wanted.location_id is null or exists (
        select from doctor_locations work
        where work.doctor_id = doctor.id
        and work.location_id = wanted.location_id
      ))
    -- All locations of a doctor have the same clock.
    left join locations location on location.id = doctor.location_id
    left join lateral (
      select
        kind.id, kind.buffer_before_minutes, kind.buffer_after_minutes, kind.minutes * interval '1 minute' as lasting
      from visit_types kind
      where kind.id = coalesce(wanted.visit_type_id, one.visit_type_id)
    ) visit on true
    cross join lateral (select coalesce(instant_at(change.starts, location.time_zone), one.start_at) as start_at) asked
    cross join lateral (
      select
        asked.start_at,
        coalesce(
          instant_at(change.ends, location.time_zone),
          asked.start_at + case
            when acting.by_desk and wanted.visit_type_id is null then usual.length
            else coalesce(visit.lasting, usual.length)
          end
        ) as end_at
    ) read
    -- Another length is no visit type's.
    left join lateral (
      select
        coalesce(wanted.visit_type_id, one.visit_type_id) as visit_type_id, visit.buffer_before_minutes,
        visit.buffer_after_minutes
      where read.end_at - read.start_at in (usual.length, visit.lasting)
    ) kept on true
    where one.id = wanted.id
  ),
  placed as (
    select asked.*, (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) as keeps_time, case
      when wanted.location_id is not null then wanted.location_id
      when (new_doctor_id, new_start_at) = (doctor_id, start_at) and location_id is not null
      and (new_end_at = end_at or wanted.visit_type_id is not null) then location_id
      else location_at(new_doctor_id, tstzrange(new_start_at, greatest(new_start_at, new_end_at)), location_id)
    end as new_location_id
    from asked
  ),
  judged as (
    select placed.*, moved.appointment as moved_row, others.claims as others, coalesce(case
      when not (status = 'booked' or awaits_approval and hold_expires_at > acting.as_of) then 'wrong_status'
      when new_doctor_id is null then 'no_doctor'
      when exists (
        select from unnest(change.resource_ids) named (id)
        where not exists (
          select from resources thing
          where thing.id = named.id
          and thing.location_id = new_location_id
          and thing.is_active
        )
      ) then 'no_resource'
      when exists (select from unnest(others.claims) other where other.resource_id = new_resource_id) then 'colleague_twice'
      when keeps_time
      and visit_type_id is not distinct from asked_type_id
      and change.resource_ids is null
      and new_location_id = coalesce(location_id, new_location_id) then 'already'
      when change.version <> event_count then 'stale'
      when not acting.by_desk and not awaits_approval and start_at - notice <= acting.as_of then 'too_late'
      when new_end_at <= new_start_at then 'not_after_start'
      when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
      when new_end_at - new_start_at > interval '8 hours' then 'too_long'
      when new_start_at < acting.as_of then 'in_the_past'
      when acting.by_desk
      and not (is_in_use and exists (select from locations where id = new_location_id and is_active)) then 'not_offered'
      when acting.by_desk and new_doctor_id <> doctor_id and new_visit_type_id is not null
      and not exists (select from visit_terms(new_doctor_id, new_location_id, new_visit_type_id, true, acting.as_of))
        then 'not_offered'
      when acting.by_desk
      and wanted.override_reason is null
      and new_start_at >= horizon_of(new_doctor_id, new_visit_type_id, acting.as_of) then 'beyond_horizon'
      when acting.by_desk
      and wanted.override_reason is null
      and not is_open_time(new_doctor_id, new_location_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'
      when acting.by_desk and (
        is_claimed(
          new_resource_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
        or is_on_the_way(
          new_resource_id, new_location_id,
          claimed_time('booked', new_start_at, new_end_at, new_buffer_before, new_buffer_after), acting.as_of, placed.id
        )
      ) then 'slot_taken'
      when not acting.by_desk
      and not exists (select from visit_terms(new_doctor_id, null, asked_type_id, false, acting.as_of)) then 'not_offered'
      when not acting.by_desk and new_end_at - new_start_at <> lasting then 'not_the_length'
      when not acting.by_desk
      and not is_open_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id)
        then coalesce(
          judge_slot(new_doctor_id, new_location_id, asked_type_id, new_start_at, false, acting.as_of, id), 'slot_taken'
        )
      when is_claimed(
        resource_of_patient(placed.patient_id), tstzrange(new_start_at, new_end_at), acting.as_of, placed.id
      ) then 'patient_busy'
    end, judge_attendance(
      others.claims, wanted.override_reason is null, acting.as_of, placed.id
    ) ->> 'verdict', case
      when exists (select from visit_type_needs where visit_type_id = placed.new_visit_type_id)
      and pick_claims(moved.appointment, others.claims, wanted.override_reason is not null, acting.as_of) is null
        then case when acting.by_desk then 'resource_taken' else 'slot_taken' end
    end) as verdict
    from placed
    cross join lateral (
      select wanted_at(
        jsonb_populate_record(one, jsonb_build_object('visit_type_id', new_visit_type_id)),
        new_doctor_id, new_location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
      ) as appointment
      from appointments one
      where one.id = placed.id
    ) moved
    cross join lateral (
      select array(
        select claim from claims_to_keep(moved.appointment, change) claim
      ) as claims
    ) others
  )
  select row(
    verdict, new_doctor_id, patient_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after, null,
    case
      when verdict not in (
        'slot_taken', 'patient_busy', 'resource_taken', 'outside_hours', 'off_grid', 'short_notice'
      ) then null
      when acting.by_desk then next_gap_around(
        wanted_at(
          moved_row, new_doctor_id, wanted.location_id, new_start_at, new_end_at, new_buffer_before, new_buffer_after
        ),
        blocked.during, rest_of_day, acting.as_of
      )
      else next_slot_around(
        new_doctor_id, wanted.location_id, asked_type_id, blocked.during, rest_of_day, acting.as_of, id
      )
    end,
    new_visit_type_id, new_location_id
  )::decision
  from judged
  cross join lateral (
    select tstzrange(
      greatest(new_start_at, acting.as_of),
      greatest(new_start_at, acting.as_of, upper(local_day(new_start_at, time_zone)))
    ) as rest_of_day
  ) late
  cross join lateral (
    select blocked_time(
      array(select claim from claims_of(moved_row) claim where claim.part = 'patient') || others,
      rest_of_day, acting.as_of, id
    ) as during
  ) blocked;
end;
