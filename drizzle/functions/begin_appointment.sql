-- The steps in their order, each with a snapshot that sees what the ones before it waited for. Answers with a list of rows
-- for each question: what began, or why not; what stands in the way; what is held already; what was given up. With a key the
-- answers are kept. No rule stands here: what knows no order is in the functions above.
create or replace function begin_appointment(
  as_status text, event text,
  of_doctor bigint, at_location bigint, of_specialty text, of_patient bigint, of_visit_type bigint,
  starts text, ends text, by_desk boolean, override_reason text, reason_for_visit text,
  hold_expires_at timestamptz, of_stranger text, of_address text, most_holds integer,
  as_of timestamptz, actor_kind text, of_account bigint, of_api_key bigint, of_request text,
  claimed_key text, fingerprint text
) returns jsonb
language plpgsql volatile set plan_cache_mode to force_generic_plan set enable_seqscan to off
as $$
declare
  is_hold constant boolean := as_status = 'pending';
  begun record;
  around jsonb := '[]';
  own bigint;
  all_answers jsonb;
begin
  if claimed_key is not null then
    perform claim_key(of_account, claimed_key, fingerprint, as_of);
  end if;
  if is_hold then
    perform await_other_holds(of_patient, of_address, of_stranger);
  end if;
  perform make_room(
    of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk, is_hold, of_stranger,
    as_of, actor_kind, of_account, of_api_key, of_request
  );
  select * into begun from begin_unless_refused(
    as_status, event, of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk,
    override_reason, reason_for_visit, hold_expires_at, of_stranger, of_address, most_holds,
    as_of, actor_kind, of_account, of_api_key, of_request
  );
  if begun.id is null then
    select coalesce(jsonb_agg(to_jsonb(seen)), '[]') into around from look_around(
      of_doctor, at_location, of_specialty, of_patient, of_visit_type, starts, ends, by_desk, of_stranger, as_of
    ) seen;
    if is_hold then
      own := own_hold(of_doctor, of_patient, of_visit_type, starts, ends, of_stranger, as_of);
    end if;
  end if;
  all_answers := jsonb_build_array(
    jsonb_build_array(to_jsonb(begun) || coalesce(told(begun.id), '{}')),
    around,
    case when own is null then '[]' else jsonb_build_array(told(own)) end,
    case when of_stranger is null then '[]' else given_up(of_stranger, as_of) end
  );
  if claimed_key is not null then
    update idempotency_keys kept set answers = all_answers
    where kept.account_id = of_account and kept.key = claimed_key;
  end if;
  return all_answers;
end
$$;
