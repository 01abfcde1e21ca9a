-- Takes everything that a new appointment needs: its doctor and patient, who and what was named, and what meets the needs of
-- its visit type. Answers with what was in the way, or null once all is taken; what is refused leaves nothing behind.
create or replace function claim_all(wanted appointments, wish wish, acting acting) returns text
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  own constant claims[] := array(select claim from claims_of(wanted) claim);
  named constant claims[] := case
    when num_nonnulls(wish.colleague_ids, wish.companion_ids, wish.resource_ids) > 0
      then array(select claim from named_claims(wanted, wish) claim)
    else '{}'
  end;
  others claims[] := named;
  -- Those of a group are met once, by the session.
  has_needs constant boolean := wanted.session_id is null
    and exists (select from visit_type_needs where visit_type_id = wanted.visit_type_id);
begin
  for attempt in 1..3 loop
    if has_needs or named <> '{}' then
      others := pick_claims(wanted, named, wanted.override_reason is not null, acting.as_of);
      if others is null then
        return 'resource_taken';
      end if;
    end if;
    -- The rules have checked that a patient's time is free. The front desk may meet an expired hold that another request is
    -- releasing. If it waited for that with something the other needs, both would wait for ever.
    if not acting.by_desk or find_taken(own || others, acting.as_of) is null then
      if take_claims(own || others) then
        return null;
      end if;
    end if;
    -- What was chosen may just have been taken by someone who does not take turns: then another is chosen.
    exit when not has_needs or find_taken(own || named, acting.as_of) is not null;
  end loop;
  return coalesce(find_taken(own || others, acting.as_of), 'slot_taken');
end
$$;
