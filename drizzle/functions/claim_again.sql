-- Before an appointment becomes this row: takes everything it needs there, the same as before where that is free. Without
-- needs, rooms and devices, and for participants of a session, there is nothing to choose, and the trigger on its row does the
-- rest. Raises an error (23P01) when something was taken since it was judged.
create or replace function claim_again(after appointments, change change, acting acting) returns void
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  others claims[];
begin
  if after.session_id is not null or change.resource_ids is null
  and not exists (select from visit_type_needs where visit_type_id = after.visit_type_id)
  and not exists (
    select from claims
    where appointment_id = after.id
    and (need_id is not null or part in ('room', 'device'))
  ) then
    return;
  end if;
  others := pick_claims(
    after, array(select claim from claims_to_keep(after, change) claim), after.override_reason is not null, acting.as_of
  );
  if others is null then
    raise exclusion_violation using message = 'A need can no longer be met.';
  end if;
  perform renew_claims(after.id, array(select claim from claims_of(after) claim) || others);
end
$$;
