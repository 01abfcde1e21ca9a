-- Books every appointment of a series or none, or previews what booking it would answer. A preview books and gives everything
-- back, so what it calls free is free for the whole series. No rule is written here, only the order of the steps.
--
-- Answers with four lists: the series or the verdict against all of it; each date with its verdict and, when it is refused,
-- times near it; the appointments; the holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function book_series(wanted appointments, request series_request, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  against_all text;
  planned record;
  wish wish;
  wishes wish[] := '{}';
  dates jsonb[] := '{}';
  expired bigint[] := '{}';
  released bigint[] := '{}';
  hold bigint;
  booked jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  wanted.patient_id := follow_patient(wanted.patient_id);
  perform take_turns_in_series(array[
    (select resource_id from doctors where id = wanted.doctor_id), resource_of_patient(wanted.patient_id)
  ]);
  against_all := judge_series(wanted, request);
  if against_all is null then
    if exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id) then
      perform take_turns_for_needs(
        array(select location_id from doctor_locations where doctor_id = wanted.doctor_id),
        array(
          -- Eight hours are the longest that an appointment lasts.
          select tstzrange(one.start_at, one.start_at + coalesce(request.minutes, 480) * interval '1 minute')
          from starts_of_series(wanted, request) one
        )
      );
    end if;
    for planned in select * from starts_of_series(wanted, request) loop
      wish.event := 'appointment.booked';
      wish.starts := in_utc(planned.start_at);
      wish.ends := in_utc(planned.start_at + request.minutes * interval '1 minute');
      wishes := wishes || wish;
      dates := dates || jsonb_build_object('date', to_char(planned.date, 'YYYY-MM-DD'), 'time_zone', planned.time_zone);
      perform take_turns_to_begin(wanted, wish, acting);
      expired := expired || expired_holds(wanted, wish, acting);
    end loop;
    released := lock_holds(expired, null, acting);
    foreach hold in array released loop
      perform release_hold(hold, acting);
    end loop;
    begin
      wanted.series_id := insert_series(wanted, request, acting);
      dates := insert_dates(wanted, wishes, dates, acting);
      if request.is_preview or exists (select from unnest(dates) date where date ->> 'verdict' is not null) then
        raise exception 'None of it is booked.' using errcode = 'AL409';
      end if;
      booked := list_appointments(array(select id from appointments where series_id = wanted.series_id));
    exception when sqlstate 'AL409' then
      wanted.series_id := null;
    end;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(jsonb_build_object('verdict', against_all) || coalesce(series_details(wanted.series_id), '{}')),
    to_jsonb(dates), booked,
    case when released = '{}' then '[]' else list_appointments(released) end
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
