-- Empties the reasons around old appointments, when the settings say how many days they are kept: why people came, why the
-- front desk made an exception, and why something was changed. The oldest first, at most so many appointments at a time. A
-- reason that was given long after its appointment is kept as long itself. The caller's clock may put this off, but not
-- bring it forward. Answers how many appointments they were of.
create or replace function forget_reasons(as_of timestamptz, at_most integer) returns integer
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  past timestamptz;
  going bigint[];
begin
  select least(as_of, now()) - make_interval(days => reasons_kept_days) into past from clinic_settings where id;
  if past is null then
    return 0;
  end if;
  going := array(
    select id
    from appointments
    where id = any (array(
      (
        select id
        from appointments
        where start_at < past
        and (reason_for_visit is not null or override_reason is not null)
        order by start_at
        limit at_most
      )
      union
      (
        select event.appointment_id
        from events event
        join appointments one on one.id = event.appointment_id
        where event.reason is not null
        and event.at < past
        and one.start_at < past
        order by event.at
        limit at_most
      )
    ))
    limit at_most
    for no key update skip locked
  );
  perform empty_reasons(going);
  return cardinality(going);
end
$$;
