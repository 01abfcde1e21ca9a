-- What stands in the way of what was asked, and where it is free on the same day. No row, and no work, when this very
-- transaction has begun one of the patient, or of the stranger, then.
create or replace function look_around(
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean, of_stranger text, as_of timestamptz
) returns table (
  time_zone text, doctor_is_taken boolean, patient_is_busy boolean,
  next_start_at timestamptz, next_end_at timestamptz, next_start_local text, next_end_local text
)
language sql stable rows 1 set plan_cache_mode to force_generic_plan
begin atomic
  select
    wish.time_zone,
    exists (
      select from appointments other
      where other.doctor_id = wish.doctor_id and other.doctor_occupied && tstzrange(wish.start_at, wish.end_at)
    ),
    exists (
      select from appointments other
      where other.patient_id = wish.patient_id and other.patient_occupied && tstzrange(wish.start_at, wish.end_at)
    ),
    next.start_at,
    next.start_at + (wish.end_at - wish.start_at),
    to_char(next.start_at at time zone wish.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
    to_char((next.start_at + (wish.end_at - wish.start_at)) at time zone wish.time_zone, 'YYYY-MM-DD"T"HH24:MI')
  from (
    select *
    from asked(of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk) meant
    where meant.start_at < meant.end_at
    and not exists (
      select from appointments mine
      where mine.patient_id = of_patient
      and mine.start_at = meant.start_at
      and mine.status <> 'cancelled'
      and mine.xmin = pg_current_xact_id_if_assigned()::xid
    )
    and not exists (
      select from appointments mine
      where of_patient is null
      and mine.stranger_id = of_stranger
      and mine.status = 'pending'
      and mine.start_at = meant.start_at
      and mine.xmin = pg_current_xact_id_if_assigned()::xid
    )
    offset 0 -- or it would be looked for what is free before this is asked
  ) wish
  cross join lateral (
    select tstzrange(
      greatest(wish.start_at, as_of),
      greatest(
        wish.start_at, as_of,
        ((wish.start_at at time zone wish.time_zone)::date + 1)::timestamp at time zone wish.time_zone
      )
    ) as during
  ) rest_of_day
  cross join lateral (
    select case
      when by_desk then next_gap(
        wish.doctor_id, wish.patient_id, rest_of_day.during, wish.end_at - wish.start_at,
        coalesce(wish.buffer_before_minutes, 0) * interval '1 minute',
        coalesce(wish.buffer_after_minutes, 0) * interval '1 minute', as_of
      )
      else next_slot(wish.doctor_id, wish.visit_type_id, wish.patient_id, rest_of_day.during, as_of)
    end as start_at
  ) next
  order by next.start_at, wish.doctor_id
  limit 1;
end;
