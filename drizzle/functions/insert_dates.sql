-- Inserts the appointments of a series, in the order of time, and adds to each date when it is, the verdict against it and,
-- when it is refused, times near it. These are looked for last, when all dates that are free are taken. A reason to override
-- goes only to the dates that need it.
create or replace function insert_dates(wanted appointments, wishes wish[], dates jsonb[], acting acting) returns jsonb[]
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  by_rule appointments := wanted;
  begun beginning;
  verdict text;
  begins timestamptz;
  ends timestamptz;
  needs_reason constant text[] := array['outside_hours', 'beyond_horizon'];
begin
  by_rule.override_reason := null;
  for n in 1 .. cardinality(wishes) loop
    begun := insert_appointment(by_rule, wishes[n], acting);
    if begun.verdict = any (needs_reason) and wanted.override_reason is not null then
      begun := insert_appointment(wanted, wishes[n], acting);
    end if;
    verdict := case when begun.id is null then
      coalesce(begun.verdict, case when begun.patient_was_busy then 'patient_busy' else 'slot_taken' end)
    end;
    if begun.id is null then
      select start_at, end_at into begins, ends from read_wish(wanted, wishes[n], acting) limit 1;
    else
      select start_at, end_at into begins, ends from appointments where id = begun.id;
    end if;
    dates[n] := dates[n] || jsonb_build_object(
      'verdict', verdict,
      'start_at', begins, 'start_local', to_char(begins at time zone (dates[n] ->> 'time_zone'), 'YYYY-MM-DD"T"HH24:MI'),
      'end_at', ends, 'end_local', to_char(ends at time zone (dates[n] ->> 'time_zone'), 'YYYY-MM-DD"T"HH24:MI')
    );
  end loop;
  for n in 1 .. cardinality(wishes) loop
    if dates[n] ->> 'verdict' in ('slot_taken', 'patient_busy', 'resource_taken', 'outside_hours') then
      dates[n] := dates[n] || jsonb_build_object('alternatives', find_alternatives(by_rule, wishes[n], acting));
    end if;
  end loop;
  return dates;
end
$$;
