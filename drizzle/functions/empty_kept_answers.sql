-- Empties the answers that were kept for retries and name the person of these records, by a number or by one of these texts.
-- Without its fingerprint, no request repeats such a key: it is refused as used. Answers are kept for a day, so the table is
-- small enough to be read. The key of the request that erases is left to it.
create or replace function empty_kept_answers(records bigint[], texts text[], acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  update idempotency_keys
  set answers = '[]', fingerprint = ''
  where answers <> '[]'
  and (account_id, key) is distinct from (acting.account_id, acting.idempotency_key)
  and (
    jsonb_path_exists(
      answers, '$.**.patient_id ? (@ == $ids[*])', jsonb_build_object('ids', to_jsonb(records))
    )
    or exists (
      select from unnest(texts) written where strpos(answers::text, to_jsonb(written)::text) > 0
    )
  );
end;
