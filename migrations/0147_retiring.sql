-- Fails with AL409 when a change strands appointments that its author did not name. The detail lists all of them, by their
-- start, as the API shows them.
create or replace function refuse_to_strand(stranded bigint[], named bigint[]) returns void
language plpgsql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
as $$
begin
  if not stranded <@ named then
    raise exception 'It would strand appointments.' using errcode = 'AL409', detail = (
      select jsonb_agg(
        jsonb_build_object(
          'id', one.id,
          'start_at', to_char(one.start_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'start_local', to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI'),
          'time_zone', place.time_zone
        ) order by one.start_at, one.id
      )
      from appointments one
      join doctors doctor on doctor.id = one.doctor_id
      join locations place on place.id = coalesce(one.location_id, doctor.location_id)
      where one.id = any (stranded)
    )::text;
  end if;
end
$$;
