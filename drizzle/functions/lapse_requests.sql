-- Ends requests that the clinic has not decided in time, the oldest first, `at_most` at a time. The caller's clock may put
-- this off, but not bring it forward. Answers with the appointments.
create or replace function lapse_requests(acting acting, at_most integer) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  lapsed bigint[];
  one bigint;
begin
  acting.as_of := least(acting.as_of, now());
  lapsed := array(
    select id
    from appointments
    where status = 'pending'
    and awaits_approval
    and hold_expires_at <= acting.as_of
    order by hold_expires_at
    limit at_most
    for update skip locked
  );
  foreach one in array lapsed loop
    perform release_hold(one, acting);
  end loop;
  return list_appointments(lapsed);
end
$$;
