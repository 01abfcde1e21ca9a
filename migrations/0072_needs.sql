-- What a visit type needs, as the API writes it.
create or replace function needs_of(of_visit_type bigint) returns jsonb
language sql
stable
set plan_cache_mode to force_generic_plan
return (
  select coalesce(jsonb_agg(
    case type
      when 'role' then jsonb_build_object('type', type, 'role', role, 'specialty', specialty)
      else jsonb_build_object('type', type, 'kinds', kinds)
    end || jsonb_build_object('before_minutes', before_minutes, 'after_minutes', after_minutes)
    order by id
  ), '[]')
  from visit_type_needs
  where visit_type_id = of_visit_type
);
--> statement-breakpoint
-- Replaces what a visit type needs, and says whether that is a change. A need that stays keeps its id, which claims name.
create or replace function set_needs(of_visit_type bigint, needs jsonb) returns boolean
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  with
  former as (
    select id, what, row_number() over (
      partition by what
      order by id
    ) as copy
    from visit_type_needs
    cross join lateral (
      select jsonb_build_array(type, role, specialty, kinds, before_minutes, after_minutes) as what
    ) read
    where visit_type_id = of_visit_type
  ),
  wanted as (
    select need.*, what, row_number() over (
      partition by what
      order by number
    ) as copy
    from rows from (jsonb_to_recordset(needs) as (
      type text, role text, specialty text, kinds text[], before_minutes smallint, after_minutes smallint
    )) with ordinality as need (type, role, specialty, kinds, before_minutes, after_minutes, number)
    cross join lateral (
      select jsonb_build_array(type, role, specialty, kinds, before_minutes, after_minutes) as what
    ) read
  ),
  gone as (
    delete from visit_type_needs
    where id in (
      select id
      from former
      where (what, copy) not in (select what, copy from wanted)
    )
    returning id
  ),
  added as (
    insert into visit_type_needs (visit_type_id, type, role, specialty, kinds, before_minutes, after_minutes)
    select of_visit_type, type, role, specialty, kinds, before_minutes, after_minutes
    from wanted
    where (what, copy) not in (select what, copy from former)
    order by number
    returning id
  )
  select exists (select from gone) or exists (select from added);
end;
