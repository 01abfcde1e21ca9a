-- Changes who takes part in an appointment besides its doctor and its patient, all or nothing: the people named now
-- replace those named before. Those who meet a need of the visit type stay.
--
-- Answers with two lists: the appointment, with the verdict, who cannot come and whose free time it took before, or
-- nothing when there is none; the expired holds that this transaction released.
--
-- Runs with the owner's rights: the Worker's database role may not write appointments, so that each change has its
-- event. `pg_temp` comes last, or a caller's temporary tables would stand in for the clinic's.
create or replace function change_people(wanted appointments, wish wish, change change, acting acting) returns jsonb
language plpgsql
volatile
security definer
set search_path to public, pg_temp
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
declare
  before appointments;
  verdict text;
  former jsonb;
  former_facts jsonb;
  kept claims[];
  named claims[];
  released bigint[];
  hold bigint;
  answers jsonb;
begin
  perform require_authority(acting);
  if acting.idempotency_key is not null then
    perform claim_key(acting);
  end if;
  perform follow_patient(null);
  wish.companion_ids := array(
    select coalesce(record.moved_to_id, companion.id)
    from unnest(wish.companion_ids) companion (id)
    left join patients record on record.id = companion.id
  );
  perform take_turns_to_change(wanted, change);
  perform pg_advisory_xact_lock_shared(hashtext('absences'));
  released := array(
    select hold.id
    from appointments hold
    where hold.id = any (wanted.id || array(
      select claim.appointment_id
      from appointments one
      cross join lateral named_claims(one, wish) named
      join claims claim on claim.resource_id = named.resource_id and claim.during && named.during
      where one.id = wanted.id
      and claim.expires_at <= acting.as_of
    ))
    and (hold.id = wanted.id or hold.status = 'pending' and hold.hold_expires_at <= acting.as_of)
    order by hold.id
    for no key update
  );
  foreach hold in array array_remove(released, wanted.id) loop
    perform release_hold(hold, acting);
  end loop;
  select * into before from appointments where id = wanted.id and hold_expires_at is null;
  if before.id is not null then
    perform require_reach(before, 'appointment', acting);
  end if;
  if before.id is not null then
    wanted.override_reason := coalesce(wanted.override_reason, before.override_reason);
    former := appointment_details(before.id) -> 'elsewhere';
    former_facts := people_in_facts(before.id);
    kept := array(
      select claim from claims claim
      where appointment_id = before.id
      and (part not in ('colleague', 'companion') or need_id is not null)
    );
    named := array(
      select claim from named_claims(before, wish) claim
      where claim.resource_id <> all (array(select resource_id from unnest(kept) where part = 'colleague'))
    );
    verdict := case
      when change.version <> before.event_count then 'stale'
      when before.status <> all (array['booked', 'arrived']) then 'wrong_status'
      else judge_named(
        jsonb_populate_record(before, jsonb_build_object('override_reason', wanted.override_reason)), wish, false, acting
      )
    end;
    if verdict is null then
      perform renew_claims(before.id, kept || named);
      if people_in_facts(before.id) <> former_facts then
        perform record_people(before, former_facts, change.reason, acting);
      else
        verdict := 'already';
      end if;
    end if;
  end if;
  answers := jsonb_build_array(
    case when before.id is null then '[]' else jsonb_build_array(
      appointment_details(before.id) || jsonb_build_object(
        'verdict', verdict,
        'former_elsewhere', former,
        'missing', case when verdict <> 'already' then
          judge_attendance(named, wanted.override_reason is null, acting.as_of, before.id)
        end
      )
    ) end,
    list_appointments(array_remove(released, wanted.id))
  );
  if acting.idempotency_key is not null then
    perform keep_answers(acting, answers);
  end if;
  return answers;
end
$$;
