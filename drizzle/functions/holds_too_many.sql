-- Whether as many slots as allowed are already held from this network address, or from the wider network around it. Only
-- holds without a patient count, because no account's limit covers them.
create or replace function holds_too_many(wanted appointments, wish wish, acting acting) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
return wanted.status = 'pending' and wanted.patient_id is null and (
  wish.most_holds <= (
    select count(*)
    from appointments hold
    where hold.stranger_address_hash = wanted.stranger_address_hash
    and hold.status = 'pending'
    and hold.hold_expires_at > acting.as_of
  )
  or 4 * wish.most_holds <= (
    select count(*)
    from appointments hold
    where hold.stranger_wider_hash = wanted.stranger_wider_hash
    and hold.status = 'pending'
    and hold.hold_expires_at > acting.as_of
  )
);
