-- Accepts or declines a patient's request for a correction. Accepting makes the correction.
--
-- Answers with `outcome`: done, unknown, already_decided, or what correct_patient says against the correction.
create or replace function decide_correction(request bigint, decision text, reason text, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  asked correction_requests;
  correction jsonb := '{}';
  patient bigint;
begin
  -- Whoever changes a request locks its patient first.
  patient := follow_patient((select patient_id from correction_requests where id = request));
  perform from patients where id = patient for no key update;
  select * into asked from correction_requests where id = request for update;
  if asked.id is null then
    return '{"outcome": "unknown"}';
  end if;
  if asked.status <> 'open' then
    return '{"outcome": "already_decided"}';
  end if;
  if decision = 'accepted' then
    correction := correct_patient(asked.patient_id, asked.changes, null, acting);
    if correction ->> 'outcome' not in ('changed', 'same') then
      return correction;
    end if;
  end if;
  update correction_requests
  set status = decision, decided_at = acting.as_of, decided_by_id = acting.account_id, reason = decide_correction.reason
  where id = asked.id;
  if decision = 'declined' then
    perform append_patient_event(
      asked.patient_id, 'patient.correction_declined', null, asked.changes, decide_correction.reason, acting
    );
  end if;
  return '{"outcome": "done"}';
end
$$;
