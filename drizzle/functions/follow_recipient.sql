-- Whom this names now: someone whose record was merged is the record that took its place. Null when there is nobody to write
-- to any more, because the account was closed or the record erased, and for locations, which choose nothing themselves.
create or replace function follow_recipient(recipient text) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
return case split_part(recipient, ':', 1)
  when 'account' then (
    select recipient
    from accounts
    where id = split_part(recipient, ':', 2)::bigint
    and closed_at is null
  )
  when 'patient' then (
    select 'patient:' || kept.id
    from patients named
    join patients kept on kept.id = coalesce(named.moved_to_id, named.id)
    where named.id = split_part(recipient, ':', 2)::bigint
    and kept.erased_at is null
  )
end;
