-- Who, with whom and when, as it was asked for: one row for each doctor who may be meant, or one without a doctor. Asked
-- by every booking several times; a function of its own, whose plan is kept, where planning it took longer than running it.
create or replace function asked(
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean
) returns table (
  doctor_id bigint, doctor text, patient_id bigint, patient text,
  location_id bigint, location text, address text, phone text, time_zone text,
  visit_type_id bigint, visit_type text, mode text, lasting interval,
  buffer_before_minutes smallint, buffer_after_minutes smallint, cancellation_notice_minutes integer, daily_cap smallint,
  start_at timestamptz, end_at timestamptz
)
language sql stable rows 1 set plan_cache_mode to force_generic_plan
begin atomic
  select
    doctor.id, doctor.name, patient.id, patient.name,
    location.id, location.name, location.address, location.phone, location.time_zone,
    visit.id, visit.name, visit.mode, visit.minutes * interval '1 minute',
    visit.buffer_before_minutes, visit.buffer_after_minutes, visit.cancellation_notice_minutes, visit.daily_cap,
    wish.start_at, coalesce(wish.end_at, wish.start_at + visit.minutes * interval '1 minute')
  from (values (of_patient)) named (id)
  left join (
    (
      select of_doctor as id where of_doctor is not null
      union all
      select offer.doctor_id from doctor_visit_types offer
      where of_doctor is null and offer.visit_type_id = of_visit_type
    ) meant
    cross join lateral (
      select *
      from doctors one
      where one.id = meant.id
      and (at_location is null or one.location_id = at_location)
      and (of_specialty is null or one.specialty = of_specialty)
      offset 0 -- or a plan for any doctor would read all of them for one
    ) doctor
  ) on true
  left join locations location on location.id = doctor.location_id
  left join patients patient on patient.id = named.id
  cross join lateral (
    select instant_at(starts, location.time_zone) as start_at, instant_at(ends, location.time_zone) as end_at
  ) wish
  left join lateral (
    select kind.*
    from doctor_visit_types offer
    join visit_types kind on kind.id = offer.visit_type_id
    where offer.doctor_id = doctor.id
    -- Without a visit type a patient means the doctor's first of exactly that length, and the front desk none.
    and case
      when of_visit_type is not null then kind.id = of_visit_type
      else kind.minutes * interval '1 minute' = wish.end_at - wish.start_at and not by_desk
    end
    and (kind.bookable_online or by_desk)
    order by kind.id
    limit 1
  ) visit on true;
end;
