-- Moves or cancels one appointment of a series, or that one and all that follow it: all of them or none. What has begun, is
-- over or was cancelled stays as it is. All move by the same amount of local time as the first. No rule is written
-- here, only the order of the steps: `change_appointment` judges and changes each.
--
-- Answers with five lists: the series with the verdict against the change as a whole; each appointment that cannot be
-- changed, with its verdict; those that were changed; all appointments of the series; the holds that this transaction
-- released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its event.
-- `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_series(
  of_series bigint, from_appointment bigint, with_following boolean, wanted appointments, change change, acting acting
) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  is_move constant boolean := change.event = 'appointment.rescheduled';
  first_start constant text := change.starts;
  quiet acting := acting;
  former claims[];
  asked record;
  chosen record;
  answer jsonb;
  details jsonb;
  refused jsonb := '[]';
  changed jsonb := '[]';
  released jsonb := '[]';
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  quiet.idempotency_key := null; -- the request itself claims the key, once
  perform follow_patient(null);
  perform lock_to_change_series(of_series, from_appointment, with_following, wanted, change, acting);
  select * into asked from judge_series_change(of_series, from_appointment, with_following, wanted, change, acting);
  if asked.verdict is null then
    begin
      -- None of them is in the way of another.
      former := array(select claim from claims claim where is_move and appointment_id = any (asked.ids));
      update claims set during = null where is_move and appointment_id = any (asked.ids);
      for chosen in
        select one.*, location.time_zone
        from appointments one
        join locations location on location.id = one.location_id
        where one.id = any (asked.ids)
        order by one.start_at
      loop
        if not is_in_reach(chosen.location_id, acting) then
          raise exception 'One of them is at another location.' using errcode = 'AL404', constraint = 'location';
        end if;
        wanted.id := chosen.id;
        change.version := null;
        change.starts := case
          when not is_move then null
          when chosen.id = from_appointment and first_start is not null then first_start
          when asked.shift = interval '0' then in_utc(chosen.start_at)
          else to_char((chosen.start_at at time zone chosen.time_zone) + asked.shift, 'YYYY-MM-DD"T"HH24:MI')
        end;
        answer := change_appointment(wanted, change, quiet);
        details := answer -> 0 -> 0;
        released := released || (answer -> 1);
        if details ->> 'verdict' is null then
          changed := changed || details;
        elsif details ->> 'verdict' <> 'already' then
          refused := refused || details;
        else
          update claims
          set during = was.during
          from unnest(former) was
          where claims.appointment_id = chosen.id
          and was.appointment_id = chosen.id
          and was.resource_id = claims.resource_id;
        end if;
      end loop;
      if refused <> '[]' then
        raise exception 'None of it is changed.' using errcode = 'AL409';
      end if;
    exception when sqlstate 'AL409' then
      changed := '[]';
      released := '[]';
    end;
  end if;
  answers := jsonb_build_array(
    jsonb_build_array(jsonb_build_object('verdict', asked.verdict) || coalesce(series_details(of_series), '{}')),
    refused, changed,
    list_appointments(array(
      select one.id from appointments one where one.series_id = of_series and is_in_reach(one.location_id, acting)
    )),
    released
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
