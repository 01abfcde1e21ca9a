ALTER TABLE "doctors" ADD COLUMN "is_listed" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "doctors" ADD COLUMN "sort_order" smallint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "locations" ADD COLUMN "is_listed" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "locations" ADD COLUMN "sort_order" smallint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "visit_types" ADD COLUMN "sort_order" smallint DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE INDEX "doctors_in_order" ON "doctors" USING btree ("sort_order","name","id");
--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_order_is_sane" CHECK ("doctors"."sort_order" between 0 and 1000);
--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_order_is_sane" CHECK ("locations"."sort_order" between 0 and 1000);
--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_order_is_sane" CHECK ("visit_types"."sort_order" between 0 and 1000);
--> statement-breakpoint
-- The terms on which a doctor offers a visit type: a row for each of their locations, or for one when it is given; none when
-- they do not offer it, or one of the three is no longer in use, or hidden from patients. Starts lie in [earliest, latest).
-- For the front desk only the length, the buffers, the grid and the horizon count: beyond it, a booking needs a reason.
create or replace function visit_terms(
  of_doctor bigint, at_location bigint, of_visit_type bigint, by_desk boolean, as_of timestamptz
) returns table (
  location_id bigint, time_zone text, grid interval, lasting interval, buffer_before interval, buffer_after interval,
  daily_cap smallint, earliest timestamptz, latest timestamptz
)
language sql
stable
begin atomic
  select
    location.id,
    location.time_zone,
    doctor.grid_minutes * interval '1 minute',
    visit.minutes * interval '1 minute',
    visit.buffer_before_minutes * interval '1 minute',
    visit.buffer_after_minutes * interval '1 minute',
    case when not by_desk then visit.daily_cap end,
    case when by_desk then as_of else as_of + visit.notice_minutes * interval '1 minute' end,
    ((as_of at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp at time zone location.time_zone
  from doctor_visit_types offer
  join visit_types visit on visit.id = offer.visit_type_id
  join doctors doctor on doctor.id = offer.doctor_id
  join doctor_locations work on work.doctor_id = doctor.id and (at_location is null or work.location_id = at_location)
  join locations location on location.id = work.location_id
  where offer.doctor_id = of_doctor
  and offer.visit_type_id = of_visit_type
  and (visit.bookable_online and doctor.is_listed and location.is_listed or by_desk)
  and visit.is_active
  and doctor.is_active
  and location.is_active
  offset 0;
end;
--> statement-breakpoint
-- Why nobody may join this session, or not this actor; null when they may, if it has a place. The front desk books online
-- or not, at any notice.
create or replace function judge_joining(session appointments, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select case
    when session.status <> 'booked' then 'wrong_status'
    when not (visit.is_active and doctor.is_active and location.is_active) then 'not_offered'
    when not acting.by_desk and not (visit.bookable_online and doctor.is_listed and location.is_listed) then 'not_offered'
    when session.start_at < acting.as_of then 'in_the_past'
    when acting.by_desk then null
    when session.start_at < acting.as_of + visit.notice_minutes * interval '1 minute' then 'short_notice'
    when session.start_at >= ((acting.as_of at time zone location.time_zone)::date + visit.horizon_days + 1)::timestamp
      at time zone location.time_zone then 'beyond_horizon'
  end
  from visit_types visit
  join doctors doctor on doctor.id = session.doctor_id
  join locations location on location.id = coalesce(session.location_id, doctor.location_id)
  where visit.id = session.visit_type_id;
end;
--> statement-breakpoint
-- Reads a wish against the clinic's data: one row for each doctor who may be meant, or one row without a doctor. Nothing
-- is judged here; what is unknown, not offered or no longer in use is null. `lasting` is the length of the visit type that
-- was meant. When the front desk wishes for another length, the appointment is of no visit type and has no buffers.
create or replace function read_wish(wanted appointments, wish wish, acting acting) returns table (
  doctor_id bigint, resource_id bigint, patient_id bigint, location_id bigint, time_zone text,
  visit_type_id bigint, lasting interval, buffer_before_minutes smallint, buffer_after_minutes smallint, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, doctor.resource_id, patient.id,
    case
      when doctor.works_elsewhere and wish.location_id is null then location_at(
        doctor.id, tstzrange(read.start_at, greatest(read.start_at, meeting.end_at)), null
      )
      else coalesce(wish.location_id, doctor.location_id)
    end,
    location.time_zone,
    kept.id, visit.minutes * interval '1 minute', kept.buffer_before_minutes, kept.buffer_after_minutes, kept.daily_cap,
    read.start_at, meeting.end_at
  from (values (wanted.patient_id)) named (patient_id)
  left join (
    (
      select wanted.doctor_id as id where wanted.doctor_id is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where wanted.doctor_id is null and offer.visit_type_id = wanted.visit_type_id
    ) meant
    cross join lateral (
      select one.*, works_elsewhere
      from doctors one
      cross join lateral (
        select
          bool_or(work.location_id <> one.location_id) as works_elsewhere,
          bool_or(place.is_active and (wish.location_id is null or work.location_id = wish.location_id)) as works_there
        from doctor_locations work
        join locations place on place.id = work.location_id
        where work.doctor_id = one.id
      ) places
      where one.id = meant.id
      and one.is_active
      and works_there
      and (wish.specialty is null or one.specialty = wish.specialty)
      offset 0 -- or a plan made for any doctor would read all of them for one
    ) doctor
  ) on true
  -- All locations of a doctor have the same clock.
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.patient_id and patient.erased_at is null
  cross join lateral (
    select instant_at(wish.starts, location.time_zone) as start_at, instant_at(wish.ends, location.time_zone) as end_at
  ) read
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- When none is named, a patient means the doctor's first visit type of exactly that length, in person if there is one.
    -- The front desk means none.
    and case
      when wanted.visit_type_id is not null then kind.id = wanted.visit_type_id
      else kind.minutes * interval '1 minute' = read.end_at - read.start_at and not acting.by_desk and kind.capacity is null
    end
    and (kind.bookable_online or acting.by_desk)
    and kind.is_active
    order by kind.mode <> 'in_person', kind.id
    limit 1
  ) visit on true
  left join lateral (
    select visit.id, visit.buffer_before_minutes, visit.buffer_after_minutes, visit.daily_cap
    where not acting.by_desk
    or read.end_at is null
    or read.end_at - read.start_at = visit.minutes * interval '1 minute'
  ) kept on true
  cross join lateral (
    select coalesce(read.end_at, read.start_at + visit.minutes * interval '1 minute') as end_at
  ) meeting;
end;
--> statement-breakpoint
-- Every start that a doctor offers for a visit type on these local dates, both included, at one of their locations or any;
-- no row for an unknown doctor. The lists hold minutes since 1970: the starts, and starts and ends on the wall clock.
-- Written as dates they would take four times as long. `places` has the location of each start, unless there is only one.
--
-- `except_for` is the appointment that is being moved: what it occupies counts as free.
create or replace function free_starts(
  of_doctor bigint, at_location bigint, of_visit_type bigint, first_date date, last_date date, by_desk boolean,
  as_of timestamptz, except_for bigint
) returns table (
  doctor text, locations json, time_zone text,
  visit_type_is_known boolean, is_offered boolean, visit_minutes smallint,
  starts json, local_starts json, local_ends json, places json
)
language sql
stable
rows 1
set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.name, work.places, location.time_zone,
    visit.is_active is true and (visit.bookable_online or by_desk),
    doctor.is_active and (doctor.is_listed or by_desk) and work.is_in_use and exists (
      select from doctor_visit_types offer
      where offer.doctor_id = of_doctor and offer.visit_type_id = of_visit_type
    ) and not visit_type_is_group(of_visit_type),
    visit.minutes, slots.starts, slots.local_starts, slots.local_ends, slots.places
  from doctors doctor
  join locations location on location.id = doctor.location_id
  cross join lateral (
    select
      json_agg(json_build_object('id', place.id, 'name', place.name) order by place.id) as places, count(*) as number,
      bool_or(place.is_active and (place.is_listed or by_desk)) as is_in_use
    from doctor_locations pair
    join locations place on place.id = pair.location_id
    where pair.doctor_id = of_doctor
    offset 0
  ) work
  left join visit_types visit on visit.id = of_visit_type
  cross join lateral (
    select
      json_agg((date_part('epoch', slot.start_at) / 60)::integer order by slot.start_at) as starts,
      json_agg(
        (date_part('epoch', slot.start_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_starts,
      json_agg(
        (date_part('epoch', slot.end_at at time zone location.time_zone) / 60)::integer order by slot.start_at
      ) as local_ends,
      json_agg(slot.location_id order by slot.start_at) filter (where work.number > 1) as places
    from open_slots(
      of_doctor, at_location, of_visit_type,
      tstzrange(
        first_date::timestamp at time zone location.time_zone,
        (last_date + 1)::timestamp at time zone location.time_zone
      ),
      by_desk, as_of, except_for
    ) slot
  ) slots
  where doctor.id = of_doctor;
end;
